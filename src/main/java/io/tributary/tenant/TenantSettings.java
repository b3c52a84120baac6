package io.tributary.tenant;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has settled for itself.
 *
 * @param exchangeRates how much one unit of a currency is worth in the tenant's own
 * @param defaultValues values a mapping assumes where a record states none, by source
 * @param fieldTrust sources from the most trusted to the least; sources not named are trusted alike, below them
 * @param healthProfile name of the profile that scores this tenant's deals
 */
public record TenantSettings(
        String currency,
        ZoneId timeZone,
        Locale locale,
        Map<String, BigDecimal> exchangeRates,
        Map<String, @Nullable Object> defaultValues,
        List<String> fieldTrust,
        String healthProfile) {

    /** What a tenant starts with. */
    public static final TenantSettings INITIAL =
            new TenantSettings("USD", ZoneId.of("UTC"), Locale.US, Map.of(), Map.of(), List.of(), "pipeline-v1");

    /** {@code value} in the tenant's own currency, two places; null when there is no value or no rate for it. */
    public @Nullable BigDecimal inOwnCurrency(@Nullable BigDecimal value, String from) {
        if (value == null || from.equals(currency)) {
            return value;
        }
        BigDecimal rate = exchangeRates.get(from);
        if (rate == null) {
            return null;
        }
        BigDecimal converted = value.multiply(rate).setScale(2, RoundingMode.HALF_UP);
        return converted.precision() - converted.scale() > 15 ? null : converted;
    }
}
