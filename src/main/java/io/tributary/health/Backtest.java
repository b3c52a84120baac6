package io.tributary.health;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a profile would have told won deals from lost ones, some time before they were decided. Pure.
 *
 * @param won how many of the deals were won
 * @param lost how many were lost
 * @param auc the probability that a won deal had a higher score than a lost one, ties counted half (the area under the
 *     receiver operating characteristic; Hanley and McNeil 1982): 0.5 is chance, 1 a perfect order. Null without both kinds
 * @param bands how many were won of those with a score within each ten points
 */
public record Backtest(long won, long lost, @Nullable Double auc, List<Band> bands) {
    private static final int BAND = 10;

    /**
     * A deal as it was some time before it was decided.
     *
     * @param at that time
     */
    public record Sample(HealthFacts facts, Norms norms, Instant at, boolean won) {}

    /** The deals with a score from {@code from} to below {@code from} + 10; the last band holds 100 too. */
    public record Band(int from, long deals, long won) {
        /** The share of won deals, in percent; null of none. */
        public @Nullable BigDecimal winRate() {
            return deals == 0 ? null : BigDecimal.valueOf(Math.round(10_000.0 * won / deals), 2);
        }
    }

    private record Scored(double score, boolean won) {}

    /** Scores every sample by the profile. */
    public static Backtest of(HealthProfile profile, List<Sample> samples) {
        List<Scored> scored = samples.stream()
                .map(sample -> new Scored(
                        profile.figure(sample.facts(), sample.norms(), sample.at())
                                .doubleValue(),
                        sample.won()))
                .sorted(Comparator.comparing(Scored::score))
                .toList();
        long won = scored.stream().filter(Scored::won).count();
        return new Backtest(won, scored.size() - won, auc(scored, won), bands(scored));
    }

    /** By ranks, as Mann and Whitney count them; equal scores share the mean of their ranks. */
    private static @Nullable Double auc(List<Scored> scored, long won) {
        long lost = scored.size() - won;
        if (won == 0 || lost == 0) {
            return null;
        }
        double ranks = 0;
        int from = 0;
        while (from < scored.size()) {
            int to = from;
            while (to < scored.size()
                    && scored.get(to).score() == scored.get(from).score()) {
                to++;
            }
            double rank = (from + 1 + to) / 2.0;
            ranks +=
                    rank * scored.subList(from, to).stream().filter(Scored::won).count();
            from = to;
        }
        return (ranks - won * (won + 1) / 2.0) / ((double) won * lost);
    }

    private static List<Band> bands(List<Scored> scored) {
        List<Band> bands = new ArrayList<>();
        for (int from = 0; from < 100; from += BAND) {
            int low = from;
            List<Scored> within = scored.stream()
                    .filter(one -> Math.min(99, (int) one.score()) / BAND == low / BAND)
                    .toList();
            bands.add(new Band(
                    from, within.size(), within.stream().filter(Scored::won).count()));
        }
        return List.copyOf(bands);
    }
}
