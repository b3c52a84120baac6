package io.tributary.undo;

import io.tributary.deal.Times;
import io.tributary.duplicate.FoundPair;
import io.tributary.duplicate.Likenesses;
import io.tributary.duplicate.Lookalikes;
import io.tributary.event.Event;
import io.tributary.ingest.KnownReader;
import io.tributary.ingest.Locks;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks for lookalikes of the deals that came in files and bulk calls, after they were committed. */
public final class BulkComparison {
    private final TenantDatabase database;

    public BulkComparison(TenantDatabase database) {
        this.database = database;
    }

    /** Compares the new deals that these events tell of; those that came one by one were compared as they came. */
    public void compare(List<Event> events) {
        List<UUID> created = events.stream()
                .filter(event -> event.subject() != null
                        && event.isWanted()
                        && event.dataObject().get("import_id") != null)
                .map(Event::subject)
                .toList();
        if (!created.isEmpty()) {
            compare(events.get(0).workspace(), created);
        }
    }

    /**
     * In three transactions: once the keys are there, and whatever was under way before has ended, every deal either is
     * found here or has found these keys itself.
     */
    private void compare(WorkspaceId workspace, List<UUID> created) {
        String tenant = workspace.tenant();
        Lookalikes lookalikes = database.write(tenant, client -> keep(client, workspace, created));
        if (!lookalikes.isEmpty()) {
            database.write(
                    tenant,
                    client -> sql(client, "await-workspace", workspace)
                            .param("workspace_lock", Locks.ofWorkspace(workspace))
                            .query()
                            .listOfRows());
            database.write(tenant, client -> pair(client, workspace, lookalikes));
        }
    }

    private static Lookalikes keep(JdbcClient client, WorkspaceId workspace, List<UUID> created) {
        Lookalikes lookalikes = new Lookalikes();
        sql(client, "read-deals-to-compare", workspace)
                .param("deal_ids", created.toArray(UUID[]::new))
                .query()
                .listOfRows()
                .stream()
                .map(KnownReader::deal)
                .filter(deal -> !deal.spam)
                .forEach(deal -> lookalikes.add(deal.id(), Likenesses.of(deal)));
        if (!lookalikes.isEmpty()) {
            sql(client, "insert-likeness", workspace)
                    .params(lookalikes.likeness())
                    .update();
        }
        return lookalikes;
    }

    private static int pair(JdbcClient client, WorkspaceId workspace, Lookalikes lookalikes) {
        lookalikes.take(sql(client, "find-lookalikes", workspace)
                .params(lookalikes.wanted())
                .query()
                .listOfRows());
        List<FoundPair> pairs = lookalikes.pairs();
        if (!pairs.isEmpty()) {
            sql(client, "insert-pairs", workspace)
                    .param("now", String.valueOf(Times.text(Times.now())))
                    .params(Lookalikes.parameters(pairs))
                    .query()
                    .listOfRows();
        }
        return pairs.size();
    }

    private static JdbcClient.StatementSpec sql(JdbcClient client, String statement, WorkspaceId workspace) {
        // Camel marks a parameter by :? and Spring by : alone.
        return client.sql(Statements.text(statement).replace(":?", ":"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace());
    }
}
