package io.tributary.connection;

import io.tributary.json.Json;
import io.tributary.json.UnreadableJsonException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a provider hands back with its code: which connection the person was asked for, signed by the hub and good for ten
 * minutes. It is kept nowhere, so whichever hub the browser comes back to knows it.
 */
final class AuthorisationStates {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int LONGEST = 2000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;
    private final Clock clock;

    /**
     * What a state says.
     *
     * @param actor who asked for it
     * @param verifier what proves the code to be asked for by this hub; in no state, but made from one
     */
    record Began(Connection.Id connection, String actor, String verifier) {}

    /** @param hubKey the text of {@code TRIBUTARY_SECRET_KEY} or of the file {@code secret-key} */
    AuthorisationStates(String hubKey, Clock clock) {
        this.key = new SecretKeySpec(
                mac(
                        new SecretKeySpec(hubKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"),
                        "tributary authorisations"),
                "HmacSHA256");
        this.clock = clock;
    }

    /** A new state for a connection. */
    String begin(Connection.Id connection, String actor) {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("of", List.of(connection.tenant(), connection.workspace(), connection.name(), actor));
        claims.put("until", clock.instant().plus(LIFE).getEpochSecond());
        claims.put("nonce", text(nonce));
        String content = text(Json.write(claims).getBytes(StandardCharsets.UTF_8));
        return content + "." + text(mac(key, "state " + content));
    }

    /** What a state says; empty when this hub has not signed it, or too long ago. */
    Optional<Began> read(@Nullable String state) {
        int dot = state == null || state.length() > LONGEST ? -1 : state.indexOf('.');
        if (state == null || dot < 0) {
            return Optional.empty();
        }
        String content = state.substring(0, dot);
        byte[] signed = text(mac(key, "state " + content)).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(signed, state.substring(dot + 1).getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        try {
            if (Json.read(Base64.getUrlDecoder().decode(content)) instanceof Map<?, ?> claims
                    && claims.get("of") instanceof List<?> of
                    && claims.get("until") instanceof Number until
                    && Instant.ofEpochSecond(until.longValue()).isAfter(clock.instant())) {
                return Optional.of(new Began(
                        new Connection.Id(
                                String.valueOf(of.get(0)), String.valueOf(of.get(1)), String.valueOf(of.get(2))),
                        String.valueOf(of.get(3)),
                        text(mac(key, "verifier " + content))));
            }
            return Optional.empty();
        } catch (UnreadableJsonException notOurs) {
            return Optional.empty();
        }
    }

    /** The proof of a code that {@code state} asks for, as it is shown in advance (S256 of RFC 7636). */
    static String challenge(String verifier) {
        try {
            return text(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
