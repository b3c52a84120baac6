package io.tributary.csv;

/**
 * A line of a file with what its cells alone do not tell.
 *
 * @param cells what stands in it
 * @param belowBlank whether a blank line stands above it
 * @param comment whether it begins with {@code #} outside quotes
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Line(String[] cells, boolean belowBlank, boolean comment) {}
