package io.tributary.undo;

import io.tributary.deal.Times;
import io.tributary.sql.Statements;
import io.tributary.tenant.WorkspaceId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two deals that may be one, and what was decided on them. */
record Pair(
        UUID id,
        UUID first,
        UUID second,
        BigDecimal score,
        String why,
        String state,
        @Nullable UUID mergeId,
        Instant createdAt) {
    static final String MERGED = "merged";
    static final String DISMISSED = "dismissed";

    static Pair of(ResultSet row, int number) throws SQLException {
        return new Pair(
                row.getObject("pair_id", UUID.class),
                row.getObject("first_deal", UUID.class),
                row.getObject("second_deal", UUID.class),
                row.getBigDecimal("score"),
                row.getString("why"),
                row.getString("state"),
                row.getObject("merge_id", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    /** The pair as it is now, locked until the transaction ends. */
    static Optional<Pair> lock(JdbcClient client, WorkspaceId workspace, UUID id) {
        return client.sql(Statements.text("lock-pair"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("pair_id", id)
                .query(Pair::of)
                .optional();
    }

    Set<UUID> deals() {
        return Set.of(first, second);
    }

    UUID other(UUID deal) {
        return deal.equals(first) ? second : first;
    }

    /** The pair as the API shows it. */
    static Map<String, @Nullable Object> view(
            UUID id,
            List<Map<String, @Nullable Object>> deals,
            BigDecimal score,
            String why,
            String state,
            Instant createdAt) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", id.toString());
        view.put("deals", deals);
        view.put("score", score);
        view.put("why", why);
        view.put("state", state);
        view.put("created_at", Times.text(createdAt));
        return view;
    }
}
