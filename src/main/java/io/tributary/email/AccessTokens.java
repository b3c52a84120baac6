package io.tributary.email;

import io.tributary.connection.Connection;
import io.tributary.connection.Outward;
import io.tributary.connection.OutwardException;
import io.tributary.connection.OutwardRequest;
import io.tributary.connection.OutwardResponse;
import io.tributary.json.Json;
import io.tributary.json.UnreadableJsonException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The access tokens of one mailbox: each is asked for with the refresh token (RFC 6749, section 6) and kept while it holds. */
final class AccessTokens {
    private static final Duration AHEAD = Duration.ofMinutes(1);
    private static final long USUAL_SECONDS = 3_600;

    private final Connection connection;
    private final Outward outward;
    private @Nullable String token;
    private Instant until = Instant.EPOCH;

    AccessTokens(Connection connection, Outward outward) {
        this.connection = connection;
        this.outward = outward;
    }

    /**
     * A token that holds for the next minute at least.
     *
     * @throws NoTokenException when none is given
     */
    synchronized String current() {
        String known = token;
        if (known == null || Instant.now().plus(AHEAD).isAfter(until)) {
            known = fetch();
        }
        return known;
    }

    synchronized void forget() {
        token = null;
    }

    private String fetch() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "refresh_token");
        fields.put("refresh_token", connection.text("oauth_refresh_token"));
        fields.put("client_id", connection.text("oauth_client_id"));
        fields.put("client_secret", connection.text("oauth_client_secret"));
        OutwardResponse response = ask(fields);
        Map<?, ?> answer = object(response);
        if (response.status() != 200 || !(answer.get("access_token") instanceof String given) || given.isEmpty()) {
            throw new NoTokenException("the token endpoint answered " + response.status()
                    + (answer.get("error") instanceof String error && error.length() < 100 ? ", " + error : ""));
        }
        token = given;
        until = Instant.now().plusSeconds(seconds(answer.get("expires_in")));
        return given;
    }

    private OutwardResponse ask(Map<String, String> fields) {
        try {
            return outward.http().send(OutwardRequest.form(connection.text("oauth_token_url"), fields));
        } catch (OutwardException e) {
            throw new NoTokenException(String.valueOf(e.getMessage()));
        }
    }

    private static Map<?, ?> object(OutwardResponse response) {
        try {
            return Json.read(response.body()) instanceof Map<?, ?> map ? map : Map.of();
        } catch (UnreadableJsonException noJson) {
            return Map.of();
        }
    }

    private static long seconds(@Nullable Object stated) {
        try {
            return stated == null ? USUAL_SECONDS : Long.parseLong(stated.toString());
        } catch (NumberFormatException noNumber) {
            return USUAL_SECONDS;
        }
    }
}
