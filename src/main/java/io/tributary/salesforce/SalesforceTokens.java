package io.tributary.salesforce;

import io.tributary.connection.Connection;
import io.tributary.connection.Outward;
import io.tributary.connection.OutwardException;
import io.tributary.connection.OutwardRequest;
import io.tributary.connection.OutwardResponse;
import io.tributary.salesforce.SalesforceException.Remedy;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.impl.jose.JWK;
import io.vertx.ext.auth.impl.jose.JWT;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sessions by which each connection calls, renewed before they end. Salesforce does not say how long a session lasts,
 * so it is renewed when it is refused, and every hour before that.
 *
 * <p>Flows: Salesforce Help, "OAuth Authorization Flows".
 */
final class SalesforceTokens {
    private static final Duration KEPT = Duration.ofHours(1);

    /** Salesforce refuses an assertion that lasts longer than five minutes. */
    private static final int ASSERTION_SECONDS = 180;

    private static final Pattern IDENTITY = Pattern.compile("/id/(00D[0-9A-Za-z]{12,15})/");

    private final Outward outward;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /**
     * @param instance where the API answers, without a trailing slash
     * @param organisation its id; empty where neither the connection nor signing in tells it
     */
    record Session(String token, String instance, String organisation) {}

    private record Held(Session session, Instant until) {}

    SalesforceTokens(Outward outward) {
        this.outward = outward;
    }

    /** The session to call with now. */
    Session session(Connection connection) throws SalesforceException {
        Held known = held.get(key(connection));
        if (known != null && known.until().isAfter(Instant.now())) {
            return known.session();
        }
        Session session = signIn(connection);
        held.put(key(connection), new Held(session, Instant.now().plus(KEPT)));
        return session;
    }

    /** Forgets a session that Salesforce refused. */
    void forget(Connection connection) {
        held.remove(key(connection));
    }

    private static String key(Connection connection) {
        return connection.id() + "\n" + connection.revision();
    }

    private Session signIn(Connection connection) throws SalesforceException {
        String url = withoutSlash(connection.text("login_url")) + "/services/oauth2/token";
        try {
            OutwardResponse response = outward.http().send(OutwardRequest.form(url, form(connection)));
            if (response.ok()
                    && response.json() instanceof Map<?, ?> answer
                    && answer.get("access_token") instanceof String token) {
                String instance =
                        connection.find("instance_url").orElseGet(() -> String.valueOf(answer.get("instance_url")));
                if (!instance.startsWith("http")) {
                    throw new SalesforceException("signing in did not say where the API answers", Remedy.SIGN_IN, 0);
                }
                return new Session(token, withoutSlash(instance), organisation(connection, answer));
            }
            boolean passes = response.status() == 429 || response.status() >= 500;
            throw new SalesforceException(
                    "Salesforce does not let the hub sign in: it answered " + response.status() + reason(response),
                    passes ? Remedy.WAIT : Remedy.SIGN_IN,
                    0);
        } catch (OutwardException e) {
            throw new SalesforceException(String.valueOf(e.getMessage()), e);
        }
    }

    /** As the identity URL of a login names it, {@code https://login.salesforce.com/id/00D…/005…}. */
    private static String organisation(Connection connection, Map<?, ?> answer) {
        Matcher identity = IDENTITY.matcher(String.valueOf(answer.get("id")));
        return identity.find() ? identity.group(1) : connection.find("org_id").orElse("");
    }

    /** The error's code, where it is one word: {@code invalid_grant}. */
    private static String reason(OutwardResponse response) {
        try {
            return response.json() instanceof Map<?, ?> answer
                            && answer.get("error") instanceof String code
                            && code.matches("[a-z_]{1,60}")
                    ? " (" + code + ")"
                    : "";
        } catch (OutwardException noJson) {
            return "";
        }
    }

    private static Map<String, String> form(Connection connection) throws SalesforceException {
        Map<String, String> form = new LinkedHashMap<>();
        switch (connection.text("auth")) {
            case "jwt" -> {
                form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
                form.put("assertion", assertion(connection));
            }
            case "refresh_token" -> {
                form.put("grant_type", "refresh_token");
                client(form, connection);
                form.put("refresh_token", needed(connection, "refresh_token"));
            }
            case "username_password" -> {
                form.put("grant_type", "password");
                client(form, connection);
                form.put("username", needed(connection, "username"));
                form.put("password", needed(connection, "password"));
            }
            default -> {
                form.put("grant_type", "client_credentials");
                client(form, connection);
            }
        }
        return form;
    }

    private static void client(Map<String, String> form, Connection connection) throws SalesforceException {
        form.put("client_id", needed(connection, "client_id"));
        connection.find("client_secret").ifPresent(secret -> form.put("client_secret", secret));
    }

    private static String needed(Connection connection, String parameter) throws SalesforceException {
        return connection
                .find(parameter)
                .orElseThrow(() -> new SalesforceException("the connection has no " + parameter, Remedy.SIGN_IN, 0));
    }

    private static String assertion(Connection connection) throws SalesforceException {
        try {
            JWT signer = new JWT()
                    .addJWK(new JWK(new PubSecKeyOptions()
                            .setAlgorithm("RS256")
                            .setBuffer(Buffer.buffer(needed(connection, "private_key")))));
            return signer.sign(
                    new JsonObject()
                            .put("iss", needed(connection, "client_id"))
                            .put("sub", needed(connection, "username"))
                            .put("aud", withoutSlash(connection.text("login_url"))),
                    new JWTOptions().setAlgorithm("RS256").setNoTimestamp(true).setExpiresInSeconds(ASSERTION_SECONDS));
        } catch (RuntimeException noKey) {
            throw new SalesforceException("the private_key is no RSA key in PEM (PKCS #8)", Remedy.SIGN_IN, 0);
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
