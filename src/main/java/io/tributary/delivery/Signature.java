package io.tributary.delivery;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** The signature of Standard Webhooks (standardwebhooks.com): HMAC-SHA-256 over id, time stamp and body. */
final class Signature {
    private static final String PREFIX = "whsec_";

    private Signature() {}

    /** What is wrong with a secret, as the rest of a sentence; empty when nothing is. */
    static Optional<String> fault(String secret) {
        try {
            return Base64.getDecoder().decode(bare(secret)).length == 0
                    ? Optional.of("is empty; give whsec_ and some bytes in base64")
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.of("is no base64; write whsec_ and then 24 to 64 random bytes in base64");
        }
    }

    /** The value of the header {@code webhook-signature}. */
    static String of(String secret, String id, Instant sentAt, String body) {
        try {
            return new Webhook(bare(secret)).sign(id, sentAt.getEpochSecond(), body);
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new IllegalStateException("signing a webhook", e);
        }
    }

    private static String bare(String secret) {
        String text = secret.strip();
        return text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    }
}
