package io.tributary.hubspot;

import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.hubspot.HubSpotTask.Kind;
import io.tributary.tenant.TenantDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what changed since the last time, as a safety net under the webhooks. Each page asks for what was changed at or
 * after the latest change of the page before, so that nothing is passed over while deals go on changing and no page
 * lies beyond the ten thousand that HubSpot's search gives; where more deals than a page holds were changed at one
 * moment, they are read in the order of their ids.
 */
public final class HubSpotPoll {
    /** The most that a page of the search holds. */
    static final int PAGE = 200;

    private static final Logger LOG = LoggerFactory.getLogger(HubSpotPoll.class);

    /** HubSpot's index lags behind: what is changed now may be found only so much later. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    /** Deleted deals are not found by searching; their list is read with every so many polls. */
    private static final int POLLS_A_SWEEP = 12;

    private static final String MODIFIED = HubSpotRecords.MODIFIED;
    private static final String ID = "hs_object_id";

    private final Connections connections;
    private final TenantDatabase database;
    private final HubSpotTasks tasks;
    private final HubSpotApi api;
    private final HubSpotRecords records;

    HubSpotPoll(
            Connections connections,
            TenantDatabase database,
            HubSpotTasks tasks,
            HubSpotApi api,
            HubSpotRecords records) {
        this.connections = connections;
        this.database = database;
        this.tasks = tasks;
        this.api = api;
        this.records = records;
    }

    /** Begins a turn of polling; null when none is due, or another hub has it. */
    public @Nullable Turn begin(String tenant, String workspace, String name) {
        Connection connection = connections.find(tenant, workspace, name).orElse(null);
        if (connection == null || connection.number("poll_seconds") == 0) {
            return null;
        }
        Instant from =
                connection.find("backfill_from").flatMap(HubSpotKind::moment).orElse(null);
        return database
                .write(
                        tenant,
                        client -> HubSpotTasks.named(client, "claim-hubspot-poll", connection)
                                .param("backfill_from", from == null ? null : from.toString())
                                .query((row, number) -> {
                                    Instant modified =
                                            row.getTimestamp("modified_at").toInstant();
                                    Instant start = modified.equals(from) ? modified : modified.minus(OVERLAP);
                                    return new PollTurn(
                                            connection,
                                            start,
                                            row.getTimestamp("archived_at").toInstant());
                                })
                                .list())
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Reads the next page; no transaction is open meanwhile. */
    public void page(PollTurn turn) throws HubSpotException {
        turn.next();
        if (turn.sweeping) {
            sweep(turn);
        } else {
            search(turn);
        }
    }

    private void search(PollTurn turn) throws HubSpotException {
        Connection connection = turn.connection();
        List<Map<String, @Nullable Object>> found = turn.tiedAfter == null
                ? api.search(connection, List.of(filter(MODIFIED, "GTE", turn.since)), MODIFIED, records.properties())
                : api.search(
                        connection,
                        List.of(filter(MODIFIED, "EQ", turn.since), filter(ID, "GT", turn.tiedAfter)),
                        ID,
                        records.properties());
        List<Map<String, @Nullable Object>> fresh = new ArrayList<>();
        for (Map<String, @Nullable Object> deal : found) {
            if (turn.seen.add(deal.get("id") + "@" + HubSpotRecords.modified(deal))) {
                fresh.add(deal);
            }
        }
        Set<String> setAside = setAside(connection, fresh);
        for (Map<String, @Nullable Object> deal : fresh) {
            if (setAside.contains(HubSpotApi.text(deal.get("id")))) {
                // The index may not know yet that it is deleted; the deal itself tells.
                turn.learnt.add(read(HubSpotApi.text(deal.get("id"))));
            }
        }
        fresh.removeIf(deal -> setAside.contains(HubSpotApi.text(deal.get("id"))));
        Map<String, UUID> known = KnownDeals.of(
                database,
                connection,
                fresh.stream().map(deal -> HubSpotApi.text(deal.get("id"))).toList());
        for (Map<String, @Nullable Object> deal : records.complete(connection, fresh)) {
            turn.take(deal, known.get(HubSpotApi.text(deal.get("id"))));
        }
        turn.advance(found);
    }

    private static HubSpotTask read(String id) {
        return new HubSpotTask("deal", id, Kind.READ, Instant.now(), 0, 0);
    }

    private Set<String> setAside(Connection connection, List<Map<String, @Nullable Object>> deals) {
        String[] ids =
                deals.stream().map(deal -> HubSpotApi.text(deal.get("id"))).toArray(String[]::new);
        return ids.length == 0
                ? Set.of()
                : new HashSet<>(database.read(
                        connection.workspace().tenant(),
                        client -> HubSpotTasks.named(client, "find-archived-deals", connection)
                                .param("system", HubSpotKind.NAME)
                                .param("ids", ids)
                                .query(String.class)
                                .list()));
    }

    /** Whatever is newly in the list of deleted deals is asked for: what is not there any more is set aside. */
    private void sweep(PollTurn turn) throws HubSpotException {
        HubSpotApi.Archived page = api.archived(turn.connection(), turn.sweepAfter);
        for (Map<String, @Nullable Object> deal : page.deals()) {
            Instant at = HubSpotRecords.moment(deal.get("archivedAt"));
            if (at == null || !at.isBefore(turn.sweptUntil.minus(OVERLAP))) {
                turn.learnt.add(new HubSpotTask(
                        "deal", HubSpotApi.text(deal.get("id")), Kind.DELETE, at == null ? Instant.now() : at, 0, 0));
            }
        }
        turn.sweepAfter = page.next();
        turn.more = page.next() != null;
    }

    private static Map<String, String> filter(String property, String operator, Object value) {
        String text = value instanceof Instant moment ? Long.toString(moment.toEpochMilli()) : String.valueOf(value);
        return Map.of("propertyName", property, "operator", operator, "value", text);
    }

    /** Ends a turn, so that the next is due after the connection's pause. */
    public void end(PollTurn turn) {
        end(turn, turn.connection().number("poll_seconds"), turn.sweeping ? turn.begun : null);
        Connection.Id id = turn.connection().id();
        connections.succeeded(id.tenant(), id.workspace(), id.name());
    }

    /** Ends a turn that broke off; what was committed of it stays. */
    public void failed(PollTurn turn, Exception failure) {
        Connection connection = turn.connection();
        boolean told = failure instanceof HubSpotException;
        if (!told) {
            LOG.warn("Polling {} broke off and is tried again", connection, failure);
        }
        int wait = failure instanceof HubSpotException refused ? Math.max(refused.seconds(), 5) : 5;
        end(turn, Math.min(wait, Math.max(1, connection.number("poll_seconds"))), null);
        Connection.Id id = connection.id();
        String reason = told
                ? connection.withoutSecrets(((HubSpotException) failure).reason())
                : "the hub could not take what it read";
        connections.failed(id.tenant(), id.workspace(), id.name(), reason);
    }

    private void end(PollTurn turn, int seconds, @Nullable Instant swept) {
        database.write(
                turn.connection().workspace().tenant(),
                client -> HubSpotTasks.named(client, "end-hubspot-poll", turn.connection())
                        .param("seconds", seconds)
                        .param("archived_at", swept == null ? null : swept.toString())
                        .update());
    }

    /** One turn of polling, page by page. */
    public final class PollTurn extends Turn {
        private final Instant begun = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        private final Instant sweptUntil;
        private final Set<String> seen = new HashSet<>();
        private final List<HubSpotTask> learnt = new ArrayList<>();
        private Instant since;
        private @Nullable String tiedAfter;
        private boolean sweeping;
        private @Nullable String sweepAfter;
        private boolean more = true;

        PollTurn(Connection connection, Instant since, Instant sweptUntil) {
            super(connection);
            this.since = since.truncatedTo(ChronoUnit.MILLIS);
            this.sweptUntil = sweptUntil;
        }

        /** Whether there is another page to read. */
        public boolean isMore() {
            return more;
        }

        private void next() {
            deals().clear();
            orders().clear();
            learnt.clear();
        }

        private void advance(List<Map<String, @Nullable Object>> found) {
            boolean full = found.size() >= PAGE;
            Instant last = found.isEmpty() ? null : HubSpotRecords.modified(found.get(found.size() - 1));
            if (tiedAfter != null) {
                if (full) {
                    tiedAfter = HubSpotApi.text(found.get(found.size() - 1).get("id"));
                } else {
                    tiedAfter = null;
                    since = since.plusMillis(1);
                }
                return;
            }
            if (full && last != null && last.isAfter(since)) {
                seen.removeIf(key -> !key.endsWith("@" + last));
                since = last;
            } else if (full) {
                // More were changed at this moment than a page holds.
                tiedAfter = "0";
            } else {
                if (last != null && last.isAfter(since)) {
                    since = last;
                }
                long pause = Math.max(1, connection().number("poll_seconds"));
                sweeping = Duration.between(sweptUntil, begun).toSeconds() >= pause * POLLS_A_SWEEP;
                more = sweeping;
            }
        }

        @Override
        void note(JdbcClient client) {
            tasks.add(client, connection(), learnt);
            HubSpotTasks.named(client, "move-hubspot-cursor", connection())
                    .param("modified_at", since.toString())
                    .param("taken", deals().size())
                    .update();
        }
    }
}
