package io.tributary.event;

import io.tributary.answer.ApiException;
import io.tributary.json.Json;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The log of what happened in each workspace. The funnel writes its own events; everything else that happens is written
 * here. Events are kept for seven days.
 */
public final class EventLog {
    private final TenantDatabase database;

    public EventLog(TenantDatabase database) {
        this.database = database;
    }

    /**
     * Writes events in a transaction of their own.
     *
     * @return the number of the last one
     */
    public long append(WorkspaceId workspace, NewEvent... events) {
        return database.write(workspace.tenant(), client -> append(client, workspace, List.of(events)));
    }

    /**
     * Writes events in the running transaction, which holds the workspace's ledger from here to its commit: let this be
     * the last thing it does.
     *
     * @return the number of the last one
     * @throws ApiException 404 when the workspace is gone
     */
    public static long append(JdbcClient client, WorkspaceId workspace, List<NewEvent> events) {
        return client.sql(Statements.text("append-events"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("types", events.stream().map(NewEvent::type).toArray(String[]::new))
                .param(
                        "subjects",
                        events.stream()
                                .map(event -> event.subject() == null
                                        ? null
                                        : event.subject().toString())
                                .toArray(String[]::new))
                .param(
                        "data",
                        events.stream().map(event -> Json.write(event.data())).toArray(String[]::new))
                .query((row, number) -> row.getLong("event_sequence"))
                .optional()
                .orElseThrow(ApiException::notFound);
    }

    /**
     * The events that follow a position, oldest first.
     *
     * @param types what is wanted; of events of other types comes the number alone. Empty wants all
     * @param rows how many at most
     */
    public List<Event> after(WorkspaceId workspace, long position, Set<String> types, int rows) {
        return database.read(
                workspace.tenant(),
                client -> client.sql(Statements.text("list-events"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("position", position)
                        .param("types", types.toArray(String[]::new))
                        .param("rows", rows)
                        .query((row, number) -> event(workspace, row))
                        .list());
    }

    /**
     * How far a workspace's log goes.
     *
     * @param last the number of its last event; 0 without any
     * @param complete whether nothing that follows the position asked about is too old to be had
     */
    public record End(long last, boolean complete) {}

    /** How far the log goes, seen from a position. */
    public End end(WorkspaceId workspace, long position) {
        return database.read(
                workspace.tenant(),
                client -> client.sql(Statements.text("read-log-end"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("position", position)
                        .query((row, number) -> new End(row.getLong("event_sequence"), row.getBoolean("complete")))
                        .optional()
                        .orElse(new End(0, true)));
    }

    /** The event in a row with its number, type, subject, moment and data. */
    public static Event event(WorkspaceId workspace, ResultSet row) throws SQLException {
        return new Event(
                workspace,
                row.getLong("sequence"),
                row.getString("type"),
                row.getObject("subject", UUID.class),
                row.getTimestamp("at").toInstant(),
                row.getString("data"));
    }
}
