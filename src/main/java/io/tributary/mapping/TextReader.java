package io.tributary.mapping;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads text as it was sent. Numbers and booleans count as their text, lists and objects do not. */
public final class TextReader {
    private static final String NO_TEXT = "must be text";
    private static final String ZERO_CHARACTER = "contains the character U+0000";
    private static final String LONE_SURROGATE = "contains half of a surrogate pair";
    private static final int LONGEST_ID = 512;

    private TextReader() {}

    /** The text exactly as sent; blank text says nothing. */
    public static Reading<String> read(@Nullable Object value) {
        return read(value, false);
    }

    /** The text without the space around it; blank text says nothing. */
    public static Reading<String> readTrimmed(@Nullable Object value) {
        return read(value, true);
    }

    /** The id of a record in another system: a text of at most 512 characters or an integer. */
    public static Reading<String> readId(@Nullable Object value) {
        if (value instanceof Boolean) {
            return Reading.fault("must be text or an integer");
        }
        if (value != null && !(value instanceof String)) {
            BigDecimal number = MoneyReader.number(value);
            if (number == null
                    || number.scale() > 40
                    || number.scale() < -40
                    || number.stripTrailingZeros().scale() > 0) {
                return Reading.fault("must be text or an integer");
            }
            return Reading.of(number.toBigInteger().toString());
        }
        Reading<String> text = readTrimmed(value);
        return text instanceof Reading.Value<String> id && id.value().length() > LONGEST_ID
                ? Reading.fault("is longer than " + LONGEST_ID + " characters")
                : text;
    }

    private static Reading<String> read(@Nullable Object value, boolean trimmed) {
        if (value == null) {
            return Reading.nothing();
        }
        String text;
        if (value instanceof String string) {
            text = string;
        } else if (value instanceof BigDecimal decimal) {
            text = decimal.scale() > 1000 || decimal.scale() < -1000 ? decimal.toString() : decimal.toPlainString();
        } else if (value instanceof Number || value instanceof Boolean) {
            text = value.toString();
        } else {
            return Reading.fault(NO_TEXT);
        }
        String fault = fault(text);
        if (fault != null) {
            return Reading.fault(fault);
        }
        String stripped = AmountText.strip(text);
        return stripped.isEmpty() ? Reading.nothing() : Reading.of(trimmed ? stripped : text);
    }

    /** Why a text cannot be stored; null when it can. */
    static @Nullable String fault(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return ZERO_CHARACTER;
            }
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                boolean pair =
                        Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return LONE_SURROGATE;
                }
                i++;
            }
        }
        return null;
    }

    /** Why a value, or anything inside it, cannot be stored; null when it can. */
    static @Nullable String faultWithin(@Nullable Object value) {
        if (value instanceof String text) {
            return fault(text);
        }
        if (value instanceof List<?> list) {
            for (Object entry : list) {
                String fault = faultWithin(entry);
                if (fault != null) {
                    return fault;
                }
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String fault = faultWithin(entry.getKey());
                fault = fault == null ? faultWithin(entry.getValue()) : fault;
                if (fault != null) {
                    return fault;
                }
            }
        }
        return null;
    }
}
