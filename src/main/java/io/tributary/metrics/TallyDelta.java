package io.tributary.metrics;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a batch adds to one tally: deals that have something in common, counted for a question about the pipeline.
 *
 * @param kind {@link #OUTCOME}, {@link #LOST_REASON}, {@link #CLOSE_MONTH} or {@link #WON_MONTH}
 * @param key what the deals have in common, by the kind
 * @param value of the deals in the tenant's currency, two places; a deal without one adds nothing
 * @param weighted value × probability / 100, six places
 * @param committed the value of those whose probability is {@link #COMMITTED} or more
 */
public record TallyDelta(
        String kind, String key, long deals, BigDecimal value, BigDecimal weighted, BigDecimal committed) {
    /** Closed deals by stage and source, as {@code closed_won/api}. */
    public static final String OUTCOME = "outcome";

    /** Lost deals by reason; an empty key for none. */
    public static final String LOST_REASON = "lost_reason";

    /** Active deals by the month of their expected close date, as {@code 2026-12}; an empty key for none. */
    public static final String CLOSE_MONTH = "close_month";

    /** Won deals by the month in which they were won, by UTC. */
    public static final String WON_MONTH = "won_month";

    /** From this probability on, in percent, a deal counts in the worst case too. */
    public static final BigDecimal COMMITTED = BigDecimal.valueOf(70);

    /** What the deals of a tally have in common; sorted, so that writers lock its rows in one order. */
    record Key(String kind, String key) implements Comparable<Key> {
        static Key of(String kind, @Nullable Object key) {
            return new Key(kind, key == null ? "" : key.toString());
        }

        @Override
        public int compareTo(Key other) {
            int kinds = kind.compareTo(other.kind);
            return kinds != 0 ? kinds : key.compareTo(other.key);
        }
    }
}
