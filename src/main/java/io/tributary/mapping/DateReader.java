package io.tributary.mapping;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** Reads days: ISO 8601, days in digits or with a month's name, moments of which the day counts, day numbers. */
public final class DateReader {
    private static final String NO_DATE = "is not a date";
    private static final String NO_SUCH_DAY = "is a day that does not exist";

    private DateReader() {}

    /** Reads a value on its own; where day and month may be either, the locale decides and a warning says so. */
    public static Reading<LocalDate> read(@Nullable Object value, ReadingContext context) {
        return read(value, null, context);
    }

    /**
     * Reads a value whose order of day and month is known.
     *
     * @param order the order its column settled on; null to read the value on its own
     */
    public static Reading<LocalDate> read(@Nullable Object value, @Nullable DateOrder order, ReadingContext context) {
        if (value == null) {
            return Reading.nothing();
        }
        if (value instanceof String text) {
            return readText(AmountText.strip(text), order, context);
        }
        BigDecimal number = MoneyReader.number(value);
        LocalDate date = number == null ? null : NumericDate.date(number, context.zone());
        return date == null ? Reading.fault(NO_DATE) : Reading.of(date);
    }

    private static Reading<LocalDate> readText(String stripped, @Nullable DateOrder order, ReadingContext context) {
        if (NoValue.is(stripped)) {
            return Reading.nothing();
        }
        WrittenDate written = WrittenDate.of(stripped);
        if (written == null) {
            BigDecimal number = NumericDate.number(stripped);
            LocalDate date = number == null ? null : NumericDate.date(number, context.zone());
            return date == null ? Reading.fault(NO_DATE) : Reading.of(date);
        }
        DateOrder proven = written.proven();
        DateOrder local = LocaleHabits.of(context.locale()).dateOrder();
        if (order != null && proven != null && written.order() == null && order != proven && order != DateOrder.YMD) {
            return Reading.fault("is not written " + spelled(order) + ", as its column is");
        }
        LocalDate date = written.date(order != null ? order : proven != null ? proven : local);
        if (date == null) {
            return Reading.fault(NO_SUCH_DAY);
        }
        LocalDate day = inZone(date, written.time(), context);
        boolean guessed = order == null && proven == null && written.undecided();
        return guessed
                ? Reading.of(
                        day, "was read " + spelled(local) + ", as the locale writes dates: send " + day + " to be sure")
                : Reading.of(day);
    }

    /** A moment with an offset is the day it is in the tenant's zone; midnight in its own offset is a bare day. */
    private static LocalDate inZone(LocalDate date, @Nullable WrittenTime written, ReadingContext context) {
        if (written == null || written.offset() == null || written.time().equals(LocalTime.MIDNIGHT)) {
            return date;
        }
        return date.atTime(written.time())
                .toInstant(written.offset())
                .atZone(context.zone())
                .toLocalDate();
    }

    static String spelled(DateOrder order) {
        return switch (order) {
            case DMY -> "day first";
            case MDY -> "month first";
            case YMD -> "year first";
        };
    }
}
