package io.tributary.automation;

import io.tributary.deal.Times;
import io.tributary.sql.Statements;
import io.tributary.tenant.WorkspaceId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an automation knows of a deal, by the names that the API uses. */
final class DealFacts {
    private DealFacts() {}

    /** A deal as it is now; empty when there is none, or it is archived. */
    static Optional<Map<String, @Nullable Object>> read(JdbcClient client, WorkspaceId workspace, UUID deal) {
        return client
                .sql(Statements.text("read-deal-facts"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("deal_id", deal)
                .query()
                .listOfRows()
                .stream()
                .map(DealFacts::of)
                .findFirst();
    }

    /** The facts in a row that a statement gave. */
    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        row.forEach((column, value) -> facts.put(column.equals("deal_id") ? "id" : column, plain(value)));
        return facts;
    }

    /** The value as JSON would tell it; numbers stay numbers, so that a condition can compare them. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Timestamp moment) {
            return Times.text(moment.toInstant());
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    /** A moment among the facts. */
    static @Nullable Instant moment(Map<String, @Nullable Object> facts, String name) {
        return facts.get(name) instanceof String text ? Instant.parse(text) : null;
    }
}
