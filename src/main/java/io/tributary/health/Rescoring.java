package io.tributary.health;

import io.tributary.deal.Deal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** When time alone changes a score. */
public final class Rescoring {
    /** Smaller changes wait for a larger one. */
    private static final BigDecimal CHANGE = BigDecimal.ONE;

    private static final int LONGEST_DAYS = 30;

    private Rescoring() {}

    /** The first day, by UTC, on which the score of the deal differs by a point or its risk level does; 30 days on at the latest. */
    public static LocalDate next(HealthProfile profile, Norms norms, Deal deal, Instant now) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        BigDecimal score = profile.figure(HealthFacts.of(deal, now), norms, now);
        for (int days = 1; days < LONGEST_DAYS; days++) {
            LocalDate day = today.plusDays(days);
            Instant then = day.atStartOfDay(ZoneOffset.UTC).toInstant();
            BigDecimal later = profile.figure(HealthFacts.of(deal, then), norms, then);
            if (later.subtract(score).abs().compareTo(CHANGE) >= 0
                    || !Health.riskOf(later).equals(Health.riskOf(score))) {
                return day;
            }
        }
        return today.plusDays(LONGEST_DAYS);
    }
}
