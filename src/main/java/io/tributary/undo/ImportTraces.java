package io.tributary.undo;

import io.tributary.deal.Times;
import io.tributary.sql.Statements;
import io.tributary.tenant.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an import left behind, and what happened since to the deals it touched. */
final class ImportTraces {
    private final JdbcClient client;
    private final UUID importId;

    ImportTraces(JdbcClient client, UUID importId) {
        this.client = client;
        this.importId = importId;
    }

    /** The next deals that the import made, after {@code after}. */
    List<UUID> created(WorkspaceId workspace, UUID after, int rows) {
        return sql(workspace, "list-created-deals")
                .param("after_id", after)
                .param("rows", rows)
                .query(UUID.class)
                .list();
    }

    /** The next deals, or leads, that the import changed, after {@code after}. */
    List<UUID> changed(WorkspaceId workspace, String entity, UUID after, int rows) {
        return sql(workspace, "list-changed-subjects")
                .param("entity", entity)
                .param("after_id", after)
                .param("rows", rows)
                .query(UUID.class)
                .list();
    }

    /** All that ever changed in these deals or leads, oldest first. */
    Map<UUID, List<PastChange>> histories(WorkspaceId workspace, List<UUID> subjects) {
        return sql(workspace, "read-history-since")
                .param("subjects", subjects.toArray(UUID[]::new))
                .param("record_number", -1L)
                .query(PastChange::of)
                .list()
                .stream()
                .collect(Collectors.groupingBy(PastChange::subject));
    }

    /** Who touched the deals that the import made, by deal; a deal that nobody touched is not among them. */
    Map<UUID, Map<String, @Nullable Object>> touched(WorkspaceId workspace, List<UUID> deals) {
        Map<UUID, Map<String, @Nullable Object>> touched = new HashMap<>();
        sql(workspace, "list-engagements")
                .param("deal_ids", deals.toArray(UUID[]::new))
                .query((row, number) -> touched.put(row.getObject("deal_id", UUID.class), engagement(row)))
                .list();
        histories(workspace, deals)
                .forEach((deal, changes) -> changes.stream()
                        .filter(change -> change.isLive() && !change.isOf(importId))
                        .reduce((earlier, later) -> later)
                        .ifPresent(change -> touched.put(deal, change.told())));
        return touched;
    }

    private static Map<String, @Nullable Object> engagement(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("cause", row.getString("type"));
        view.put("source", row.getString("source"));
        view.put("actor", row.getString("actor"));
        view.put("import_id", null);
        view.put("at", Times.text(row.getTimestamp("at").toInstant()));
        return view;
    }

    /** Tells of those deals that were merged into others; the merge keeps what the import did to them. */
    long tellMergedAway(WorkspaceId workspace, List<UUID> deals, List<Object> newer) {
        return deals.isEmpty()
                ? 0
                : tell(sql(workspace, "list-merged-away").param("deal_ids", deals.toArray(UUID[]::new)), newer);
    }

    /** Tells of the deals that the import made and that were merged into others. */
    long tellMergedAway(WorkspaceId workspace, List<Object> newer) {
        return tell(sql(workspace, "list-merged-away-of-import"), newer);
    }

    private static long tell(JdbcClient.StatementSpec statement, List<Object> newer) {
        return statement
                .query((row, number) -> {
                    Map<String, @Nullable Object> by = new LinkedHashMap<>();
                    by.put("cause", PastChange.MERGE);
                    by.put("source", "manual");
                    by.put("actor", row.getString("actor"));
                    by.put("merge_id", row.getString("merge_id"));
                    by.put("at", Times.text(row.getTimestamp("created_at").toInstant()));
                    Newer.add(newer, row.getObject("merged_deal", UUID.class), row.getString("name"), null, null, by);
                    return true;
                })
                .list()
                .size();
    }

    /**
     * Lets what the import did to these deals or leads count no more.
     *
     * @param restored those of them whose activity forgets the import
     * @param keys the external ids of the deals
     * @param forgotten the external ids that the import brought
     */
    void forget(
            WorkspaceId workspace,
            String source,
            List<UUID> subjects,
            List<UUID> restored,
            List<String> keys,
            List<String> forgotten) {
        sql(workspace, "forget-import-of-deals")
                .param("source", source)
                .param("subjects", subjects.toArray(UUID[]::new))
                .param("restored", restored.toArray(UUID[]::new))
                .param("key_systems", ExternalKeys.systems(keys))
                .param("key_ids", ExternalKeys.ids(keys))
                .param("forgotten_systems", ExternalKeys.systems(forgotten))
                .param("forgotten_ids", ExternalKeys.ids(forgotten))
                .update();
    }

    private JdbcClient.StatementSpec sql(WorkspaceId workspace, String statement) {
        return client.sql(Statements.text(statement))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("import_id", importId);
    }
}
