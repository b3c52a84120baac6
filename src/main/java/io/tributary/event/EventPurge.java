package io.tributary.event;

import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.util.List;

/** Clears away events older than seven days, which nobody can ask for any more, and dead letters that nobody looked at. */
public final class EventPurge {
    private static final int BATCH = 2000;

    private static final int DAYS_DEAD = 90;

    /** Batches of one workspace in one go; the rest waits for the next, so that no workspace holds up the others. */
    private static final int BATCHES = 500;

    private final TenantDatabase database;

    public EventPurge(TenantDatabase database) {
        this.database = database;
    }

    /** Clears away what is too old, of every workspace, in transactions of a bounded size. */
    public void purge() {
        List<WorkspaceId> workspaces = database.withoutTenant()
                .sql(Statements.text("list-log-ends"))
                .query((row, number) -> new WorkspaceId(row.getString("tenant_id"), row.getString("workspace_id")))
                .list();
        for (WorkspaceId workspace : workspaces) {
            int batches = 0;
            while (delete(workspace) == BATCH && batches < BATCHES) {
                batches++;
            }
            deleteDeadLetters(workspace);
        }
    }

    private void deleteDeadLetters(WorkspaceId workspace) {
        database.write(
                workspace.tenant(),
                client -> client.sql(Statements.text("delete-old-reader-dead-letters"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("days", DAYS_DEAD)
                        .update());
    }

    private int delete(WorkspaceId workspace) {
        return database.write(
                workspace.tenant(),
                client -> client.sql(Statements.text("delete-old-events"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("rows", BATCH)
                        .update());
    }
}
