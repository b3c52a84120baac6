package io.tributary.csv;

import java.nio.charset.Charset;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the sender said about a file; whatever is null is found from its content.
 *
 * @param delimiter the character between cells
 * @param encoding the character encoding; a byte order mark in the file still counts for more
 * @param knownHeader tells whether a cell is the name of a known column: a line that holds two of them (one, where the
 *     file has a single column) is the header, whatever stands above it
 */
public record CsvOptions(
        @Nullable Character delimiter, @Nullable Charset encoding, Predicate<String> knownHeader) {

    private static final CsvOptions DETECT = new CsvOptions(null, null);

    public CsvOptions {
        if (delimiter != null && (delimiter == '"' || delimiter == '\r' || delimiter == '\n')) {
            throw new IllegalArgumentException("A delimiter is neither a quote nor a line end.");
        }
    }

    public CsvOptions(@Nullable Character delimiter, @Nullable Charset encoding) {
        this(delimiter, encoding, cell -> false);
    }

    /** Nothing was said: everything is found from the content. */
    public static CsvOptions detect() {
        return DETECT;
    }

    /** The same, with a way to tell known column names. */
    public CsvOptions withKnownHeader(Predicate<String> known) {
        return new CsvOptions(delimiter, encoding, known);
    }
}
