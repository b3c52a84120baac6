package io.tributary.connection;

import io.tributary.event.EventLog;
import io.tributary.event.NewEvent;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** How connections are doing, kept in the table {@code connection_state}. */
public final class ConnectionStates {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionStates.class);

    /** The same news is written this often at most: a busy connection succeeds hundreds of times a second. */
    private static final long BETWEEN_WRITES_NANOS = Duration.ofSeconds(2).toNanos();

    private static final int LONGEST_REASON = 500;

    private final TenantDatabase database;
    private final Map<Connection.Id, News> written = new ConcurrentHashMap<>();

    private record News(String revision, @Nullable String failure, long at) {}

    /** What is known of a connection's doing; {@code lastError} is null unless it fails now. */
    public record State(
            @Nullable Instant lastSuccess,
            @Nullable Instant lastFailure,
            @Nullable String lastError) {
        static final State NEW = new State(null, null, null);
    }

    public ConnectionStates(TenantDatabase database) {
        this.database = database;
    }

    /** The connection just did what it is for. */
    public void succeeded(Connection connection) {
        if (isNews(connection, null)) {
            write(connection, "record-connection-success", null);
        }
    }

    /** The connection just failed; {@code reason} may be shown to its tenant. */
    public void failed(Connection connection, String reason) {
        String safe = connection.withoutSecrets(reason);
        String bounded = safe.length() > LONGEST_REASON ? safe.substring(0, LONGEST_REASON) : safe;
        if (isNews(connection, bounded)) {
            LOG.warn("The connection {} fails: {}", connection, bounded);
            write(connection, "record-connection-failure", bounded);
        }
    }

    private boolean isNews(Connection connection, @Nullable String failure) {
        News before = written.get(connection.id());
        long now = System.nanoTime();
        boolean same = before != null
                && before.revision().equals(connection.revision())
                && java.util.Objects.equals(before.failure(), failure)
                && now - before.at() < BETWEEN_WRITES_NANOS;
        if (!same) {
            written.put(connection.id(), new News(connection.revision(), failure, now));
        }
        return !same;
    }

    private void write(Connection connection, String statement, @Nullable String error) {
        try {
            database.write(connection.workspace().tenant(), client -> {
                boolean failedBefore = client.sql(Statements.text("read-connection-failing"))
                        .params(ConnectionTable.params(connection.id()))
                        .query((row, number) -> row.getBoolean("failing"))
                        .optional()
                        .orElse(false);
                int rows = client.sql(Statements.text(statement))
                        .params(ConnectionTable.params(connection.id()))
                        .param("source", connection.kind().source())
                        .param("error", error)
                        .update();
                if (!failedBefore && error != null && connection.kind().source() != null) {
                    client.sql(Statements.text("count-source-failure"))
                            .param("tenant", connection.workspace().tenant())
                            .param("workspace", connection.workspace().workspace())
                            .param("source", connection.kind().source())
                            .update();
                }
                if (failedBefore != (error != null)) {
                    EventLog.append(client, connection.workspace(), List.of(turned(connection, error)));
                }
                return rows;
            });
        } catch (DataAccessException | TransactionException e) {
            written.remove(connection.id());
            LOG.warn("The state of {} could not be kept: {}", connection, String.valueOf(e.getMessage()));
        }
    }

    private static NewEvent turned(Connection connection, @Nullable String error) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("source", connection.kind().source());
        data.put("connection", connection.name());
        data.put("kind", connection.kind().name());
        data.put("state", error == null ? "ok" : "failing");
        data.put("error", error);
        return new NewEvent("source.state", null, data);
    }

    void forget(Connection.Id id) {
        written.remove(id);
    }

    /** How far the reading of earlier changes has come, by the connection's name. */
    Map<String, Backfill> backfills(WorkspaceId workspace) {
        return Backfill.of(database, workspace);
    }

    /** The states of a workspace's connections, by name. */
    public Map<String, State> of(WorkspaceId workspace) {
        return database.read(workspace.tenant(), client -> {
            Map<String, State> states = new HashMap<>();
            client.sql(Statements.text("list-connection-states"))
                    .param("tenant", workspace.tenant())
                    .param("workspace", workspace.workspace())
                    .query(row -> {
                        states.put(
                                row.getString("connection"),
                                new State(
                                        instant(row.getTimestamp("last_success")),
                                        instant(row.getTimestamp("last_failure")),
                                        row.getString("last_error")));
                    });
            return states;
        });
    }

    private static @Nullable Instant instant(java.sql.@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
