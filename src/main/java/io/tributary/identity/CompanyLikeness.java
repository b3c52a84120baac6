package io.tributary.identity;

import java.util.List;
import java.util.Objects;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/** A company's name as it is compared with others that may mean the same company. */
record CompanyLikeness(String shown, String stem, @Nullable String legalForm, List<String> words) {
    private static final int SHORTEST_TYPO = 5;

    /** How alike two companies are, from 0 to 1, and in what. */
    record Verdict(double score, String why) {}

    static @Nullable CompanyLikeness of(@Nullable String company) {
        CompanyNames.Folded folded = CompanyNames.fold(company);
        return folded == null || company == null
                ? null
                : new CompanyLikeness(company.strip(), folded.stem(), folded.legalForm(), CompanyNames.words(company));
    }

    Verdict compare(CompanyLikeness other) {
        if (stem.equals(other.stem)) {
            return Objects.equals(legalForm, other.legalForm)
                    ? new Verdict(1, "the same company")
                    : new Verdict(0.95, "companies that differ by their legal form (" + both(other) + ")");
        }
        String joined = String.join("", words);
        String otherJoined = String.join("", other.words);
        if (!joined.isEmpty() && joined.equals(otherJoined)) {
            return new Verdict(0.95, "the same company in other letters (" + both(other) + ")");
        }
        double spelling = spelling(joined, otherJoined, other);
        double wording = wording(other);
        if (spelling > 0) {
            return new Verdict(
                    Math.max(spelling, wording), "companies that differ by their spelling (" + both(other) + ")");
        }
        if (wording < 0.8 && (isShortFor(other) || other.isShortFor(this))) {
            return new Verdict(0.8, "a company and its initials (" + both(other) + ")");
        }
        return new Verdict(wording, "companies that share words of their names (" + both(other) + ")");
    }

    private String both(CompanyLikeness other) {
        return shown + " / " + other.shown;
    }

    /** Typos, over the whole name; a number that differs is none. */
    private double spelling(String joined, String otherJoined, CompanyLikeness other) {
        int shorter = Math.min(joined.length(), otherJoined.length());
        if (shorter < SHORTEST_TYPO || !numbers(words).equals(numbers(other.words)) || holdsAnotherWord(other)) {
            return 0;
        }
        int allowed = shorter >= 16 ? 3 : shorter >= 8 ? 2 : 1;
        int distance = new LevenshteinDistance(allowed).apply(joined, otherJoined);
        return distance < 0 ? 0 : 1 - 0.04 * distance - (double) distance / (2 * shorter);
    }

    /** Whether some word of the two names is another word rather than a typo: Westland is not Eastland. */
    private boolean holdsAnotherWord(CompanyLikeness other) {
        for (int i = 0; words.size() == other.words.size() && i < words.size(); i++) {
            String word = words.get(i);
            String otherWord = other.words.get(i);
            boolean both = CommonWords.isOwn(word) && CommonWords.isOwn(otherWord);
            if (both && !word.equals(otherWord) && WordLikeness.likeness(word, otherWord) == 0) {
                return true;
            }
        }
        return false;
    }

    private double wording(CompanyLikeness other) {
        WordLikeness.Overlap overlap = WordLikeness.overlap(words, other.words, CommonWords::weight);
        boolean contained = overlap.containment() > 0.9 && Math.min(overlap.first(), overlap.second()) >= 0.9;
        return contained ? Math.max(0.8, overlap.dice()) : overlap.dice();
    }

    /** Whether this name is one word made of the initials of the other's. */
    private boolean isShortFor(CompanyLikeness other) {
        if (words.size() != 1 || other.words.size() < 2) {
            return false;
        }
        StringBuilder initials = new StringBuilder();
        other.words.forEach(word -> initials.append(word.charAt(0)));
        return words.get(0).contentEquals(initials);
    }

    private static List<String> numbers(List<String> words) {
        return words.stream().filter(Words::isNumber).sorted().toList();
    }
}
