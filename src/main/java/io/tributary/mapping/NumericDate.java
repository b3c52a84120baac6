package io.tributary.mapping;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A moment written as one number: milliseconds or seconds since 1970, a spreadsheet's day number, or year, month and
 * day in eight digits. Their ranges do not meet for the years 1954 to 2119.
 */
final class NumericDate {
    private static final LocalDate SPREADSHEET_ORIGIN = LocalDate.of(1899, 12, 30);
    private static final BigDecimal LARGEST = BigDecimal.valueOf(100_000_000_000_000L);
    private static final long MILLIS_FROM = 100_000_000_000L;
    private static final long SECONDS_FROM = 100_000_000L;

    private NumericDate() {}

    /** The number a text consists of; null when it is not one. */
    static @Nullable BigDecimal number(String stripped) {
        int length = stripped.length();
        if (length < 5 || length > 20) {
            return null;
        }
        boolean point = false;
        for (int i = 0; i < length; i++) {
            char c = stripped.charAt(i);
            if (!NumberText.isDigit(c)) {
                if (c != '.' || point || i < 5 || i == length - 1) {
                    return null;
                }
                point = true;
            }
        }
        return new BigDecimal(stripped);
    }

    /** The day; a moment at midnight UTC stands for that day, any other for the day it is in the zone. */
    static @Nullable LocalDate date(BigDecimal number, ZoneId zone) {
        if (isCalendarDay(number)) {
            int day = number.intValueExact();
            WrittenDate written = new WrittenDate(day / 10_000, day / 100 % 100, day % 100, DateOrder.YMD, 4, null);
            return written.date(DateOrder.YMD);
        }
        if (isSpreadsheetDay(number)) {
            return SPREADSHEET_ORIGIN.plusDays(number.longValue());
        }
        Instant instant = epoch(number);
        return instant == null ? null : date(instant, zone);
    }

    static LocalDate date(Instant instant, ZoneId zone) {
        LocalDateTime universal = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        boolean midnight = universal.toLocalTime().toNanoOfDay() == 0;
        return midnight ? universal.toLocalDate() : LocalDate.ofInstant(instant, zone);
    }

    static @Nullable Instant instant(BigDecimal number, ZoneId zone) {
        if (isCalendarDay(number)) {
            LocalDate day = date(number, zone);
            return day == null ? null : day.atStartOfDay(zone).toInstant();
        }
        if (isSpreadsheetDay(number)) {
            BigDecimal days = number.setScale(8, java.math.RoundingMode.HALF_UP);
            long seconds = days.remainder(BigDecimal.ONE)
                    .multiply(BigDecimal.valueOf(86_400))
                    .longValue();
            return SPREADSHEET_ORIGIN
                    .plusDays(days.longValue())
                    .atStartOfDay()
                    .plusSeconds(seconds)
                    .atZone(zone)
                    .toInstant();
        }
        return epoch(number);
    }

    private static @Nullable Instant epoch(BigDecimal number) {
        if (number.signum() <= 0
                || (long) number.precision() - number.scale() > 15
                || number.compareTo(LARGEST) >= 0
                || number.scale() > 12) {
            return null;
        }
        long whole = number.longValue();
        if (whole >= MILLIS_FROM) {
            return Instant.ofEpochMilli(whole);
        }
        return whole >= SECONDS_FROM
                ? Instant.ofEpochMilli(number.movePointRight(3).longValue())
                : null;
    }

    private static boolean isCalendarDay(BigDecimal number) {
        return whole(number) >= 19_000_101
                && whole(number) <= 21_991_231
                && number.signum() > 0
                && number.stripTrailingZeros().scale() <= 0;
    }

    private static boolean isSpreadsheetDay(BigDecimal number) {
        long whole = whole(number);
        return whole >= 20_000 && whole <= 80_000 && number.scale() <= 12;
    }

    /** The integer part; -1 when it is too large to be a day. */
    private static long whole(BigDecimal number) {
        long digits = (long) number.precision() - number.scale();
        return digits < 0 || digits > 10 || number.precision() > 40 ? -1 : number.longValue();
    }
}
