package io.tributary.pipeline;

import io.tributary.sql.Statements;
import io.tributary.tenant.WorkspaceId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deals of a workspace that have something in common, as {@link io.tributary.metrics.TallyDelta} tells. */
record Tally(String kind, String key, long deals, BigDecimal value, BigDecimal weighted, BigDecimal committed) {
    static final Tally NONE = new Tally("", "", 0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /** The tallies of these kinds, by kind and key. */
    static List<Tally> of(JdbcClient client, WorkspaceId workspace, String... kinds) {
        return list(client.sql(Statements.text("list-tallies")).param("kinds", kinds), workspace);
    }

    /** Lost deals by reason, the most frequent first. */
    static List<Tally> ofReasons(JdbcClient client, WorkspaceId workspace, int most) {
        return list(client.sql(Statements.text("list-lost-reasons")).param("rows", most), workspace);
    }

    private static List<Tally> list(JdbcClient.StatementSpec statement, WorkspaceId workspace) {
        return statement
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .query((row, number) -> new Tally(
                        row.getString("kind"),
                        row.getString("key"),
                        row.getLong("deals"),
                        row.getBigDecimal("value"),
                        row.getBigDecimal("weighted"),
                        row.getBigDecimal("committed")))
                .list();
    }

    Tally plus(Tally more) {
        return new Tally(
                kind,
                key,
                deals + more.deals,
                value.add(more.value),
                weighted.add(more.weighted),
                committed.add(more.committed));
    }

    /** An amount as the API shows it. */
    static BigDecimal money(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }
}
