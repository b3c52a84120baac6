package io.tributary.deal;

import org.jspecify.annotations.Nullable;

/**
 * One field of a record that cannot be taken.
 *
 * @param field the field as the source names it
 * @param value the text as sent, cut after {@value #LONGEST_VALUE} characters; null when nothing was sent
 * @param error what is wrong, as the rest of a sentence that begins with the field: "is required"
 */
public record FieldError(String field, @Nullable String value, String error) {
    private static final int LONGEST_VALUE = 200;

    public FieldError {
        value = value == null ? null : bounded(value);
    }

    private static String bounded(String value) {
        if (value.length() <= LONGEST_VALUE) {
            return value;
        }
        boolean splitsPair = Character.isHighSurrogate(value.charAt(LONGEST_VALUE - 1));
        return value.substring(0, splitsPair ? LONGEST_VALUE - 1 : LONGEST_VALUE);
    }
}
