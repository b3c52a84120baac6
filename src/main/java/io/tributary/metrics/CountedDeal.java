package io.tributary.metrics;

import io.tributary.deal.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the counters take from one deal.
 *
 * @param probability in percent, 0 to 100
 * @param baseValue the value in the tenant's currency, two places; null without a value or without a rate for it
 * @param currency the currency of {@code value}, an ISO 4217 code
 * @param value as stated; null when none is
 * @param source where the deal first came from
 * @param expectedCloseDate null when nobody said
 * @param lostReason why it was lost; null when nobody said
 */
public record CountedDeal(
        Stage stage,
        BigDecimal probability,
        @Nullable BigDecimal baseValue,
        String currency,
        @Nullable BigDecimal value,
        Instant createdAt,
        Instant stageEnteredAt,
        String source,
        @Nullable LocalDate expectedCloseDate,
        @Nullable String lostReason) {

    boolean active() {
        return !stage.closed();
    }
}
