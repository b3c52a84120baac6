package io.tributary.pipeline;

import io.tributary.deal.Stage;
import io.tributary.sql.Statements;
import io.tributary.tenant.WorkspaceId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How deals went through one stage: how many left it, for which, and after how many days. */
final class StageFlows {
    private final Map<Stage, Long> next = new EnumMap<>(Stage.class);
    private final TreeMap<Integer, Long> days = new TreeMap<>();
    private long left;

    private StageFlows() {}

    /** Of the active stages, in the order of the pipeline. */
    static List<Map<String, @Nullable Object>> of(JdbcClient client, WorkspaceId workspace) {
        Map<Stage, StageFlows> flows = new EnumMap<>(Stage.class);
        client.sql(Statements.text("list-stage-flows"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .query(row -> {
                    Stage stage = Stage.ofCode(row.getString("stage")).orElseThrow();
                    flows.computeIfAbsent(stage, first -> new StageFlows())
                            .add(
                                    Stage.ofCode(row.getString("next_stage")).orElseThrow(),
                                    row.getInt("days"),
                                    row.getLong("visits"));
                });
        List<Map<String, @Nullable Object>> views = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            if (!stage.closed()) {
                views.add(flows.getOrDefault(stage, new StageFlows()).view(stage));
            }
        }
        return views;
    }

    private void add(Stage to, int after, long visits) {
        left += visits;
        next.merge(to, visits, Long::sum);
        days.merge(after, visits, Long::sum);
    }

    /**
     * {@code conversion_rate} is the share of those that left the stage for a later one or were won; {@code median_days}
     * counts whole days.
     */
    private Map<String, @Nullable Object> view(Stage stage) {
        long onward = next.entrySet().stream()
                .filter(to -> to.getKey() != Stage.CLOSED_LOST && to.getKey().compareTo(stage) > 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
        Map<String, @Nullable Object> to = new LinkedHashMap<>();
        next.forEach((other, visits) -> to.put(other.code(), visits));
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("stage", stage.code());
        view.put("left", left);
        view.put("median_days", median());
        view.put("conversion_rate", WinLoss.percent(onward, left));
        view.put("next", to);
        return view;
    }

    private @Nullable Integer median() {
        long seen = 0;
        for (Map.Entry<Integer, Long> day : days.entrySet()) {
            seen += day.getValue();
            if (2 * seen >= left) {
                return day.getKey();
            }
        }
        return null;
    }
}
