package io.tributary.csv;

/**
 * How a file separates its cells.
 *
 * @param delimiter the character between cells
 * @param quote the character around cells that hold a delimiter or a line end
 * @param backslashEscapes whether a quote inside a quoted cell is written {@code \"} instead of doubled
 * @param width how many cells its lines usually have, 0 while that is not known
 */
record Dialect(char delimiter, char quote, boolean backslashEscapes, int width) {

    static final char USUAL_QUOTE = '"';

    Dialect(char delimiter) {
        this(delimiter, USUAL_QUOTE, false, 0);
    }

    Dialect withWidth(int usual) {
        return new Dialect(delimiter, quote, backslashEscapes, usual);
    }

    boolean endsCell(char c) {
        return c == delimiter || c == '\n' || c == '\r';
    }
}
