package io.tributary.insight;

import io.tributary.metrics.Standing;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a deal in its workspace, from the counters alone.
 *
 * @param standing where the deal stands by value; null for one without a rank
 * @param active how many deals are active
 * @param inStage how many deals are in the deal's stage
 * @param pipelineValue what the active deals are worth in the tenant's currency
 * @param currency the tenant's currency
 * @param winRate which share of the closed deals was won, in percent; null while none is closed
 * @param daysToWin how long deals took from creation to being won, the mean; null while none was won
 */
public record Market(
        @Nullable Standing standing,
        long active,
        long inStage,
        BigDecimal pipelineValue,
        String currency,
        @Nullable BigDecimal winRate,
        @Nullable BigDecimal daysToWin) {}
