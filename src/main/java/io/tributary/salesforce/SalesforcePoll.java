package io.tributary.salesforce;

import io.tributary.command.ArchiveDeal;
import io.tributary.command.ClearFields;
import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.deal.DealField;
import io.tributary.salesforce.KnownDeals.Known;
import io.tributary.tenant.TenantDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Reads what changed since the last time, deleted Opportunities too, as a safety net under messages and streams. Each page
 * is committed with the time of its last change; after a break the next turn asks for what was changed at or after it.
 */
public final class SalesforcePoll {
    private static final Logger LOG = LoggerFactory.getLogger(SalesforcePoll.class);

    /** The fields that a deal loses when they are emptied. */
    static final Map<String, DealField> CLEARED = Map.of(
            "Amount", DealField.VALUE,
            "CloseDate", DealField.EXPECTED_CLOSE_DATE,
            "Description", DealField.DESCRIPTION);

    /** A record may become visible later than its time of change says, when the transaction that changed it was long. */
    static final Duration OVERLAP = Duration.ofMinutes(5);

    /** Until a job that Salesforce works on is asked about again. */
    private static final int WAIT_SECONDS = 5;

    /** As {@code 2023-05-28T21:10:08.000+0000}: an offset without a colon. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter();

    private final Connections connections;
    private final TenantDatabase database;
    private final SalesforceApi api;
    private final SalesforceRecords records;
    private final SalesforceStreams streams;
    private final BulkLoad bulk;

    SalesforcePoll(
            Connections connections,
            TenantDatabase database,
            SalesforceApi api,
            SalesforceRecords records,
            SalesforceStreams streams) {
        this.streams = streams;
        this.connections = connections;
        this.database = database;
        this.api = api;
        this.records = records;
        this.bulk = new BulkLoad(api, records);
    }

    /** Begins a turn of polling; null when none is due, or another hub has it. */
    public @Nullable PollTurn begin(String tenant, String workspace, String name) {
        Connection connection = connections.find(tenant, workspace, name).orElse(null);
        if (connection == null || connection.find("client_id").isEmpty()) {
            return null;
        }
        Instant from =
                connection.find("backfill_from").flatMap(SalesforceKind::moment).orElse(null);
        boolean polls = connection.number("poll_seconds") > 0;
        return database
                .write(tenant, client -> {
                    StatementSpec claim =
                            Turn.named(client, polls ? "claim-salesforce-poll" : "claim-salesforce-reread", connection);
                    return (polls ? claim.param("backfill_from", from == null ? null : from.toString()) : claim)
                            .query((row, number) -> begun(connection, row, from))
                            .list();
                })
                .stream()
                .findFirst()
                .orElse(null);
    }

    private static PollTurn begun(Connection connection, ResultSet row, @Nullable Instant from) throws SQLException {
        Instant modified = row.getTimestamp("modified_at").toInstant();
        Instant since = modified.equals(from) ? modified : modified.minus(OVERLAP);
        Timestamp gap = row.getTimestamp("gap_from");
        boolean earlier = gap != null && gap.toInstant().isBefore(since);
        PollTurn turn = new PollTurn(connection, earlier ? gap.toInstant() : since, row.getLong("asks"));
        turn.job = row.getString("bulk_job");
        turn.locator = row.getString("bulk_locator");
        turn.isFirstLoad = row.getBoolean("is_first_load");
        return turn;
    }

    /** Reads the next page; no transaction is open meanwhile. */
    public void page(PollTurn turn) throws SalesforceException {
        Connection connection = turn.connection();
        if (turn.isFirstLoad && turn.job == null && bulk.isWanted(connection, turn.since)) {
            Instant begun = Instant.now();
            turn.job = bulk.begin(connection, turn.since).orElse(null);
            remember(turn, begun);
        }
        turn.isFirstLoad = false;
        if (turn.job == null || !hasPiece(turn, turn.job)) {
            search(turn);
        }
        records.explain(connection, turn.page);
    }

    private void remember(PollTurn turn, Instant begun) {
        database.write(
                turn.connection().workspace().tenant(),
                client -> turn.job == null
                        ? Turn.named(client, "refuse-salesforce-bulk", turn.connection())
                                .update()
                        : Turn.named(client, "begin-salesforce-bulk", turn.connection())
                                .param("job", turn.job)
                                .param("begun", begun.toString())
                                .update());
    }

    /** Whether the job of the first load has more to come, in this turn or, while it runs, in a later one. */
    private boolean hasPiece(PollTurn turn, String job) throws SalesforceException {
        Connection connection = turn.connection();
        if (turn.locator == null) {
            BulkLoad.State state = bulk.state(connection, job);
            if (state == BulkLoad.State.RUNNING) {
                turn.page = List.of();
                turn.waits = true;
                turn.more = false;
                return true;
            }
            if (state == BulkLoad.State.LOST) {
                return isLost(turn);
            }
        }
        Optional<BulkLoad.Piece> piece = bulk.next(connection, job, turn.locator);
        if (piece.isEmpty()) {
            return isLost(turn);
        }
        turn.page = piece.get().records();
        turn.locator = piece.get().locator();
        turn.more = turn.locator != null;
        return true;
    }

    private boolean isLost(PollTurn turn) {
        LOG.warn("The bulk job of {} has come to nothing; its records are read page by page", turn.connection());
        turn.job = null;
        turn.locator = null;
        remember(turn, Instant.now());
        return false;
    }

    private void search(PollTurn turn) throws SalesforceException {
        Connection connection = turn.connection();
        String next = turn.next;
        SalesforceApi.Page page = next == null
                ? api.queryAll(
                        connection,
                        records.select(connection) + " WHERE SystemModstamp >= "
                                + turn.since.truncatedTo(ChronoUnit.SECONDS) + " ORDER BY SystemModstamp, Id")
                : api.page(connection, next);
        turn.page = page.records();
        turn.next = page.next();
        turn.more = page.next() != null;
    }

    /**
     * Takes a record that is deleted, or whole: what it does not hold is empty. What was read before a deletion that is
     * known already does not undo it; most of Salesforce's times of change are whole seconds.
     */
    static void take(Turn turn, Map<String, @Nullable Object> record, @Nullable Known deal) {
        Instant modified = moment(record.get("SystemModstamp"));
        if (Boolean.TRUE.equals(record.get("IsDeleted"))) {
            if (deal != null) {
                Instant at = modified == null ? Instant.now() : modified;
                turn.orders().add(new ArchiveDeal(deal.id(), at, "It was deleted in Salesforce", false));
            }
            return;
        }
        Instant archived = deal == null ? null : deal.archivedAt();
        if (archived != null && modified != null) {
            boolean wholeSeconds = modified.equals(modified.truncatedTo(ChronoUnit.SECONDS));
            if (modified.isBefore(wholeSeconds ? archived.truncatedTo(ChronoUnit.SECONDS) : archived)) {
                return;
            }
        }
        turn.opportunities().add(SalesforceRecords.whole(record));
        Set<DealField> empty = EnumSet.noneOf(DealField.class);
        CLEARED.forEach((name, field) -> {
            if (record.containsKey(name) && record.get(name) == null) {
                empty.add(field);
            }
        });
        if (deal != null && !empty.isEmpty()) {
            turn.orders().add(new ClearFields(deal.id(), empty, modified));
        }
    }

    /** Ends a turn, so that the next is due after the connection's pause. */
    public void end(PollTurn turn) {
        Connection connection = turn.connection();
        end(turn, turn.waits ? WAIT_SECONDS : connection.number("poll_seconds"), !turn.waits);
        Connection.Id id = connection.id();
        if (!streams.isDown(connection)) {
            connections.succeeded(id.tenant(), id.workspace(), id.name());
        }
    }

    /** Ends a turn that broke off; what was committed of it stays. */
    public void failed(PollTurn turn, Exception failure) {
        Connection connection = turn.connection();
        boolean told = failure instanceof SalesforceException;
        if (!told) {
            LOG.warn("Polling {} broke off and is tried again", connection, failure);
        }
        int wait = failure instanceof SalesforceException refused ? Math.max(refused.seconds(), 5) : 5;
        int pause = connection.number("poll_seconds");
        end(turn, pause > 0 ? Math.min(wait, pause) : wait, false);
        Connection.Id id = connection.id();
        connections.failed(
                id.tenant(),
                id.workspace(),
                id.name(),
                told
                        ? connection.withoutSecrets(((SalesforceException) failure).reason())
                        : "the hub could not take what it read");
    }

    private void end(PollTurn turn, int seconds, boolean done) {
        database.write(
                turn.connection().workspace().tenant(),
                client -> Turn.named(client, "end-salesforce-poll", turn.connection())
                        .param("seconds", seconds)
                        .param("asks", turn.asks)
                        .param("done", done)
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
        private final long asks;
        private Instant since;
        private List<Map<String, @Nullable Object>> page = List.of();
        private @Nullable String next;
        private boolean more = true;
        private boolean isFirstLoad;
        private @Nullable String job;
        private @Nullable String locator;
        private boolean waits;

        /** @param asks how often something was asked for when it began */
        PollTurn(Connection connection, Instant since, long asks) {
            super(connection, SENDER);
            this.since = since;
            this.asks = asks;
        }

        /** Whether there is another page to read. */
        public boolean isMore() {
            return more;
        }

        @Override
        void claim(JdbcClient client) {
            opportunities().clear();
            orders().clear();
            List<String> ids = page.stream()
                    .map(record -> SalesforceApi.text(record.get("Id")))
                    .toList();
            Map<String, Known> known = KnownDeals.of(client, connection(), ids);
            for (Map<String, @Nullable Object> record : page) {
                Instant modified = moment(record.get("SystemModstamp"));
                take(this, record, known.get(SalesforceApi.text(record.get("Id"))));
                // The pieces of a job come in no order.
                since = modified == null || job != null || modified.isBefore(since) ? since : modified;
            }
        }

        @Override
        void note(JdbcClient client) {
            if (job != null) {
                if (!waits) {
                    named(client, "move-salesforce-bulk", connection())
                            .param("locator", locator)
                            .param("done", locator == null)
                            .param("taken", opportunities().size())
                            .update();
                }
                return;
            }
            named(client, "move-salesforce-cursor", connection())
                    .param("asks", asks)
                    .param("modified_at", since.toString())
                    .param("taken", opportunities().size())
                    .update();
        }
    }
}
