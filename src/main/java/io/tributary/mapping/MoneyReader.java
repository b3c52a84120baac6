package io.tributary.mapping;

import io.tributary.mapping.NumberText.Tells;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Reads deal values: a JSON number, or a text that holds one plain amount and nothing that could change it. */
public final class MoneyReader {
    static final String NOT_PLAIN = "is not one plain amount";
    private static final String NEGATIVE = "must not be negative";
    private static final String TOO_LARGE = "has more than 15 digits before the decimals";
    private static final int MOST_INTEGER_DIGITS = 15;
    private static final int MOST_DIGITS = 1000;
    private static final BigDecimal ZERO = new BigDecimal("0.00");

    private MoneyReader() {}

    /** Reads a value on its own, as an API sends it: a number, or a text that is its own evidence. */
    public static Reading<Amount> read(@Nullable Object value, ReadingContext context) {
        return read(value, null, context);
    }

    /**
     * Reads a value whose decimal mark is known.
     *
     * @param decimal the mark that its column settled on; null to read the value on its own
     */
    public static Reading<Amount> read(@Nullable Object value, @Nullable DecimalMark decimal, ReadingContext context) {
        if (value == null) {
            return Reading.nothing();
        }
        if (value instanceof String text) {
            return readText(text, decimal, context);
        }
        BigDecimal number = number(value);
        return number == null ? Reading.fault(NOT_PLAIN) : bounded(number, null);
    }

    /** A JSON number as a decimal; null for everything else. */
    static @Nullable BigDecimal number(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
        }
        return null;
    }

    private static Reading<Amount> readText(String text, @Nullable DecimalMark decimal, ReadingContext context) {
        String stripped = AmountText.strip(text);
        if (NoValue.is(stripped)) {
            return Reading.nothing();
        }
        AmountText amount = AmountText.of(stripped, context);
        if (amount == null) {
            return Reading.fault(NOT_PLAIN);
        }
        if (amount.fault() != null) {
            return Reading.fault(amount.fault());
        }
        DecimalMark mark = mark(amount, decimal, context);
        if (mark == null) {
            NumberText number = amount.number();
            return Reading.fault("can be read as "
                    + number.value(number.decimal()).toPlainString() + " and as "
                    + number.value(number.decimal().other()).toPlainString()
                    + ": write it without a thousands separator");
        }
        if (decimal != null
                && amount.number().tells() == Tells.DECIMAL
                && amount.number().decimal() != decimal) {
            return Reading.fault("is not written with a decimal " + (decimal == DecimalMark.POINT ? "point" : "comma")
                    + ", as its column is");
        }
        BigDecimal value = amount.number().value(mark);
        if (amount.thousands() > 0) {
            value = value.scaleByPowerOfTen(3 * amount.thousands());
        }
        return bounded(amount.negative() ? value.negate() : value, amount.currency());
    }

    /**
     * The mark to read with: evident, else the column's, else told by the currency. A text on its own, whose one mark
     * stands before three digits, groups thousands where the locale writes so; where it does not, nothing decides.
     */
    private static @Nullable DecimalMark mark(
            AmountText amount, @Nullable DecimalMark decimal, ReadingContext context) {
        NumberText number = amount.number();
        if (number.tells() != Tells.EITHER) {
            return number.decimal();
        }
        if (decimal != null) {
            return decimal;
        }
        DecimalMark grouping = number.decimal().other();
        if (amount.currency() != null && CurrencySigns.withoutDecimals(amount.currency())) {
            return grouping;
        }
        return LocaleHabits.of(context.locale()).decimal() == grouping.mark() ? grouping : null;
    }

    private static Reading<Amount> bounded(BigDecimal number, @Nullable String currency) {
        if (number.signum() < 0) {
            return Reading.fault(NEGATIVE);
        }
        long integerDigits = (long) number.precision() - number.scale();
        if (number.signum() == 0 || integerDigits < -2) {
            return Reading.of(new Amount(ZERO, currency));
        }
        if (integerDigits > MOST_INTEGER_DIGITS || number.precision() > MOST_DIGITS) {
            return Reading.fault(TOO_LARGE);
        }
        BigDecimal value = number.setScale(2, RoundingMode.HALF_UP);
        return value.precision() - 2 > MOST_INTEGER_DIGITS
                ? Reading.fault(TOO_LARGE)
                : Reading.of(new Amount(value, currency));
    }
}
