package io.tributary.undo;

import io.tributary.deal.Deal;
import io.tributary.ingest.KnownReader;
import io.tributary.sql.Statements;
import io.tributary.tenant.WorkspaceId;
import io.tributary.undo.RollbackState.Counts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What rolling an import back would do to deals, worked out without writing anything. */
final class RollbackPreview {
    private static final int AT_A_TIME = 1_000;

    /** Of a longer import the beginning is looked at; what it tells is said to be incomplete. */
    private static final int MOST = 50_000;

    private final JdbcClient client;
    private final WorkspaceId workspace;
    private final UUID importId;
    private final ImportTraces traces;
    private final List<Object> newer = new ArrayList<>();
    private boolean complete = true;
    private long removed;
    private long restored;
    private long kept;

    RollbackPreview(JdbcClient client, WorkspaceId workspace, UUID importId) {
        this.client = client;
        this.workspace = workspace;
        this.importId = importId;
        this.traces = new ImportTraces(client, importId);
    }

    Map<String, @Nullable Object> of(RollbackState.ImportFacts facts) {
        UUID after = facts.firstId();
        List<UUID> chunk;
        int looked = 0;
        do {
            chunk = traces.created(workspace, after, AT_A_TIME);
            created(chunk);
            after = chunk.isEmpty() ? after : chunk.get(chunk.size() - 1);
            looked += chunk.size();
        } while (chunk.size() == AT_A_TIME && looked < MOST);
        complete = chunk.size() < AT_A_TIME;
        after = RollbackState.FIRST_ID;
        looked = 0;
        do {
            chunk = traces.changed(workspace, "deal", after, AT_A_TIME);
            changed(chunk);
            after = chunk.isEmpty() ? after : chunk.get(chunk.size() - 1);
            looked += chunk.size();
        } while (chunk.size() == AT_A_TIME && looked < MOST);
        complete = complete && chunk.size() < AT_A_TIME;
        kept += traces.tellMergedAway(workspace, newer);
        Map<String, @Nullable Object> view =
                RollbackState.view(importId, "preview", new Counts(removed, restored, kept, 0, 0, 0), newer);
        view.put("complete", complete);
        return view;
    }

    private void created(List<UUID> ids) {
        Map<UUID, Map<String, @Nullable Object>> touched = traces.touched(workspace, ids);
        deals(ids).forEach((id, deal) -> {
            Map<String, @Nullable Object> by = touched.get(id);
            if (by == null && !deal.merged) {
                removed++;
            } else {
                kept++;
                Newer.add(newer, deal, null, by == null ? Map.of("cause", PastChange.MERGE) : by);
            }
        });
    }

    private void changed(List<UUID> ids) {
        Map<UUID, Deal> deals = deals(ids);
        Map<UUID, List<PastChange>> histories = traces.histories(workspace, ids);
        kept += traces.tellMergedAway(
                workspace, ids.stream().filter(id -> !deals.containsKey(id)).toList(), newer);
        deals.forEach((id, deal) -> {
            if (importId.equals(deal.origin().importId())) {
                return;
            }
            Takeback takeback = Takeback.of(deal, histories.getOrDefault(id, List.of()), importId);
            restored += takeback.replaced().isEmpty() ? 0 : 1;
            kept += takeback.kept().isEmpty() ? 0 : 1;
            takeback.kept().forEach((field, by) -> Newer.add(newer, deal, field, by.told()));
        });
    }

    private Map<UUID, Deal> deals(List<UUID> ids) {
        Map<UUID, Deal> deals = new LinkedHashMap<>();
        client.sql(Statements.text("read-deals"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("deal_ids", ids.toArray(UUID[]::new))
                .query()
                .listOfRows()
                .forEach(row -> {
                    Deal deal = KnownReader.deal(row);
                    deals.put(deal.id(), deal);
                });
        return deals;
    }
}
