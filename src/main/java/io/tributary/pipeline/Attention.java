package io.tributary.pipeline;

import io.tributary.deal.Deal;
import io.tributary.deal.DealView;
import io.tributary.health.Contribution;
import io.tributary.health.Health;
import io.tributary.ingest.KnownReader;
import io.tributary.norms.DealHealth;
import io.tributary.sql.Statements;
import io.tributary.tenant.WorkspaceId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The deals that need a person: active ones at high risk, the most valuable first, each with what lowers it most. */
final class Attention {
    private Attention() {}

    /** The first {@code most} of them. */
    static List<Map<String, @Nullable Object>> first(
            JdbcClient client, WorkspaceId workspace, DealHealth healths, int most) {
        return client
                .sql(Statements.text("list-attention"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("rows", most)
                .query()
                .listOfRows()
                .stream()
                .map(row -> item(KnownReader.deal(row), workspace, healths))
                .toList();
    }

    private static Map<String, @Nullable Object> item(Deal deal, WorkspaceId workspace, DealHealth healths) {
        Health health = healths.of(workspace, deal);
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("deal", DealView.of(deal, workspace.tenant(), workspace.workspace()));
        item.put(
                "reason",
                health.contributions().stream()
                        .min(Comparator.comparing(Contribution::points))
                        .map(Contribution::reason)
                        .orElse(null));
        return item;
    }

    /** How many there are, and what they are worth together in the tenant's currency. */
    static Map<String, @Nullable Object> sum(JdbcClient client, WorkspaceId workspace) {
        Row row = new Row(client.sql(Statements.text("sum-at-risk"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .query()
                .singleRow());
        Map<String, @Nullable Object> sum = new LinkedHashMap<>();
        sum.put("count", row.number("deals"));
        sum.put("value", row.columns().get("value"));
        sum.put("currency", row.text("currency"));
        return sum;
    }
}
