package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.Stage;
import io.tributary.http.Call;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the pipeline adds up to, from its counters alone: the cost does not grow with the deals. */
public final class PipelineMetrics {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal SECONDS_A_DAY = BigDecimal.valueOf(86_400);

    private final TenantDatabase database;

    public PipelineMetrics(TenantDatabase database) {
        this.database = database;
    }

    /** The whole pipeline, and where one deal stands in it when {@code deal_id} asks for that. */
    public Answer read(Call call) {
        String named = call.parameter("deal_id").orElse(null);
        return database.read(call.workspace().tenant(), client -> {
            Map<String, @Nullable Object> body = pipeline(client, call.workspace());
            body.put("win_loss", WinLoss.of(client, call.workspace()));
            body.put("stages", StageFlows.of(client, call.workspace()));
            body.put("forecast", Forecast.of(client, call.workspace()));
            if (named != null) {
                body.put("deal", Ranks.of(client, call.workspace(), id(named)).orElseThrow(ApiException::notFound));
            }
            return Answer.ok(body);
        });
    }

    /** What is no id names no deal. */
    private static UUID id(String text) {
        try {
            if (text.length() == 36) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException noId) {
            // Answered below, like a text of another length.
        }
        throw ApiException.notFound();
    }

    /** How fast deals are won. */
    static @Nullable Object velocity(JdbcClient client, WorkspaceId workspace) {
        return pipeline(client, workspace).get("velocity");
    }

    private static Map<String, @Nullable Object> pipeline(JdbcClient client, WorkspaceId workspace) {
        Row row = client
                .sql(Statements.text("read-counters"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .query()
                .listOfRows()
                .stream()
                .findFirst()
                .map(Row::new)
                .orElseThrow(ApiException::notFound);
        Map<Stage, StageTotals> stages = stages(row.json("stages"));
        StageTotals active = StageTotals.NONE;
        for (Map.Entry<Stage, StageTotals> stage : stages.entrySet()) {
            active = stage.getKey().closed() ? active : active.plus(stage.getValue());
        }
        StageTotals won = totals(stages, Stage.CLOSED_WON);
        StageTotals lost = totals(stages, Stage.CLOSED_LOST);
        BigDecimal winRate = rate(won.deals(), lost.deals());
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("total", money(active.value()));
        value.put("weighted", money(active.weighted()));
        value.put("currency", row.text("currency"));
        value.put("unconverted", unconverted(row.json("unconverted")));
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("total_active_deals", active.deals());
        body.put("pipeline_value", value);
        body.put("stage_distribution", distribution(stages));
        body.put("sources", sources(row.json("sources")));
        body.put("win_rate", winRate);
        body.put("velocity", velocity(won, lost, active, winRate));
        return body;
    }

    /** The counters of one stage; weighted and won seconds as the counters keep them. */
    private record StageTotals(long deals, BigDecimal value, BigDecimal weighted, BigDecimal wonSeconds) {
        static final StageTotals NONE = new StageTotals(0, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

        StageTotals plus(StageTotals more) {
            return new StageTotals(
                    deals + more.deals,
                    value.add(more.value),
                    weighted.add(more.weighted),
                    wonSeconds.add(more.wonSeconds));
        }
    }

    private static Map<Stage, StageTotals> stages(@Nullable Object counters) {
        Map<Stage, StageTotals> stages = new LinkedHashMap<>();
        if (counters instanceof Map<?, ?> byStage) {
            byStage.forEach((code, held) -> {
                List<?> counts = (List<?>) held;
                Stage.ofCode(String.valueOf(code))
                        .ifPresent(stage -> stages.put(
                                stage,
                                new StageTotals(
                                        decimal(counts.get(0)).longValueExact(),
                                        decimal(counts.get(1)),
                                        decimal(counts.get(2)),
                                        decimal(counts.get(3)))));
            });
        }
        return stages;
    }

    private static StageTotals totals(Map<Stage, StageTotals> stages, Stage stage) {
        return stages.getOrDefault(stage, StageTotals.NONE);
    }

    private static Map<String, @Nullable Object> distribution(Map<Stage, StageTotals> stages) {
        Map<String, @Nullable Object> distribution = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            Map<String, @Nullable Object> view = new LinkedHashMap<>();
            view.put("count", totals(stages, stage).deals());
            view.put("value", money(totals(stages, stage).value()));
            distribution.put(stage.code(), view);
        }
        return distribution;
    }

    private static List<Map<String, @Nullable Object>> unconverted(@Nullable Object counters) {
        List<Map<String, @Nullable Object>> currencies = new ArrayList<>();
        if (counters instanceof List<?> list) {
            for (Object entry : list) {
                List<?> counts = (List<?>) entry;
                Map<String, @Nullable Object> view = new LinkedHashMap<>();
                view.put("currency", counts.get(0));
                view.put("count", counts.get(1));
                view.put("value", money(decimal(counts.get(2))));
                currencies.add(view);
            }
        }
        return currencies;
    }

    private static Map<String, @Nullable Object> sources(@Nullable Object counters) {
        Map<String, @Nullable Object> sources = new LinkedHashMap<>();
        if (counters instanceof Map<?, ?> bySource) {
            bySource.forEach((source, held) -> {
                List<?> counts = (List<?>) held;
                Map<String, @Nullable Object> view = new LinkedHashMap<>();
                view.put("accepted", counts.get(0));
                view.put("rejected", counts.get(1));
                view.put("failed", counts.get(2));
                sources.put(String.valueOf(source), view);
            });
        }
        return sources;
    }

    /**
     * How fast deals are won. {@code average_days_to_win} is from creation to winning; {@code value_per_day} is what the
     * active pipeline brings in a day if it goes on like that: its value × win rate / average days. Both are null when
     * nothing was won yet, the second also when winning took no time that could be told.
     */
    private static Map<String, @Nullable Object> velocity(
            StageTotals won, StageTotals lost, StageTotals active, @Nullable BigDecimal winRate) {
        BigDecimal days = won.deals() == 0
                ? null
                : won.wonSeconds()
                        .divide(BigDecimal.valueOf(won.deals()).multiply(SECONDS_A_DAY), 2, RoundingMode.HALF_UP);
        Map<String, @Nullable Object> velocity = new LinkedHashMap<>();
        velocity.put("won", won.deals());
        velocity.put("lost", lost.deals());
        velocity.put("won_value", money(won.value()));
        velocity.put(
                "average_won_value",
                won.deals() == 0 ? null : won.value().divide(BigDecimal.valueOf(won.deals()), 2, RoundingMode.HALF_UP));
        velocity.put("average_days_to_win", days);
        velocity.put(
                "value_per_day",
                days == null || days.signum() <= 0 || winRate == null
                        ? null
                        : active.value().multiply(winRate).divide(HUNDRED.multiply(days), 2, RoundingMode.HALF_UP));
        return velocity;
    }

    private static @Nullable BigDecimal rate(long won, long lost) {
        return won + lost == 0
                ? null
                : BigDecimal.valueOf(won)
                        .multiply(HUNDRED)
                        .divide(BigDecimal.valueOf(won + lost), 2, RoundingMode.HALF_UP);
    }

    private static BigDecimal money(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }

    private static BigDecimal decimal(@Nullable Object number) {
        return new BigDecimal(String.valueOf(number));
    }
}
