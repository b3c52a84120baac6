package io.tributary.metrics;

import io.tributary.deal.Stage;
import java.math.BigDecimal;

/**
 * What a batch adds to the counters of one stage.
 *
 * @param baseSum of the values in the tenant's currency, two places; a deal without one adds nothing
 * @param weighted exact sum of base value × probability / 100, six places
 * @param wonSeconds for {@code closed_won}, whole seconds from creation to winning, summed; 0 for other stages
 */
public record StageDelta(Stage stage, long deals, BigDecimal baseSum, BigDecimal weighted, long wonSeconds) {}
