package io.tributary.health;

import java.math.BigDecimal;
import java.util.List;

/**
 * A deal's health and how it came about.
 *
 * @param score base plus the points of all contributions, kept within 0 to 100; one decimal place
 * @param riskLevel {@code high}, {@code medium} or {@code low}
 * @param profile the rule set that judged, by name and version
 * @param base what a deal starts with before any factor
 * @param contributions the factors that moved the score; one that moved nothing is not listed
 * @param confidence which share of what could move the score is known, 0 to 1
 * @param unknown the factors of which nothing is recorded; they cost no points
 * @param improvements what would raise the score, the most first
 */
public record Health(
        BigDecimal score,
        String riskLevel,
        String profile,
        BigDecimal base,
        List<Contribution> contributions,
        BigDecimal confidence,
        List<String> unknown,
        List<Improvement> improvements) {

    /**
     * Something that would raise the score.
     *
     * @param points by how much at the most; one decimal place
     * @param advice what to do, as a plain sentence
     */
    public record Improvement(String factor, BigDecimal points, String advice) {}

    private static final BigDecimal LOWEST = new BigDecimal("0.0");
    private static final BigDecimal HIGHEST = new BigDecimal("100.0");

    public Health {
        contributions = List.copyOf(contributions);
        unknown = List.copyOf(unknown);
        improvements = List.copyOf(improvements);
    }

    /** The health whose score is the sum, with a risk of "high" under 40, "medium" under 70 and "low" from there. */
    static Health sum(String profile, BigDecimal base, List<Contribution> contributions) {
        return sum(profile, base, contributions, new BigDecimal("1.00"), List.of(), List.of());
    }

    /** The same, of a profile that tells what it does not know. */
    static Health sum(
            String profile,
            BigDecimal base,
            List<Contribution> contributions,
            BigDecimal confidence,
            List<String> unknown,
            List<Improvement> improvements) {
        BigDecimal sum = base;
        for (Contribution contribution : contributions) {
            sum = sum.add(contribution.points());
        }
        BigDecimal score = kept(sum);
        return new Health(score, riskOf(score), profile, base, contributions, confidence, unknown, improvements);
    }

    /** {@code sum} within the range of scores. */
    static BigDecimal kept(BigDecimal sum) {
        return sum.max(LOWEST).min(HIGHEST);
    }

    /** How much a deal of that score is at risk: {@code high}, {@code medium} or {@code low}. */
    public static String riskOf(BigDecimal score) {
        return score.intValue() < 40 ? "high" : score.intValue() < 70 ? "medium" : "low";
    }
}
