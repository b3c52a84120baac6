package io.tributary.csv;

import java.util.Arrays;

/**
 * One data row.
 *
 * @param row its number, counted from 1 over data rows alone: neither the header nor a blank line counts, and a row
 *     whose quoted cells run over several lines counts once
 * @param cells as many as the row has, which may be fewer or more than the header's
 */
@SuppressWarnings("ArrayRecordComponent") // A list for each of a million rows would cost more than it protects.
public record CsvRow(int row, String[] cells) {

    @Override
    public boolean equals(Object other) {
        return other instanceof CsvRow that && row == that.row && Arrays.equals(cells, that.cells);
    }

    @Override
    public int hashCode() {
        return 31 * row + Arrays.hashCode(cells);
    }

    @Override
    public String toString() {
        return row + ": " + Arrays.toString(cells);
    }
}
