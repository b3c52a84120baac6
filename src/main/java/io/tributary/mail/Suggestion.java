package io.tributary.mail;

import org.jspecify.annotations.Nullable;

/**
 * Something a mail names that might be a field of the deal; offered, and never taken by itself.
 *
 * @param field the deal's field
 * @param value how it would be written there
 * @param currency of an amount, when it names one
 * @param quote the words it stands in
 */
public record Suggestion(
        String field, String value, @Nullable String currency, String quote) {}
