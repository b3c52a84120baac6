package io.tributary.mapping;

import io.tributary.mapping.NumberText.Tells;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Reads how likely a deal is to be won, as percent from 0 to 100 with two places. */
public final class ProbabilityReader {
    private static final String NO_PERCENTAGE = "is not a percentage";
    private static final String OUT_OF_RANGE = "must be between 0 and 100";
    private static final String OUT_OF_FRACTION = "must be between 0 and 1";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int MOST_DIGITS = 1000;

    private ProbabilityReader() {}

    /** Reads percent; a bare number strictly between 0 and 1 is taken as a fraction, with a warning. */
    public static Reading<BigDecimal> read(@Nullable Object value) {
        return read(value, false);
    }

    /** Reads a fraction of one, as HubSpot writes it; {@code 60%} is still 60 percent. */
    public static Reading<BigDecimal> readFraction(@Nullable Object value) {
        return read(value, true);
    }

    private static Reading<BigDecimal> read(@Nullable Object value, boolean fraction) {
        if (value == null) {
            return Reading.nothing();
        }
        if (!(value instanceof String text)) {
            BigDecimal number = MoneyReader.number(value);
            return number == null ? Reading.fault(NO_PERCENTAGE) : judged(number, fraction, false);
        }
        String stripped = AmountText.strip(text);
        if (NoValue.is(stripped)) {
            return Reading.nothing();
        }
        boolean sign = stripped.charAt(stripped.length() - 1) == '%';
        String digits = sign ? AmountText.strip(stripped.substring(0, stripped.length() - 1)) : stripped;
        boolean minus = digits.startsWith("-");
        NumberText number = NumberText.find(digits);
        if (number == null
                || number.tells() == Tells.BROKEN
                || number.start() != (minus ? 1 : 0)
                || number.end() != digits.length()) {
            return Reading.fault(NO_PERCENTAGE);
        }
        BigDecimal amount = number.value(number.decimal());
        return judged(minus ? amount.negate() : amount, fraction, sign);
    }

    private static Reading<BigDecimal> judged(BigDecimal number, boolean fraction, boolean sign) {
        long integerDigits = (long) number.precision() - number.scale();
        if (number.signum() < 0 || (integerDigits > 3 && number.signum() != 0)) {
            return Reading.fault(fraction ? OUT_OF_FRACTION : OUT_OF_RANGE);
        }
        if (number.precision() > MOST_DIGITS) {
            return Reading.fault(NO_PERCENTAGE);
        }
        if (number.signum() == 0 || integerDigits < -6) {
            return Reading.of(percent(BigDecimal.ZERO));
        }
        if (fraction && !sign) {
            return number.compareTo(BigDecimal.ONE) > 0
                    ? Reading.fault(OUT_OF_FRACTION)
                    : Reading.of(percent(number.movePointRight(2)));
        }
        if (number.compareTo(HUNDRED) > 0) {
            return Reading.fault(OUT_OF_RANGE);
        }
        if (!sign && number.compareTo(BigDecimal.ONE) < 0) {
            BigDecimal percent = percent(number.movePointRight(2));
            return Reading.of(percent, "was read as a fraction, " + percent.toPlainString() + " percent");
        }
        return Reading.of(percent(number));
    }

    private static BigDecimal percent(BigDecimal number) {
        return number.setScale(2, RoundingMode.HALF_UP);
    }
}
