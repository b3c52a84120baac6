package io.tributary.mapping;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's settings, as far as reading depends on them.
 *
 * @param currency the tenant's ISO 4217 code; decides what a bare {@code $} or {@code kr} means
 * @param zone where a time without an offset is meant
 * @param locale decides numbers and dates that nothing else decides
 * @param defaults deal values in place of the mapping's own, by source: a number for every record of that source, or a
 *     map from company size to number, where {@code unknown} stands for no size:
 *     {@code {"web_form": {"51-200": 60000}, "email": 20000}}
 */
public record ReadingContext(String currency, ZoneId zone, Locale locale, Map<String, @Nullable Object> defaults) {}
