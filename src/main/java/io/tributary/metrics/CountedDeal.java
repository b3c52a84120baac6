package io.tributary.metrics;

import io.tributary.deal.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the counters take from one deal.
 *
 * @param probability in percent, 0 to 100
 * @param baseValue the value in the tenant's currency, two places; null without a value or without a rate for it
 * @param currency the currency of {@code value}, an ISO 4217 code
 * @param value as stated; null when none is
 */
public record CountedDeal(
        Stage stage,
        BigDecimal probability,
        @Nullable BigDecimal baseValue,
        String currency,
        @Nullable BigDecimal value,
        Instant createdAt,
        Instant stageEnteredAt) {

    boolean active() {
        return !stage.closed();
    }
}
