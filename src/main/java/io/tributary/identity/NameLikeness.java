package io.tributary.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * A deal's name as it is compared with others: its words without those of its company, since "Acme: relaunch" and
 * "relaunch" of Acme say the same, and its numbers, which tell deals apart.
 */
record NameLikeness(List<String> words, Set<String> numbers) {
    private static final int SHORTEST_TYPO = 5;
    private static final double SOME_NUMBERS_MISSING = 0.85;

    /** How alike two names are, from 0 to 1, and in what. */
    record Verdict(double score, String why) {}

    static NameLikeness of(String name, List<String> companyWords) {
        List<String> all = Words.of(name);
        List<String> own = new ArrayList<>(all);
        own.removeAll(companyWords);
        List<String> kept = own.isEmpty() ? all : own;
        Set<String> numbers = new TreeSet<>();
        List<String> words = new ArrayList<>();
        for (String word : kept) {
            if (Words.isNumber(word)) {
                numbers.add(word);
            } else {
                words.add(word);
            }
        }
        return new NameLikeness(words, numbers);
    }

    /** Whether the numbers of the two names say that these are two deals: "Phase 1" is not "Phase 2". */
    boolean contradicts(NameLikeness other) {
        return !numbers.containsAll(other.numbers) && !other.numbers.containsAll(numbers);
    }

    Verdict compare(NameLikeness other) {
        if (contradicts(other)) {
            return new Verdict(0, "");
        }
        double factor = numbers.equals(other.numbers) ? 1 : SOME_NUMBERS_MISSING;
        if (words.equals(other.words)) {
            return new Verdict(factor, factor == 1 ? "the same deal name" : "deal names that differ by a number");
        }
        if (sorted(words).equals(sorted(other.words))) {
            return new Verdict(0.97 * factor, "deal names of the same words");
        }
        double spelling = spelling(other);
        WordLikeness.Overlap overlap = WordLikeness.overlap(words, other.words, NameLikeness::weight);
        double wording = overlap.containment() > 0.95 && Math.min(overlap.first(), overlap.second()) >= 2
                ? Math.max(0.85, overlap.dice())
                : overlap.dice();
        return spelling > wording
                ? new Verdict(spelling * factor, "deal names that differ by their spelling")
                : new Verdict(wording * factor, "deal names that share words");
    }

    private double spelling(NameLikeness other) {
        String joined = String.join("", words);
        String otherJoined = String.join("", other.words);
        int shorter = Math.min(joined.length(), otherJoined.length());
        if (shorter < SHORTEST_TYPO) {
            return joined.equals(otherJoined) ? 0.97 : 0;
        }
        int allowed = shorter >= 16 ? 3 : shorter >= 8 ? 2 : 1;
        int distance = new LevenshteinDistance(allowed).apply(joined, otherJoined);
        return distance < 0 ? 0 : 0.97 - 0.04 * distance - (double) distance / (2 * shorter);
    }

    private static double weight(String word) {
        return word.length() <= 2 ? 0.2 : Math.max(0.5, CommonWords.weight(word));
    }

    private static List<String> sorted(List<String> words) {
        return words.stream().sorted().toList();
    }

    /** The words and numbers in one fixed order, by which the same name is found whatever theirs is. */
    String signature() {
        return String.join(" ", sorted(words)) + " " + String.join(" ", numbers);
    }
}
