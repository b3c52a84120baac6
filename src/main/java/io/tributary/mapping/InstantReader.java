package io.tributary.mapping;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads moments, such as when a source last changed a record. Without an offset the tenant's zone is meant. */
public final class InstantReader {
    private static final String NO_MOMENT = "is not a date and time";

    private InstantReader() {}

    /** Reads a value on its own. */
    public static Reading<Instant> read(@Nullable Object value, ReadingContext context) {
        return read(value, null, context);
    }

    /** Reads a value whose order of day and month is known, or null to let the value and the locale decide. */
    public static Reading<Instant> read(@Nullable Object value, @Nullable DateOrder order, ReadingContext context) {
        if (value == null) {
            return Reading.nothing();
        }
        if (!(value instanceof String text)) {
            return ofNumber(MoneyReader.number(value), context);
        }
        String stripped = AmountText.strip(text);
        if (NoValue.is(stripped)) {
            return Reading.nothing();
        }
        WrittenDate written = WrittenDate.of(stripped);
        if (written == null) {
            return ofNumber(NumericDate.number(stripped), context);
        }
        DateOrder proven = written.proven();
        DateOrder assumed = order != null
                ? order
                : proven != null ? proven : LocaleHabits.of(context.locale()).dateOrder();
        LocalDate date = written.date(assumed);
        if (date == null) {
            return Reading.fault(NO_MOMENT);
        }
        WrittenTime time = written.time();
        LocalDateTime local = date.atTime(time == null ? LocalTime.MIDNIGHT : time.time());
        ZoneOffset offset = time == null ? null : time.offset();
        return Reading.of(
                offset != null
                        ? local.toInstant(offset)
                        : local.atZone(context.zone()).toInstant());
    }

    private static Reading<Instant> ofNumber(@Nullable BigDecimal number, ReadingContext context) {
        Instant instant = number == null ? null : NumericDate.instant(number, context.zone());
        return instant == null ? Reading.fault(NO_MOMENT) : Reading.of(instant);
    }
}
