package io.tributary.event;

import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far each reader has come in each workspace's log. */
public final class EventReaders {
    private static final int MESSAGE = 500;

    private final TenantDatabase database;

    public EventReaders(TenantDatabase database) {
        this.database = database;
    }

    /**
     * Where a reader stands.
     *
     * @param position the number of the last event it is done with
     * @param failures how often in a row the batch after that failed
     */
    public record Standing(long position, int failures) {}

    /**
     * Where a reader stands, which is somewhere from now on.
     *
     * @param since from when on a reader without a position wants events; null wants all that are kept
     * @return empty when there is no such workspace
     */
    public Optional<Standing> standing(WorkspaceId workspace, String reader, @Nullable Instant since) {
        return database.write(workspace.tenant(), client -> {
            Optional<Standing> standing = read(client, workspace, reader);
            if (standing.isPresent()) {
                return standing;
            }
            client.sql(Statements.text("begin-reader"))
                    .param("tenant", workspace.tenant())
                    .param("workspace", workspace.workspace())
                    .param("reader", reader)
                    .param("since", since == null ? null : Timestamp.from(since))
                    .update();
            return read(client, workspace, reader);
        });
    }

    private static Optional<Standing> read(JdbcClient client, WorkspaceId workspace, String reader) {
        return client.sql(Statements.text("read-reader"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("reader", reader)
                .query((row, number) -> new Standing(row.getLong("position"), row.getInt("failures")))
                .optional();
    }

    /**
     * Notes that a reader is done with everything up to {@code next}. Should the machine fail at once, its batch comes again,
     * as it would have had the machine failed a moment earlier.
     */
    public void advance(WorkspaceId workspace, String reader, long position, long next) {
        database.writeRepeatable(
                workspace.tenant(),
                client -> client.sql(Statements.text("advance-reader"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("reader", reader)
                        .param("position", position)
                        .param("next", next)
                        .update());
    }

    /** Notes that the batch after a reader's position could not be dealt with. */
    public void fail(WorkspaceId workspace, String reader, String failure) {
        database.write(
                workspace.tenant(),
                client -> client.sql(Statements.text("fail-reader"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("reader", reader)
                        .param("failure", shortened(failure))
                        .update());
    }

    /** Keeps an event that a reader cannot deal with among its dead letters, and moves the reader past it. */
    public void setAside(String reader, Event event, long position, String failure) {
        WorkspaceId workspace = event.workspace();
        database.write(
                workspace.tenant(),
                client -> client.sql(Statements.text("set-event-aside"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("reader", reader)
                        .param("position", position)
                        .param("sequence", event.sequence())
                        .param("failure", shortened(failure))
                        .update());
    }

    /** A failure as it is kept, which is bounded. */
    public static String shortened(String failure) {
        return failure.length() > MESSAGE ? failure.substring(0, MESSAGE) : failure;
    }

    /** Drops the position of a reader that will not come back; one of that name would begin anew. */
    public void forget(WorkspaceId workspace, String reader) {
        database.write(
                workspace.tenant(),
                client -> client.sql(Statements.text("delete-reader"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("reader", reader)
                        .update());
    }
}
