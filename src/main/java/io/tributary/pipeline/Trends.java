package io.tributary.pipeline;

import io.tributary.sql.Statements;
import io.tributary.tenant.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How a workspace went, hour by hour. */
final class Trends {
    private final List<Row> rows;

    private Trends(List<Row> rows) {
        this.rows = rows;
    }

    /** The last hours, this one included. */
    static Trends of(JdbcClient client, WorkspaceId workspace, int hours) {
        return new Trends(client
                .sql(Statements.text("read-trend"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("hours", hours)
                .query()
                .listOfRows()
                .stream()
                .map(Row::new)
                .toList());
    }

    /** What was taken and refused since the tenant's midnight. */
    Map<String, @Nullable Object> today() {
        Map<String, @Nullable Object> today = new LinkedHashMap<>();
        today.put("accepted", today("accepted"));
        today.put("rejected", today("rejected"));
        return today;
    }

    /** Each hour; what the pipeline came to is null for one in which nothing changed. */
    List<Map<String, @Nullable Object>> hours() {
        return rows.stream().map(Trends::hour).toList();
    }

    private long today(String count) {
        return rows.stream()
                .filter(row -> row.isTrue("today"))
                .mapToLong(row -> row.number(count))
                .sum();
    }

    private static Map<String, @Nullable Object> hour(Row row) {
        Map<String, @Nullable Object> hour = new LinkedHashMap<>();
        hour.put("at", row.time("hour"));
        hour.put("accepted", row.number("accepted"));
        hour.put("rejected", row.number("rejected"));
        for (String value : List.of("pipeline_value", "weighted_value", "value_at_risk")) {
            hour.put(value, row.columns().get(value));
        }
        return hour;
    }
}
