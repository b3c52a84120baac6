package io.tributary.metrics;

import java.math.BigDecimal;

/**
 * The bins of the value histogram, by decimal digits: a fine bin holds the values that share their first three
 * significant digits (at most one percent wide), a coarse bin those that share the first. Each bin goes by its floor.
 *
 * <p>Digits are counted from the cent up, so below 10.00 a fine bin is a single cent. Exact: whole cents throughout.
 */
public final class ValueBins {

    private static final int FINE_DIGITS = 3;
    private static final int COARSE_DIGITS = 1;

    private ValueBins() {}

    /**
     * The floor of the fine bin that holds the value: 12345.67 is in 12300.00.
     *
     * @throws IllegalArgumentException for a negative value
     * @throws ArithmeticException for one with a fraction of a cent, or too large for a whole number of cents
     */
    public static BigDecimal fine(BigDecimal value) {
        return money(cut(cents(value), FINE_DIGITS));
    }

    /** The floor of the coarse bin that holds the value: 12345.67 is in 10000.00. Fails as {@link #fine} does. */
    public static BigDecimal coarse(BigDecimal value) {
        return money(cut(cents(value), COARSE_DIGITS));
    }

    /**
     * The floor of the fine bin after the one with this floor: 12300.00 is followed by 12400.00.
     *
     * @throws IllegalArgumentException when it is not the floor of a fine bin
     */
    public static BigDecimal nextFine(BigDecimal floor) {
        return money(next(cents(floor), FINE_DIGITS));
    }

    /** The floor of the coarse bin after the one with this floor: 90000.00 is followed by 100000.00. */
    public static BigDecimal nextCoarse(BigDecimal floor) {
        return money(next(cents(floor), COARSE_DIGITS));
    }

    private static long next(long floor, int digits) {
        long width = width(floor, digits);
        if (floor % width != 0) {
            throw new IllegalArgumentException(money(floor) + " is not the floor of a bin of " + digits + " digits");
        }
        return Math.addExact(floor, width);
    }

    private static long cut(long cents, int digits) {
        return cents - cents % width(cents, digits);
    }

    /** How many cents one step of the last of the leading digits is. */
    private static long width(long cents, int digits) {
        long limit = digits == FINE_DIGITS ? 1000 : 10;
        long width = 1;
        while (cents / width >= limit) {
            width *= 10;
        }
        return width;
    }

    private static long cents(BigDecimal value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("A value in the histogram is never negative: " + value);
        }
        return value.movePointRight(2).longValueExact();
    }

    private static BigDecimal money(long cents) {
        return BigDecimal.valueOf(cents, 2);
    }
}
