package io.tributary.metrics;

import io.tributary.deal.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of changes adds to a workspace's counters, in total. Each list is sorted by its key, so that writers lock
 * counter rows in one order, and leaves out what adds up to nothing. For one thread.
 */
public final class CounterDeltas {

    private static final BigDecimal NO_MONEY = new BigDecimal("0.00");
    private static final BigDecimal NOTHING_WEIGHTED = new BigDecimal("0.000000");

    private final Map<Stage, StageSum> stages = new EnumMap<>(Stage.class);
    private final Map<String, UnconvertedSum> unconverted = new TreeMap<>();
    private final Map<BigDecimal, Long> values = new TreeMap<>();
    private final Map<TallyDelta.Key, TallySum> tallies = new TreeMap<>();
    private long activeDeals;

    private static final class StageSum {
        private long deals;
        private BigDecimal base = NO_MONEY;
        private BigDecimal weighted = NOTHING_WEIGHTED;
        private long wonSeconds;

        boolean zero() {
            return deals == 0 && base.signum() == 0 && weighted.signum() == 0 && wonSeconds == 0;
        }
    }

    private static final class TallySum {
        private long deals;
        private BigDecimal value = NO_MONEY;
        private BigDecimal weighted = NOTHING_WEIGHTED;
        private BigDecimal committed = NO_MONEY;

        boolean zero() {
            return deals == 0 && value.signum() == 0 && weighted.signum() == 0 && committed.signum() == 0;
        }
    }

    private static final class UnconvertedSum {
        private long deals;
        private BigDecimal value = NO_MONEY;
    }

    /**
     * Counts a deal as {@code after} and no longer as {@code before}; null where it did not or does not exist.
     *
     * @throws ArithmeticException when an amount has a fraction of a cent
     */
    public void change(@Nullable CountedDeal before, @Nullable CountedDeal after) {
        if (before != null) {
            add(before, -1);
        }
        if (after != null) {
            add(after, 1);
        }
    }

    /** What is added to the number of active deals. */
    public long activeDeals() {
        return activeDeals;
    }

    public boolean isEmpty() {
        return activeDeals == 0
                && stageDeltas().isEmpty()
                && unconvertedDeltas().isEmpty()
                && tallyDeltas().isEmpty()
                && values.isEmpty();
    }

    /** By stage, in the order of the pipeline. */
    public List<StageDelta> stageDeltas() {
        List<StageDelta> deltas = new ArrayList<>(stages.size());
        stages.forEach((stage, sum) -> {
            if (!sum.zero()) {
                deltas.add(new StageDelta(stage, sum.deals, sum.base, sum.weighted, sum.wonSeconds));
            }
        });
        return deltas;
    }

    /** By currency code, in the order of the alphabet. */
    public List<UnconvertedDelta> unconvertedDeltas() {
        List<UnconvertedDelta> deltas = new ArrayList<>(unconverted.size());
        unconverted.forEach((currency, sum) -> {
            if (sum.deals != 0 || sum.value.signum() != 0) {
                deltas.add(new UnconvertedDelta(currency, sum.deals, sum.value));
            }
        });
        return deltas;
    }

    /** By kind, then by key. */
    public List<TallyDelta> tallyDeltas() {
        List<TallyDelta> deltas = new ArrayList<>(tallies.size());
        tallies.forEach((key, sum) -> {
            if (!sum.zero()) {
                deltas.add(new TallyDelta(key.kind(), key.key(), sum.deals, sum.value, sum.weighted, sum.committed));
            }
        });
        return deltas;
    }

    /** By level, then by floor. */
    public List<HistogramDelta> histogramDeltas() {
        List<HistogramDelta> deltas = new ArrayList<>(3 * values.size());
        Map<BigDecimal, Long> fine = new TreeMap<>();
        Map<BigDecimal, Long> coarse = new TreeMap<>();
        values.forEach((value, deals) -> {
            count(fine, ValueBins.fine(value), deals);
            count(coarse, ValueBins.coarse(value), deals);
        });
        addLevel(deltas, HistogramDelta.EXACT, values);
        addLevel(deltas, HistogramDelta.FINE, fine);
        addLevel(deltas, HistogramDelta.COARSE, coarse);
        return deltas;
    }

    private void add(CountedDeal deal, int sign) {
        addToStage(deal, sign);
        addToTallies(deal, sign);
        if (deal.active()) {
            activeDeals += sign;
            if (deal.baseValue() != null) {
                count(values, deal.baseValue().setScale(2), sign);
            } else if (deal.value() != null) {
                UnconvertedSum sum = unconverted.computeIfAbsent(deal.currency(), any -> new UnconvertedSum());
                sum.deals += sign;
                sum.value = sum.value.add(signed(deal.value(), sign));
            }
        }
    }

    private void addToStage(CountedDeal deal, int sign) {
        StageSum sum = stages.computeIfAbsent(deal.stage(), any -> new StageSum());
        sum.deals += sign;
        if (deal.baseValue() != null) {
            BigDecimal base = signed(deal.baseValue(), sign);
            sum.base = sum.base.add(base);
            sum.weighted = sum.weighted.add(base.multiply(deal.probability()).movePointLeft(2));
        }
        if (deal.stage() == Stage.CLOSED_WON) {
            sum.wonSeconds += sign
                    * Duration.between(deal.createdAt(), deal.stageEnteredAt()).toSeconds();
        }
    }

    private void addToTallies(CountedDeal deal, int sign) {
        if (deal.active()) {
            LocalDate close = deal.expectedCloseDate();
            tally(TallyDelta.CLOSE_MONTH, close == null ? null : YearMonth.from(close), deal, sign);
            return;
        }
        tally(TallyDelta.OUTCOME, deal.stage().code() + "/" + deal.source(), deal, sign);
        if (deal.stage() == Stage.CLOSED_LOST) {
            tally(TallyDelta.LOST_REASON, deal.lostReason(), deal, sign);
        } else {
            tally(TallyDelta.WON_MONTH, YearMonth.from(deal.stageEnteredAt().atZone(ZoneOffset.UTC)), deal, sign);
        }
    }

    private void tally(String kind, @Nullable Object key, CountedDeal deal, int sign) {
        TallySum sum = tallies.computeIfAbsent(TallyDelta.Key.of(kind, key), any -> new TallySum());
        sum.deals += sign;
        if (deal.baseValue() != null) {
            BigDecimal base = signed(deal.baseValue(), sign);
            sum.value = sum.value.add(base);
            sum.weighted = sum.weighted.add(base.multiply(deal.probability()).movePointLeft(2));
            if (deal.probability().compareTo(TallyDelta.COMMITTED) >= 0) {
                sum.committed = sum.committed.add(base);
            }
        }
    }

    private static BigDecimal signed(BigDecimal amount, int sign) {
        BigDecimal exact = amount.setScale(2);
        return sign < 0 ? exact.negate() : exact;
    }

    private static void count(Map<BigDecimal, Long> bins, BigDecimal bin, long deals) {
        bins.merge(bin, deals, (old, added) -> old + added == 0 ? null : old + added);
    }

    private static void addLevel(List<HistogramDelta> deltas, int level, Map<BigDecimal, Long> bins) {
        bins.forEach((floor, deals) -> deltas.add(new HistogramDelta(level, floor, deals)));
    }
}
