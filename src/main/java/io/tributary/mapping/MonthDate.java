package io.tributary.mapping;

import org.jspecify.annotations.Nullable;

/** Reads dates whose month is a word: "12 March 2026", "Mar 12, 2026", "12-Mar-26", "12 de marzo de 2026". */
final class MonthDate {
    private int month;
    private int day;
    private int year;
    private int yearDigits;

    private MonthDate() {}

    static @Nullable WrittenDate of(String text, @Nullable WrittenTime time) {
        MonthDate date = new MonthDate();
        int at = 0;
        int length = text.length();
        while (at < length) {
            int start = at;
            char c = text.charAt(at);
            if (NumberText.isDigit(c)) {
                while (at < length && NumberText.isDigit(text.charAt(at))) {
                    at++;
                }
                boolean shortYear = start > 0 && (text.charAt(start - 1) == '\'' || text.charAt(start - 1) == '\u2019');
                if (at - start > 4 || !date.takeNumber(Integer.parseInt(text, start, at, 10), at - start, shortYear)) {
                    return null;
                }
            } else if (Character.isLetter(c)) {
                while (at < length && isWordPart(text.charAt(at))) {
                    at++;
                }
                if (!date.takeWord(text.substring(start, at))) {
                    return null;
                }
            } else if (isSeparator(c)) {
                at++;
            } else {
                return null;
            }
        }
        if (date.month == 0 || date.day == 0 || date.yearDigits == 0) {
            return null;
        }
        return new WrittenDate(date.day, date.month, date.year, DateOrder.DMY, date.yearDigits, time);
    }

    private boolean takeNumber(int number, int digits, boolean shortYear) {
        if (digits == 4 || shortYear || (day != 0 && digits == 2 && yearDigits == 0)) {
            if (yearDigits != 0 || (digits != 4 && digits != 2)) {
                return false;
            }
            year = number;
            yearDigits = digits;
            return true;
        }
        if (day != 0 || digits > 2 || number == 0) {
            return false;
        }
        day = number;
        return true;
    }

    private boolean takeWord(String word) {
        Integer named = MonthNames.month(word);
        if (named == null) {
            return MonthNames.filler(word);
        }
        if (month != 0) {
            return false;
        }
        month = named;
        return true;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static boolean isSeparator(char c) {
        return c == ' '
                || c == ','
                || c == '.'
                || c == '-'
                || c == '/'
                || c == '\u00a0'
                || c == '\u202f'
                || c == '\''
                || c == '\u2019'
                || c == 'º'
                || c == 'ª';
    }
}
