package io.tributary.mapping;

import io.tributary.deal.DealField;

/**
 * What a column may hold whose name is not known.
 *
 * @param index the column, counted from 0
 * @param confidence from 0 to 1
 * @param why in words that go behind "Column … was taken as …:"
 */
public record Suggestion(int index, String header, DealField field, double confidence, String why) {
    /** Below this it is only offered. */
    private static final double CERTAIN = 0.9;

    /** Whether it is sure enough to be gone by without asking. */
    public boolean isCertain() {
        return confidence >= CERTAIN;
    }
}
