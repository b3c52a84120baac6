package io.tributary.salesforce;

import io.tributary.connection.Authorisation;
import io.tributary.connection.Connection;
import io.tributary.connection.ConnectionFailure;
import io.tributary.connection.ConnectionKind;
import io.tributary.connection.Outward;
import io.tributary.connection.Parameter;
import io.tributary.deal.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One Salesforce organisation: its outbound messages, its change streams and its Opportunities. */
public final class SalesforceKind implements ConnectionKind {
    static final String NAME = "salesforce";
    private static final String LOGIN = "https://login.salesforce.com";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String source() {
        return NAME;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.text("org_id", "The organisation's id, 15 or 18 characters; messages of another are refused"),
                Parameter.url("login_url", "Where it signs in: a sandbox's or My Domain's host, else Salesforce's own")
                        .orElse(LOGIN),
                Parameter.url("instance_url", "Where its API answers; empty: where signing in says"),
                Parameter.choice(
                        "auth",
                        List.of("client_credentials", "jwt", "refresh_token", "username_password"),
                        "The OAuth flow by which the hub signs in"),
                Parameter.text("client_id", "The connected app's consumer key"),
                Parameter.secret("client_secret", "The connected app's consumer secret"),
                Parameter.text("username", "Who signs in, for jwt and username_password"),
                Parameter.secret("password", "The password, with the security token behind it"),
                Parameter.secret("private_key", "The key that jwt is signed with, as PEM (PKCS #8)"),
                Parameter.secret("refresh_token", "Refresh token of OAuth; made by connecting in the browser"),
                Parameter.choice("stream", List.of("pubsub", "cometd", "off"), "How changes are streamed"),
                Parameter.text("channel", "The channel of change events").orElse("/data/OpportunityChangeEvent"),
                Parameter.url("pubsub_url", "Where the Pub/Sub API answers, for organisations in a region of their own")
                        .orElse("https://api.pubsub.salesforce.com:7443"),
                Parameter.number("poll_seconds", 300, 0, 86_400, "Seconds between two polls; 0: none"),
                Parameter.text("backfill_from", "Day from which on earlier changes are read, as 2026-01-31"),
                Parameter.choice(
                        "first_load",
                        List.of("auto", "bulk", "pages"),
                        "How they are read: from 10,000 on by the Bulk API, always by it, or page by page"));
    }

    @Override
    public List<FieldError> faults(Map<String, String> parameters) {
        List<FieldError> faults = new ArrayList<>();
        String organisation = parameters.getOrDefault("org_id", "");
        if (!organisation.isEmpty() && !organisation.matches("[0-9A-Za-z]{15}|[0-9A-Za-z]{18}")) {
            faults.add(new FieldError("parameters.org_id", organisation, "is no id of 15 or 18 characters"));
        }
        String from = parameters.getOrDefault("backfill_from", "");
        if (!from.isEmpty() && moment(from).isEmpty()) {
            faults.add(new FieldError("parameters.backfill_from", from, "is no day, such as 2026-01-31"));
        }
        if (!parameters.getOrDefault("channel", "").matches("/(data|event|topic)/[A-Za-z0-9_]{1,100}")) {
            faults.add(new FieldError(
                    "parameters.channel", parameters.get("channel"), "is no channel, such as /data/ChangeEvents"));
        }
        return faults;
    }

    /** The moment that {@code backfill_from} names; empty when it names none. */
    static Optional<Instant> moment(String text) {
        try {
            return Optional.of(
                    text.length() <= 10
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.parse(text));
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }

    @Override
    public boolean authorises() {
        return true;
    }

    @Override
    public Authorisation authorisation(Connection connection) {
        String login = connection.text("login_url");
        String base = (login.endsWith("/") ? login.substring(0, login.length() - 1) : login) + "/services/oauth2";
        return new Authorisation(
                base + "/authorize",
                base + "/token",
                "api refresh_token",
                true,
                Map.of("auth", "refresh_token"),
                Set.of("password", "private_key"));
    }

    @Override
    public String test(Connection connection, Outward outward) throws ConnectionFailure {
        try {
            long deals = new SalesforceApi(outward, new SalesforceTokens(outward)).count(connection);
            return "Salesforce answers and has " + deals + (deals == 1 ? " opportunity" : " opportunities");
        } catch (SalesforceException e) {
            throw new ConnectionFailure(connection.withoutSecrets(e.reason()), e);
        }
    }
}
