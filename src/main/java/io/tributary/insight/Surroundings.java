package io.tributary.insight;

import io.tributary.deal.Deal;
import io.tributary.deal.Stage;
import io.tributary.metrics.Standing;
import io.tributary.sql.Statements;
import io.tributary.tenant.WorkspaceId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What surrounds some deals of one workspace at one moment. */
final class Surroundings {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal SECONDS_A_DAY = BigDecimal.valueOf(86_400);

    private final Map<Stage, Totals> stages = new EnumMap<>(Stage.class);
    private final Map<UUID, Standing> standings = new HashMap<>();
    private String currency = "";

    private record Totals(long deals, BigDecimal value, BigDecimal wonSeconds) {
        static final Totals NONE = new Totals(0, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    private Surroundings() {}

    /** Reads what surrounds the deals, whose number is bounded, in the running transaction. */
    static Surroundings of(JdbcClient client, WorkspaceId workspace, List<UUID> deals) {
        Surroundings read = new Surroundings();
        read.readTotals(client, workspace);
        read.readStandings(client, workspace, deals);
        return read;
    }

    private void readTotals(JdbcClient client, WorkspaceId workspace) {
        client.sql(Statements.text("read-surroundings"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .query(row -> {
                    currency = row.getString("currency");
                    String stage = row.getString("stage");
                    if (stage != null) {
                        stages.put(
                                Stage.ofCode(stage).orElseThrow(),
                                new Totals(
                                        row.getLong("deals"),
                                        row.getBigDecimal("value"),
                                        row.getBigDecimal("won_seconds")));
                    }
                });
    }

    private void readStandings(JdbcClient client, WorkspaceId workspace, List<UUID> deals) {
        client.sql(Statements.text("read-standings"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("deal_ids", deals.toArray(UUID[]::new))
                .query(row -> {
                    if (!row.getBoolean("out_of_rank")) {
                        standings.put(
                                row.getObject("deal_id", UUID.class),
                                Standing.of(row.getLong("greater"), row.getLong("active")));
                    }
                });
    }

    /** What surrounds one of the deals. */
    Market market(Deal deal) {
        long active = 0;
        BigDecimal value = BigDecimal.ZERO;
        for (Map.Entry<Stage, Totals> stage : stages.entrySet()) {
            if (!stage.getKey().closed()) {
                active += stage.getValue().deals();
                value = value.add(stage.getValue().value());
            }
        }
        Totals won = totals(Stage.CLOSED_WON);
        Totals lost = totals(Stage.CLOSED_LOST);
        return new Market(
                standings.get(deal.id()),
                active,
                totals(deal.stage()).deals(),
                value,
                currency,
                ratio(
                        BigDecimal.valueOf(won.deals()).multiply(HUNDRED),
                        BigDecimal.valueOf(won.deals() + lost.deals()),
                        2),
                ratio(won.wonSeconds(), BigDecimal.valueOf(won.deals()).multiply(SECONDS_A_DAY), 1));
    }

    private Totals totals(Stage stage) {
        return Objects.requireNonNull(stages.getOrDefault(stage, Totals.NONE));
    }

    private static @Nullable BigDecimal ratio(BigDecimal part, BigDecimal whole, int places) {
        return whole.signum() == 0 ? null : part.divide(whole, places, RoundingMode.HALF_UP);
    }
}
