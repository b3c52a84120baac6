package io.tributary.delivery;

import io.tributary.connection.Connection;
import io.tributary.connection.OutwardRequest;
import io.tributary.connection.OutwardResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** One try to tell a target of an event, in the form of Standard Webhooks. */
final class WebhookPost {
    /** Nothing of the answer counts but its status. */
    private static final int LONGEST_ANSWER = 64 * 1024;

    private WebhookPost() {}

    /** @param id the same with every try of one event, so that the target can leave out what it had */
    static OutwardRequest of(Connection connection, String id, String body, Instant now) {
        return OutwardRequest.of("POST", connection.text("url"), body.getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", Signature.of(connection.text("secret"), id, now, body))
                .atMost(LONGEST_ANSWER);
    }

    /** Why an answer that is no success counts as none. */
    static String refusal(OutwardResponse response) {
        return response.status() / 100 == 3
                ? "the target answered " + response.status() + "; redirects are not followed"
                : "the target answered " + response.status();
    }
}
