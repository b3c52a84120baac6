package io.tributary.hubspot;

import io.tributary.connection.Connection;
import io.tributary.connection.Outward;
import io.tributary.connection.OutwardException;
import io.tributary.connection.OutwardRequest;
import io.tributary.connection.OutwardResponse;
import io.tributary.hubspot.HubSpotException.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens by which each connection calls: a private app's own, or one of OAuth, renewed before it ends. */
final class HubSpotTokens {
    private static final Duration EARLY = Duration.ofMinutes(2);

    private final Outward outward;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    private record Held(String token, Instant until) {}

    HubSpotTokens(Outward outward) {
        this.outward = outward;
    }

    /** The token to call with now. */
    String token(Connection connection) throws HubSpotException {
        if (connection.find("access_token").isPresent()) {
            return connection.text("access_token");
        }
        Held known = held.get(key(connection));
        if (known != null && known.until().isAfter(Instant.now())) {
            return known.token();
        }
        Held renewed = renew(connection);
        held.put(key(connection), renewed);
        return renewed.token();
    }

    /** Forgets a token that HubSpot refused; false when there is no way to another. */
    boolean forget(Connection connection) {
        held.remove(key(connection));
        return connection.find("access_token").isEmpty();
    }

    private static String key(Connection connection) {
        return connection.id() + "\n" + connection.revision();
    }

    private Held renew(Connection connection) throws HubSpotException {
        if (connection.find("refresh_token").isEmpty()
                || connection.find("client_id").isEmpty()) {
            throw new HubSpotException(
                    "the connection has neither an access_token nor client_id and refresh_token", Remedy.SIGN_IN, 0);
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("client_id", connection.text("client_id"));
        form.put("client_secret", connection.find("client_secret").orElse(""));
        form.put("refresh_token", connection.text("refresh_token"));
        Map<?, ?> answer = ask(connection, form);
        return new Held(
                String.valueOf(answer.get("access_token")),
                Instant.now().plusSeconds(seconds(answer)).minus(EARLY));
    }

    /**
     * What the token endpoint answers to {@code form}.
     *
     * @throws HubSpotException when it gives no token
     */
    Map<?, ?> ask(Connection connection, Map<String, String> form) throws HubSpotException {
        try {
            OutwardResponse response =
                    outward.http().send(OutwardRequest.form(connection.text("base_url") + "/oauth/v1/token", form));
            if (response.ok()
                    && response.json() instanceof Map<?, ?> answer
                    && answer.get("access_token") instanceof String) {
                return answer;
            }
            boolean passes = response.status() == 429 || response.status() >= 500;
            throw new HubSpotException(
                    "HubSpot gave no token: it answered " + response.status(),
                    passes ? Remedy.WAIT : Remedy.SIGN_IN,
                    0);
        } catch (OutwardException e) {
            throw new HubSpotException(String.valueOf(e.getMessage()), e);
        }
    }

    private static long seconds(Map<?, ?> answer) {
        return answer.get("expires_in") instanceof Number seconds ? seconds.longValue() : 1800;
    }
}
