package io.tributary.mapping;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/** Says a reading in one line, so that tables of cases can name what they expect. */
final class Readings {
    private Readings() {}

    static ReadingContext tenant(String locale, String currency, String zone) {
        return new ReadingContext(currency, ZoneId.of(zone), Locale.forLanguageTag(locale), Map.of());
    }

    static ReadingContext tenant(String locale) {
        return tenant(locale, "USD", "UTC");
    }

    /** The value, {@code nothing}, or {@code refused: …}. */
    static String said(Reading<?> reading) {
        if (reading instanceof Reading.Value<?> value) {
            return value.value() instanceof Amount amount
                    ? amount.value() + (amount.currency() == null ? "" : " " + amount.currency())
                    : value.value().toString();
        }
        return reading instanceof Reading.Fault<?> fault ? "refused: " + fault.error() : "nothing";
    }

    static boolean warns(Reading<?> reading) {
        return reading instanceof Reading.Value<?> value && value.warning() != null;
    }
}
