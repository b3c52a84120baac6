package io.tributary.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Where an active deal stands by value among the active deals of its workspace.
 *
 * @param valueRank 1 for a deal that no other exceeds; equal values share a rank
 * @param totalActive the active deals, this one included
 * @param percentile 100 × (total − rank + 1) / total, two places
 */
public record Standing(long valueRank, long totalActive, BigDecimal percentile) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * The standing of a deal that so many active deals exceed.
     *
     * @throws IllegalArgumentException when the deals of greater value leave no room for this one among all
     */
    public static Standing of(long dealsWithGreaterValue, long totalActive) {
        if (dealsWithGreaterValue < 0 || dealsWithGreaterValue >= totalActive) {
            throw new IllegalArgumentException(dealsWithGreaterValue + " deals of greater value cannot be among "
                    + totalActive + " with this one");
        }
        BigDecimal atOrBelow = BigDecimal.valueOf(totalActive - dealsWithGreaterValue);
        BigDecimal percentile =
                atOrBelow.multiply(HUNDRED).divide(BigDecimal.valueOf(totalActive), 2, RoundingMode.HALF_UP);
        return new Standing(dealsWithGreaterValue + 1, totalActive, percentile);
    }
}
