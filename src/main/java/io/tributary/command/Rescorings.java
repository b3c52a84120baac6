package io.tributary.command;

import io.tributary.ingest.Batch;
import io.tributary.ingest.Entry;
import io.tributary.ingest.Sender;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.TenantSettingsStore;
import io.tributary.tenant.WorkspaceId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The deals whose score time may have changed, in batches for the funnel. One batch of each workspace after the other, so
 * that a million in one do not keep the others waiting. What another hub has scored meanwhile is passed over.
 */
public final class Rescorings {
    private static final String SOURCE = "schedule";
    private static final int BATCH = 500;

    /** Batches in one go; what is left over waits for the next minute. */
    private static final int BATCHES = 200;

    private static final int MARKED_AT_ONCE = 5000;

    private final TenantDatabase database;
    private final TenantSettingsStore settings;

    public Rescorings(TenantDatabase database, TenantSettingsStore settings) {
        this.database = database;
        this.settings = settings;
    }

    /** What is due, read while it is gone through: the batch before must be written when the next is asked for. */
    public Iterator<Batch> due() {
        return new Due(database.withoutTenant()
                .sql(Statements.text("list-every-workspace"))
                .query((row, number) -> new WorkspaceId(row.getString("tenant_id"), row.getString("workspace_id")))
                .list());
    }

    /** After a change of the profile every deal is due. */
    private void followProfile(WorkspaceId workspace) {
        String profile = settings.of(workspace.tenant()).healthProfile();
        String scoredBy = database.read(
                workspace.tenant(),
                client -> at(client.sql(Statements.text("read-scored-by")), workspace)
                        .query(String.class)
                        .optional()
                        .orElse(""));
        if (scoredBy.equals(profile)) {
            return;
        }
        if (!scoredBy.isEmpty()) {
            while (mark(workspace) == MARKED_AT_ONCE) {
                // Each part is a transaction of its own, so that no deal is locked for long.
            }
        }
        database.write(
                workspace.tenant(),
                client -> at(client.sql(Statements.text("keep-scored-by")), workspace)
                        .param("profile", profile)
                        .update());
    }

    private int mark(WorkspaceId workspace) {
        return database.write(
                workspace.tenant(),
                client -> at(client.sql(Statements.text("mark-to-rescore")), workspace)
                        .param("rows", MARKED_AT_ONCE)
                        .update());
    }

    private static JdbcClient.StatementSpec at(JdbcClient.StatementSpec statement, WorkspaceId workspace) {
        return statement.param("tenant", workspace.tenant()).param("workspace", workspace.workspace());
    }

    private List<UUID> deals(WorkspaceId workspace) {
        return database.read(
                workspace.tenant(),
                client -> client.sql(Statements.text("list-deals-to-rescore"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("rows", BATCH)
                        .query((row, number) -> row.getObject("deal_id", UUID.class))
                        .list());
    }

    private final class Due implements Iterator<Batch> {
        private final Queue<WorkspaceId> workspaces;
        private @Nullable Batch next;
        private int batches;

        Due(List<WorkspaceId> workspaces) {
            this.workspaces = new ArrayDeque<>(workspaces);
        }

        @Override
        public boolean hasNext() {
            while (next == null && !workspaces.isEmpty() && batches < BATCHES) {
                WorkspaceId workspace = workspaces.remove();
                followProfile(workspace);
                Instant now = Instant.now();
                List<UUID> deals = deals(workspace);
                if (!deals.isEmpty()) {
                    next = Batch.ofCommands(
                            workspace,
                            SOURCE,
                            List.of(Entry.of(new RescoreDeals(deals, now), Sender.hub("rescoring"), null)));
                    batches++;
                    if (deals.size() == BATCH) {
                        workspaces.add(workspace);
                    }
                }
            }
            return next != null;
        }

        @Override
        public Batch next() {
            Batch batch = hasNext() ? next : null;
            if (batch == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return batch;
        }
    }
}
