package io.tributary.mapping;

import org.jspecify.annotations.Nullable;

/** Reads a field that names a currency: a code, a symbol or a word. */
public final class CurrencyReader {
    private CurrencyReader() {}

    /** The ISO 4217 code; a sign that several currencies share means the tenant's own where it is one of them. */
    public static Reading<String> read(@Nullable Object value, ReadingContext context) {
        if (value == null) {
            return Reading.nothing();
        }
        if (!(value instanceof String text)) {
            return Reading.fault("is not a currency");
        }
        String stripped = AmountText.strip(text);
        if (stripped.isEmpty()) {
            return Reading.nothing();
        }
        CurrencySigns.Sign sign = CurrencySigns.of(stripped);
        if (sign == null && stripped.endsWith(".")) {
            sign = CurrencySigns.of(stripped.substring(0, stripped.length() - 1));
        }
        if (sign == null) {
            return Reading.fault("is not a currency");
        }
        String code = sign.code(context);
        return code == null
                ? Reading.fault("could be any of "
                        + String.join(", ", sign.codes().stream().sorted().toList()) + ": write its code")
                : Reading.of(code);
    }
}
