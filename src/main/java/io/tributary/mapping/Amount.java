package io.tributary.mapping;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An amount of money as a text states it.
 *
 * @param value scale 2, never negative
 * @param currency ISO 4217; null when the text names none
 */
public record Amount(BigDecimal value, @Nullable String currency) {}
