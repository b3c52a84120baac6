package io.tributary.salesforce;

import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.salesforce.ChangeStream.Delivered;
import io.tributary.salesforce.Changes.Change;
import io.tributary.salesforce.SalesforceException.Remedy;
import io.tributary.tenant.TenantDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the change events of each organisation, in one hub at a time. Whatever a stream may have missed, since its
 * replay id is too old, since it lost sight of something, or since it begins only now, is asked of the next poll.
 */
public final class SalesforceStreams {
    private static final Logger LOG = LoggerFactory.getLogger(SalesforceStreams.class);
    private static final Duration WAIT = Duration.ofMillis(800);

    /** What is merely cut is told of after so long; until then it is opened again. */
    private static final Duration TOLD_AFTER = Duration.ofMinutes(5);

    private final Connections connections;
    private final TenantDatabase database;
    private final SalesforceTokens tokens;
    private final SalesforceRecords records;
    private final StreamDoors doors;
    private final UUID holder = UUID.randomUUID();
    private final Map<Connection.Id, OpenStream> all = new ConcurrentHashMap<>();

    SalesforceStreams(
            Connections connections,
            TenantDatabase database,
            SalesforceTokens tokens,
            SalesforceRecords records,
            StreamDoors doors) {
        this.connections = connections;
        this.database = database;
        this.tokens = tokens;
        this.records = records;
        this.doors = doors;
    }

    /** Begins to listen for a while; null when there is no stream, another hub has it, or it failed a moment ago. */
    public @Nullable StreamTurn begin(String tenant, String workspace, String name) {
        Connection.Id id = new Connection.Id(tenant, workspace, name);
        Connection connection = connections.find(id).orElse(null);
        OpenStream open = all.get(id);
        if (open != null && (connection == null || !open.isOf(connection))) {
            end(id);
            open = null;
        }
        if (connection == null
                || connection.text("stream").equals("off")
                || connection.find("client_id").isEmpty()) {
            return null;
        }
        if (open == null) {
            open = new OpenStream(connection, holder);
            all.put(id, open);
        }
        if (open.isPausing() || (open.isDue() && !claim(connection, open))) {
            return null;
        }
        return new StreamTurn(connection, open);
    }

    /**
     * Takes or renews the lease; false when another hub has it. Where nothing polls, a stream that begins closes a gap
     * that reaches back to the day that the connection names.
     */
    private boolean claim(Connection connection, OpenStream open) {
        String known = connection.number("poll_seconds") > 0
                ? null
                : connection
                        .find("backfill_from")
                        .flatMap(SalesforceKind::moment)
                        .map(from -> from.plus(SalesforcePoll.OVERLAP).toString())
                        .orElse(null);
        boolean ours = database.write(
                        tenant(connection),
                        client -> Turn.named(client, "claim-salesforce-stream", connection)
                                .param("holder", holder)
                                .param("known_at", known)
                                .param("channel", connection.text("stream") + " " + connection.text("channel"))
                                .query((row, number) -> {
                                    open.claimed(
                                            row.getString("replay_id"),
                                            row.getTimestamp("known_at").toInstant());
                                    return true;
                                })
                                .optional())
                .orElse(false);
        if (!ours) {
            open.close();
        }
        return ours;
    }

    /** Waits a moment for what comes, and reads the records that events do not hold. No transaction is open meanwhile. */
    public void listen(StreamTurn turn) throws SalesforceException {
        OpenStream open = turn.open();
        turn.came(Delivered.NOTHING, new Changes(List.of()), null);
        try {
            ChangeStream stream = open.stream();
            boolean opens = stream == null;
            if (stream == null) {
                stream = doors.open(turn.connection(), open.replay());
                open.opened(stream, open.replay() != null);
            }
            Delivered delivered = stream.next(opens ? Duration.ZERO : WAIT);
            Changes changes = new Changes(delivered.events());
            Instant lost = changes.overflowSince();
            if (!open.isKept() && stream.isSettled()) {
                lost = open.knownAt();
                open.closesGap();
            }
            turn.came(delivered, changes, lost == null ? null : lost.minus(SalesforcePoll.OVERLAP));
            turn.read(read(turn.connection(), changes));
            open.succeeded();
            if (opens) {
                turn.listensOn();
            }
        } catch (ReplayLostException e) {
            LOG.warn("The stream of {} cannot go on where it was; what it missed is read", turn.connection());
            open.lost();
            turn.came(Delivered.NOTHING, new Changes(List.of()), open.knownAt().minus(SalesforcePoll.OVERLAP));
            turn.listensOn();
            forgetReplay(turn.connection());
        }
    }

    private void forgetReplay(Connection connection) {
        database.write(
                tenant(connection),
                client -> Turn.named(client, "forget-salesforce-replay", connection)
                        .param("holder", holder)
                        .update());
    }

    /** The records that an event names without saying everything of them, and those that are not known here yet. */
    private Map<String, Map<String, @Nullable Object>> read(Connection connection, Changes changes)
            throws SalesforceException {
        List<Change> all = changes.all();
        if (all.isEmpty()) {
            return Map.of();
        }
        Map<String, KnownDeals.Known> known =
                database.read(tenant(connection), client -> KnownDeals.of(client, connection, changes.ids()));
        List<String> ids = new ArrayList<>();
        for (Change change : all) {
            boolean says = change.type() == ChangeEvent.Type.DELETE
                    || (change.type() == ChangeEvent.Type.UPDATE && known.containsKey(change.id()));
            if (!says) {
                ids.add(change.id());
            }
        }
        records.explain(connection, all.stream().map(Change::fields).toList());
        return records.byId(connection, ids);
    }

    /** Tells that the stream works, where it did lately. */
    public void succeeded(StreamTurn turn) {
        if (turn.open().stream() != null) {
            Connection.Id id = turn.connection().id();
            connections.succeeded(id.tenant(), id.workspace(), id.name());
        }
    }

    /** Ends a turn that broke off; the stream is opened anew after what was committed. */
    public void failed(StreamTurn turn, Exception failure) {
        Connection connection = turn.connection();
        OpenStream open = turn.open();
        if (!(failure instanceof SalesforceException told)) {
            LOG.warn("Listening to {} broke off and is tried again", connection, failure);
            open.failed(0);
            return;
        }
        if (told.remedy() == Remedy.SIGN_IN) {
            tokens.forget(connection);
        }
        boolean lasting = told.remedy() == Remedy.NONE
                || (told.remedy() == Remedy.SIGN_IN && open.failing().toSeconds() > 2);
        LOG.info(
                "The stream of {} ended and is opened again: {}", connection, connection.withoutSecrets(told.reason()));
        open.failed(told.seconds());
        if (lasting || open.failing().compareTo(TOLD_AFTER) > 0) {
            Connection.Id id = connection.id();
            connections.failed(
                    id.tenant(),
                    id.workspace(),
                    id.name(),
                    "the change stream: " + connection.withoutSecrets(told.reason()));
        }
    }

    /** Whether the connection's stream is failing for long, so that the connection does not do all that it is for. */
    boolean isDown(Connection connection) {
        OpenStream open = all.get(connection.id());
        return open != null && open.isOf(connection) && open.failing().compareTo(TOLD_AFTER) > 0;
    }

    /** Closes a stream, and lets another hub have it. */
    public void end(Connection.Id id) {
        OpenStream open = all.remove(id);
        if (open == null) {
            return;
        }
        open.end();
        try {
            database.write(
                    id.tenant(),
                    client -> client.sql(io.tributary.sql.Statements.text("release-salesforce-stream"))
                            .params(Map.of(
                                    "tenant", id.tenant(),
                                    "workspace", id.workspace(),
                                    "connection", id.name(),
                                    "holder", holder))
                            .update());
        } catch (org.springframework.dao.DataAccessException | org.springframework.transaction.TransactionException e) {
            LOG.warn("The lease of the stream {} lasts until it ends by itself", id);
        }
    }

    private static String tenant(Connection connection) {
        return connection.workspace().tenant();
    }
}
