package io.tributary.health;

import io.tributary.deal.Deal;
import io.tributary.deal.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a deal and bears on its health.
 *
 * @param value in the tenant's currency where a rate is known, else as stated; null when none is
 * @param probability in percent, 0 to 100
 * @param stageEnteredAt when the deal came into its current stage
 * @param lastEngagementAt the latest call, meeting, mail or note; null when none is recorded
 */
public record HealthFacts(
        Stage stage,
        @Nullable BigDecimal value,
        BigDecimal probability,
        Instant stageEnteredAt,
        @Nullable Instant lastEngagementAt) {

    /** What is recorded of {@code deal}. */
    public static HealthFacts of(Deal deal) {
        return new HealthFacts(
                deal.stage(), deal.value(), deal.probability(), deal.stageEnteredAt, deal.lastEngagementAt);
    }
}
