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
 */
public record Health(
        BigDecimal score, String riskLevel, String profile, BigDecimal base, List<Contribution> contributions) {

    private static final BigDecimal LOWEST = new BigDecimal("0.0");
    private static final BigDecimal HIGHEST = new BigDecimal("100.0");

    public Health {
        contributions = List.copyOf(contributions);
    }

    /** The health whose score is the sum, with a risk of "high" under 40, "medium" under 70 and "low" from there. */
    static Health sum(String profile, BigDecimal base, List<Contribution> contributions) {
        BigDecimal sum = base;
        for (Contribution contribution : contributions) {
            sum = sum.add(contribution.points());
        }
        BigDecimal score = sum.max(LOWEST).min(HIGHEST);
        return new Health(score, riskLevel(score), profile, base, contributions);
    }

    private static String riskLevel(BigDecimal score) {
        return score.intValue() < 40 ? "high" : score.intValue() < 70 ? "medium" : "low";
    }
}
