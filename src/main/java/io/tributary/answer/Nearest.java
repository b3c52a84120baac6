package io.tributary.answer;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody who mistyped probably meant. */
public final class Nearest {

    private Nearest() {}

    /** The most similar candidate, when it is similar enough to be worth naming. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        int tolerable = word.length() < 4 ? 1 : Math.max(2, word.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) <= tolerable)
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many characters to change, add or leave out to come from one to the other (Levenshtein), ignoring case. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                boolean same =
                        Character.toLowerCase(from.charAt(line - 1)) == Character.toLowerCase(to.charAt(column - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
