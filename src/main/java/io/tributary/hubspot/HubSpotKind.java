package io.tributary.hubspot;

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

/** One HubSpot account: its webhooks, its deals, and where scores are written back to. */
public final class HubSpotKind implements ConnectionKind {
    static final String NAME = "hubspot";
    private static final String HUBSPOT = "https://api.hubapi.com";

    /** Where people are asked, unlike programs. */
    private static final String PAGES = "https://app.hubspot.com";

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
                Parameter.secret("client_secret", "The app's secret: webhooks are signed with it"),
                Parameter.secret("access_token", "Token of a private app"),
                Parameter.text("client_id", "The app's id, where it signs in by OAuth"),
                Parameter.secret("refresh_token", "Refresh token of OAuth; made by connecting in the browser"),
                Parameter.text("portal_id", "The account's id; events of another are refused"),
                Parameter.url("base_url", "Where its API answers").orElse(HUBSPOT),
                Parameter.number("poll_seconds", 300, 0, 86_400, "Seconds between two polls; 0: webhooks only"),
                Parameter.text("backfill_from", "Day from which on earlier changes are read, as 2026-01-31"),
                Parameter.choice("signature", List.of("v3", "v2"), "The version by which webhooks are signed"),
                Parameter.choice(
                        "on_delete",
                        List.of("archive", "close"),
                        "What becomes of a deal that is deleted in HubSpot: set aside, or closed as lost"),
                Parameter.text(
                        "write_back",
                        "Deal properties for health score, risk level and next action, separated by commas; empty: off"));
    }

    @Override
    public List<FieldError> faults(Map<String, String> parameters) {
        List<FieldError> faults = new ArrayList<>();
        String from = parameters.getOrDefault("backfill_from", "");
        if (!from.isEmpty() && moment(from).isEmpty()) {
            faults.add(new FieldError("parameters.backfill_from", from, "is no day, such as 2026-01-31"));
        }
        List<String> names = names(parameters.getOrDefault("write_back", ""));
        if (names.size() > 3 || names.stream().anyMatch(name -> !name.matches("[a-z][a-z0-9_]{0,99}"))) {
            faults.add(new FieldError(
                    "parameters.write_back",
                    parameters.get("write_back"),
                    "is no list of up to three names of properties"));
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

    /** The names in a list separated by commas. */
    static List<String> names(String list) {
        return list.isBlank() ? List.of() : List.of(list.strip().split("\\s*,\\s*"));
    }

    @Override
    public boolean authorises() {
        return true;
    }

    @Override
    public Authorisation authorisation(Connection connection) {
        String api = connection.text("base_url");
        boolean writes = !names(connection.find("write_back").orElse("")).isEmpty();
        return new Authorisation(
                (api.equals(HUBSPOT) ? PAGES : api) + "/oauth/authorize",
                api + "/oauth/v1/token",
                "oauth crm.objects.deals.read crm.objects.contacts.read crm.objects.companies.read"
                        + (writes ? " crm.objects.deals.write" : ""),
                false,
                Map.of(),
                // A token of a private app would go before it.
                Set.of("access_token"));
    }

    @Override
    public String test(Connection connection, Outward outward) throws ConnectionFailure {
        try {
            int pipelines = new HubSpotApi(outward, new HubSpotTokens(outward))
                    .pipelines(connection)
                    .size();
            return "HubSpot answers and has " + pipelines + (pipelines == 1 ? " pipeline" : " pipelines");
        } catch (HubSpotException e) {
            throw new ConnectionFailure(connection.withoutSecrets(e.reason()), e);
        }
    }
}
