package io.tributary.salesforce;

import io.tributary.command.ArchiveDeal;
import io.tributary.command.ClearFields;
import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.deal.DealField;
import io.tributary.tenant.TenantDatabase;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what changed since the last time, deleted Opportunities too, as a safety net under messages and streams. Each page
 * is committed with the time of its last change; after a break the next turn asks for what was changed at or after it.
 */
public final class SalesforcePoll {
    private static final Logger LOG = LoggerFactory.getLogger(SalesforcePoll.class);

    /** The fields that a deal loses when they are emptied. */
    private static final Map<String, DealField> CLEARED = Map.of(
            "Amount", DealField.VALUE,
            "CloseDate", DealField.EXPECTED_CLOSE_DATE,
            "Description", DealField.DESCRIPTION);

    /** A record may become visible later than its time of change says, when the transaction that changed it was long. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    /** As {@code 2023-05-28T21:10:08.000+0000}: an offset without a colon. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter();

    private final Connections connections;
    private final TenantDatabase database;
    private final SalesforceApi api;
    private final SalesforceRecords records;

    SalesforcePoll(Connections connections, TenantDatabase database, SalesforceApi api, SalesforceRecords records) {
        this.connections = connections;
        this.database = database;
        this.api = api;
        this.records = records;
    }

    /** Begins a turn of polling; null when none is due, or another hub has it. */
    public @Nullable PollTurn begin(String tenant, String workspace, String name) {
        Connection connection = connections.find(tenant, workspace, name).orElse(null);
        if (connection == null
                || connection.number("poll_seconds") == 0
                || connection.find("client_id").isEmpty()) {
            return null;
        }
        Instant from =
                connection.find("backfill_from").flatMap(SalesforceKind::moment).orElse(null);
        return database
                .write(
                        tenant,
                        client -> Turn.named(client, "claim-salesforce-poll", connection)
                                .param("backfill_from", from == null ? null : from.toString())
                                .query((row, number) -> {
                                    Instant modified =
                                            row.getTimestamp("modified_at").toInstant();
                                    return new PollTurn(
                                            connection, modified.equals(from) ? modified : modified.minus(OVERLAP));
                                })
                                .list())
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Reads the next page; no transaction is open meanwhile. */
    public void page(PollTurn turn) throws SalesforceException {
        Connection connection = turn.connection();
        turn.opportunities().clear();
        turn.orders().clear();
        String next = turn.next;
        SalesforceApi.Page page = next == null
                ? api.queryAll(
                        connection,
                        records.select(connection) + " WHERE SystemModstamp >= "
                                + turn.since.truncatedTo(ChronoUnit.SECONDS) + " ORDER BY SystemModstamp, Id")
                : api.page(connection, next);
        Map<String, UUID> known = known(connection, page.records());
        for (Map<String, @Nullable Object> record : page.records()) {
            UUID deal = known.get(SalesforceApi.text(record.get("Id")));
            Instant modified = moment(record.get("SystemModstamp"));
            take(turn, record, modified, deal);
            turn.since = modified == null || modified.isBefore(turn.since) ? turn.since : modified;
        }
        turn.next = page.next();
        turn.more = page.next() != null;
    }

    /** A record that is deleted, or whole: what it does not hold is empty. */
    private static void take(
            PollTurn turn, Map<String, @Nullable Object> record, @Nullable Instant modified, @Nullable UUID deal) {
        if (Boolean.TRUE.equals(record.get("IsDeleted"))) {
            if (deal != null) {
                Instant at = modified == null ? Instant.now() : modified;
                turn.orders().add(new ArchiveDeal(deal, at, "It was deleted in Salesforce", false));
            }
            return;
        }
        turn.opportunities().add(SalesforceRecords.whole(record));
        Set<DealField> empty = EnumSet.noneOf(DealField.class);
        CLEARED.forEach((name, field) -> {
            if (record.containsKey(name) && record.get(name) == null) {
                empty.add(field);
            }
        });
        if (deal != null && !empty.isEmpty()) {
            turn.orders().add(new ClearFields(deal, empty, modified));
        }
    }

    private Map<String, UUID> known(Connection connection, List<Map<String, @Nullable Object>> page) {
        List<String> ids = page.stream()
                .map(record -> SalesforceApi.text(record.get("Id")))
                .toList();
        Map<String, UUID> known = new HashMap<>();
        database.read(connection.workspace().tenant(), client -> {
            Turn.named(client, "find-deals-by-external-id", connection)
                    .param("system", SalesforceKind.NAME)
                    .param("ids", ids.toArray(String[]::new))
                    .query(row -> {
                        known.put(row.getString("external_id"), row.getObject("deal_id", UUID.class));
                    });
            return known;
        });
        return known;
    }

    /** Ends a turn, so that the next is due after the connection's pause. */
    public void end(PollTurn turn) {
        end(turn, turn.connection().number("poll_seconds"));
        Connection.Id id = turn.connection().id();
        connections.succeeded(id.tenant(), id.workspace(), id.name());
    }

    /** Ends a turn that broke off; what was committed of it stays. */
    public void failed(PollTurn turn, Exception failure) {
        Connection connection = turn.connection();
        boolean told = failure instanceof SalesforceException;
        if (!told) {
            LOG.warn("Polling {} broke off and is tried again", connection, failure);
        }
        int wait = failure instanceof SalesforceException refused ? Math.max(refused.seconds(), 5) : 5;
        end(turn, Math.min(wait, Math.max(1, connection.number("poll_seconds"))));
        Connection.Id id = connection.id();
        connections.failed(
                id.tenant(),
                id.workspace(),
                id.name(),
                told
                        ? connection.withoutSecrets(((SalesforceException) failure).reason())
                        : "the hub could not take what it read");
    }

    private void end(PollTurn turn, int seconds) {
        database.write(
                turn.connection().workspace().tenant(),
                client -> Turn.named(client, "end-salesforce-poll", turn.connection())
                        .param("seconds", seconds)
                        .update());
    }

    static @Nullable Instant moment(@Nullable Object text) {
        try {
            return text == null
                    ? null
                    : OffsetDateTime.parse(String.valueOf(text), TIME).toInstant();
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    /** One turn of polling, page by page. */
    public static final class PollTurn extends Turn {
        private Instant since;
        private @Nullable String next;
        private boolean more = true;

        PollTurn(Connection connection, Instant since) {
            super(connection, SENDER);
            this.since = since;
        }

        /** Whether there is another page to read. */
        public boolean isMore() {
            return more;
        }

        @Override
        void note(JdbcClient client) {
            named(client, "move-salesforce-cursor", connection())
                    .param("modified_at", since.toString())
                    .param("taken", opportunities().size())
                    .update();
        }
    }
}
