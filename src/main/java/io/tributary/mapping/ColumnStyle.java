package io.tributary.mapping;

import org.jspecify.annotations.Nullable;

/**
 * How the values of one column are written.
 *
 * @param decimal the decimal mark; null when an even number of values speaks for each
 * @param order the order of day and month; null when an even number of values speaks for each
 * @param contradictory whether the column proves both ways, so that what may be read either way cannot be read
 * @param fractions whether its percentages are fractions of one
 */
record ColumnStyle(
        @Nullable DecimalMark decimal, @Nullable DateOrder order, boolean contradictory, boolean fractions) {}
