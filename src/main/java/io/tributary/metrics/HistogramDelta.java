package io.tributary.metrics;

import java.math.BigDecimal;

/**
 * How many active deals a batch adds to one bin of the value histogram.
 *
 * @param level {@link #EXACT}, {@link #FINE} or {@link #COARSE}
 * @param floor the lowest value of the bin; at the exact level, the value itself
 */
public record HistogramDelta(int level, BigDecimal floor, long deals) {

    public static final int EXACT = 0;
    public static final int FINE = 1;
    public static final int COARSE = 2;
}
