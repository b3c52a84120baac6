package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.http.Call;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How a workspace sells: what it wins and loses, how fast, and what to expect; from counters alone. */
public final class SalesMetrics {
    private final TenantDatabase database;

    public SalesMetrics(TenantDatabase database) {
        this.database = database;
    }

    /** What was won and lost, by source, and why it was lost. */
    public Answer winLoss(Call call) {
        return answer(call, (client, workspace) -> WinLoss.of(client, workspace));
    }

    /** How long deals take, stage by stage and on the whole. */
    public Answer velocity(Call call) {
        return answer(call, (client, workspace) -> {
            Map<String, @Nullable Object> view = new LinkedHashMap<>();
            view.put("velocity", PipelineMetrics.velocity(client, workspace));
            view.put("stages", StageFlows.of(client, workspace));
            return view;
        });
    }

    /** What to expect, month by month. */
    public Answer forecast(Call call) {
        return answer(call, Forecast::of);
    }

    private Answer answer(Call call, BiFunction<JdbcClient, WorkspaceId, Map<String, @Nullable Object>> figures) {
        WorkspaceId workspace = call.workspace();
        return database.read(workspace.tenant(), client -> {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("status", "success");
            body.put(
                    "currency",
                    client.sql(Statements.text("read-tenant"))
                            .param("tenant", workspace.tenant())
                            .query((row, number) -> row.getString("currency"))
                            .single());
            body.putAll(figures.apply(client, workspace));
            return Answer.ok(body);
        });
    }
}
