package io.tributary.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * How alike two lists of words are, from 0 to 1, whatever their order: words are paired that are the same, misspelt or
 * abbreviated, and what is paired is weighed against all that is there (a Dice coefficient over weighted words).
 */
final class WordLikeness {
    private static final double PAIRED = 0.7;
    private static final int SHORTEST_ABBREVIATION = 3;
    private static final int SHORTEST_TYPO = 4;

    /** What was paired, of all that one side holds. */
    record Overlap(double paired, double first, double second) {
        double dice() {
            return first + second == 0 ? 0 : 2 * paired / (first + second);
        }

        /** How much of the side that says less is found in the other. */
        double containment() {
            double less = Math.min(first, second);
            return less == 0 ? 0 : Math.min(1, paired / less);
        }
    }

    private WordLikeness() {}

    static Overlap overlap(List<String> first, List<String> second, ToDoubleFunction<String> weight) {
        List<String> left = new ArrayList<>(second);
        double paired = 0;
        double firstTotal = total(first, weight);
        double secondTotal = total(second, weight);
        for (String word : first) {
            int best = -1;
            double bestLikeness = 0;
            for (int i = 0; i < left.size(); i++) {
                double likeness = likeness(word, left.get(i));
                if (likeness > bestLikeness) {
                    best = i;
                    bestLikeness = likeness;
                }
            }
            if (best >= 0 && bestLikeness >= PAIRED) {
                String other = left.remove(best);
                paired += bestLikeness * (weight.applyAsDouble(word) + weight.applyAsDouble(other)) / 2;
            }
        }
        return new Overlap(paired, firstTotal, secondTotal);
    }

    private static double total(List<String> words, ToDoubleFunction<String> weight) {
        return words.stream().mapToDouble(weight).sum();
    }

    /** How alike two words are: 1 when they are the same, less for a typo or an abbreviation, 0 when they are others. */
    static double likeness(String one, String other) {
        if (one.equals(other)) {
            return 1;
        }
        if (Words.isNumber(one) || Words.isNumber(other)) {
            return 0;
        }
        int shorter = Math.min(one.length(), other.length());
        if (shorter >= SHORTEST_TYPO) {
            // People seldom miss a word's first letter.
            boolean sameStart = one.charAt(0) == other.charAt(0);
            int allowed = !sameStart ? 1 : shorter >= 12 ? 3 : shorter >= 7 ? 2 : 1;
            int distance = new LevenshteinDistance(allowed).apply(one, other);
            if (distance >= 0) {
                return 1 - 0.08 * distance - (double) distance / (2 * Math.max(one.length(), other.length()));
            }
        }
        boolean prefix = one.startsWith(other) || other.startsWith(one);
        return prefix && shorter >= SHORTEST_ABBREVIATION ? 0.8 : 0;
    }
}
