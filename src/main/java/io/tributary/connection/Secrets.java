package io.tributary.connection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets for the table: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits, under a key derived by
 * HMAC-SHA-256 from the hub's own. Each is bound to the place it is kept at, so that one copied to another row, another
 * tenant's above all, cannot be read there.
 */
public final class Secrets {
    private static final String FORM = "v1.";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /** The place a secret is kept at. */
    public record Place(String tenant, String workspace, String connection, String parameter) {
        private byte[] bytes() {
            // No part can hold the separator.
            return String.join("\0", "connection", tenant, workspace, connection, parameter)
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A secret that this hub's key does not open. */
    public static final class UnreadableSecretException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableSecretException(Throwable cause) {
            super("its secrets were encrypted under another TRIBUTARY_SECRET_KEY; send them again", cause);
        }
    }

    /** @param hubKey the text of {@code TRIBUTARY_SECRET_KEY} or of the file {@code secret-key} */
    public Secrets(String hubKey) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(hubKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] derived = mac.doFinal("tributary connection secrets".getBytes(StandardCharsets.US_ASCII));
            key = new SecretKeySpec(derived, "AES");
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** {@code secret} as it may be stored at {@code place}. */
    public String encrypt(String secret, Place place) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] whole = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return FORM + Base64.getEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encrypting a secret", e);
        }
    }

    /**
     * What {@link #encrypt} was given for this place.
     *
     * @throws UnreadableSecretException when it was made for another place, under another key, or was changed
     */
    public String decrypt(String stored, Place place) throws UnreadableSecretException {
        try {
            byte[] whole = Base64.getDecoder().decode(stored.substring(FORM.length()));
            byte[] nonce = java.util.Arrays.copyOf(whole, NONCE_BYTES);
            byte[] opened =
                    cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
            return new String(opened, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new UnreadableSecretException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, Place place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.bytes());
        return cipher;
    }
}
