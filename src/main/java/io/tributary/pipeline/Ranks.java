package io.tributary.pipeline;

import io.tributary.ingest.Outcome;
import io.tributary.metrics.Standing;
import io.tributary.sql.Statements;
import io.tributary.tenant.WorkspaceId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where a stored deal stands among the active deals of its workspace. */
final class Ranks {
    private Ranks() {}

    /** The deal's metrics as the API shows them, all null but the total for one without a rank; empty when there is no such deal. */
    static Optional<Map<String, @Nullable Object>> of(JdbcClient client, WorkspaceId workspace, UUID deal) {
        return client
                .sql(Statements.text("read-standings"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("deal_ids", new UUID[] {deal})
                .query()
                .listOfRows()
                .stream()
                .findFirst()
                .map(columns -> metrics(new Row(columns)));
    }

    private static Map<String, @Nullable Object> metrics(Row row) {
        if (row.isTrue("out_of_rank")) {
            Map<String, @Nullable Object> view = Outcome.metrics(null);
            view.put("total_active_deals", row.number("active"));
            return view;
        }
        return Outcome.metrics(Standing.of(row.number("greater"), row.number("active")));
    }
}
