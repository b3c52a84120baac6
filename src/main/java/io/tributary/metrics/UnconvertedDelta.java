package io.tributary.metrics;

import java.math.BigDecimal;

/** What a batch adds to the active deals whose currency has no rate: their number and value, by currency. */
public record UnconvertedDelta(String currency, long deals, BigDecimal value) {}
