package io.tributary.health;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Adds up a score. Sentences are made only for who reads them: a file of a million rows needs the figures alone. */
abstract class Tally {
    private long tenths;
    private double known;
    private double asked;

    /**
     * Counts one factor.
     *
     * @param points in tenths of a point
     */
    final void add(String factor, long points, Supplier<String> reason, String... evidence) {
        if (points != 0) {
            tenths += points;
            explain(factor, points, reason, evidence);
        }
    }

    /** Notes that a factor was asked for, how much it could move the score, and whether anything is known of it. */
    final void ask(String factor, double weight, boolean isKnown) {
        asked += weight;
        if (isKnown) {
            known += weight;
        } else {
            miss(factor);
        }
    }

    final long tenths() {
        return tenths;
    }

    /** Which share of what could move the score is known, from 0 to 1, two places. */
    final BigDecimal confidence() {
        return BigDecimal.valueOf(asked == 0 ? 100 : Math.round(100 * known / asked), 2);
    }

    abstract void explain(String factor, long points, Supplier<String> reason, String... evidence);

    abstract void miss(String factor);

    /** Keeps the figures alone. */
    static final class Figures extends Tally {
        @Override
        void explain(String factor, long points, Supplier<String> reason, String... evidence) {}

        @Override
        void miss(String factor) {}
    }

    /** Keeps every reason. */
    static final class Reasons extends Tally {
        final List<Contribution> contributions = new ArrayList<>();
        final List<String> unknown = new ArrayList<>();

        @Override
        void explain(String factor, long points, Supplier<String> reason, String... evidence) {
            contributions.add(new Contribution(factor, BigDecimal.valueOf(points, 1), reason.get(), List.of(evidence)));
        }

        @Override
        void miss(String factor) {
            unknown.add(factor);
        }
    }
}
