package io.tributary.mapping;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * A date as a text writes it, before it is decided which of its numbers is the day and which the month.
 *
 * @param first the first number
 * @param second the second number
 * @param third the third number
 * @param order the order, where the text itself settles it; null where day and month may be either
 * @param yearDigits how many digits the year has
 * @param time the time of day; null when there is none
 */
record WrittenDate(
        int first,
        int second,
        int third,
        @Nullable DateOrder order,
        int yearDigits,
        @Nullable WrittenTime time) {
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2199;
    /** Two digits below this mean a year after 2000. */
    private static final int PIVOT = 70;

    /** Takes a stripped text apart; null when it is not written like a date. */
    static @Nullable WrittenDate of(String stripped) {
        int colon = stripped.indexOf(':');
        WrittenTime time = null;
        int end = stripped.length();
        if (colon > 0) {
            int start = colon;
            while (start > 0 && start > colon - 2 && NumberText.isDigit(stripped.charAt(start - 1))) {
                start--;
            }
            time = WrittenTime.of(start == 0 ? stripped : stripped.substring(start));
            if (time == null || start == 0) {
                return null;
            }
            end = start;
            while (end > 0 && isTimeSeparator(stripped.charAt(end - 1))) {
                end--;
            }
        }
        return digits(stripped, end, time);
    }

    private static boolean isTimeSeparator(char c) {
        return c == ' ' || c == 'T' || c == 't' || c == ',' || c == '\u00a0' || c == '\u202f';
    }

    private static @Nullable WrittenDate digits(String text, int end, @Nullable WrittenTime time) {
        int[] numbers = new int[3];
        int[] sizes = new int[3];
        char separator = 0;
        int at = 0;
        for (int part = 0; part < 3; part++) {
            int start = at;
            while (at < end && at - start < 5 && NumberText.isDigit(text.charAt(at))) {
                numbers[part] = numbers[part] * 10 + text.charAt(at) - '0';
                at++;
            }
            sizes[part] = at - start;
            if (sizes[part] == 0) {
                return MonthDate.of(text.substring(0, end), time);
            }
            if (part == 2) {
                break;
            }
            char c = at < end ? text.charAt(at) : 0;
            if ((c != '-' && c != '/' && c != '.') || (separator != 0 && c != separator)) {
                return MonthDate.of(text.substring(0, end), time);
            }
            separator = c;
            at++;
            while (c == '.' && at < end && text.charAt(at) == ' ') {
                at++;
            }
        }
        if (at < end && !(separator == '.' && at == end - 1 && text.charAt(at) == '.')) {
            return null;
        }
        return judged(numbers, sizes, separator, time);
    }

    private static @Nullable WrittenDate judged(
            int[] numbers, int[] sizes, char separator, @Nullable WrittenTime time) {
        if (sizes[0] == 4 && sizes[1] <= 2 && sizes[2] <= 2) {
            return new WrittenDate(numbers[0], numbers[1], numbers[2], DateOrder.YMD, 4, time);
        }
        if (sizes[0] > 2 || sizes[1] > 2 || (sizes[2] != 2 && sizes[2] != 4)) {
            return null;
        }
        DateOrder order = separator == '.' ? DateOrder.DMY : null;
        return new WrittenDate(numbers[0], numbers[1], numbers[2], order, sizes[2], time);
    }

    /**
     * The order that the text proves: its own, or the one that leaves a month below 13. Null when day and month may be
     * either, or when no order makes a date of it.
     */
    @Nullable
    DateOrder proven() {
        if (order != null || first > 12 == second > 12) {
            return order;
        }
        return first > 12 ? DateOrder.DMY : DateOrder.MDY;
    }

    /** Whether day and month may be either, and it matters which. */
    boolean undecided() {
        return order == null && first <= 12 && second <= 12 && first != second && first > 0 && second > 0;
    }

    /** The day in this order, unless the text settles it by itself; null when there is no such day. */
    @Nullable
    LocalDate date(DateOrder assumed) {
        DateOrder settled = order != null ? order : assumed;
        if (settled == DateOrder.YMD && yearDigits == 4 && order == null) {
            settled = first > 12 || second <= 12 ? DateOrder.DMY : DateOrder.MDY;
        }
        return switch (settled) {
            case DMY -> day(third, second, first);
            case MDY -> day(third, first, second);
            case YMD -> day(first, second, third);
        };
    }

    private @Nullable LocalDate day(int written, int month, int day) {
        int year = yearDigits == 2 ? written + (written < PIVOT ? 2000 : 1900) : written;
        if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) {
            return null;
        }
        return day > 28 && day > YearMonth.of(year, month).lengthOfMonth() ? null : LocalDate.of(year, month, day);
    }
}
