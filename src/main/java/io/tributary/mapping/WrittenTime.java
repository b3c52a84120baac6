package io.tributary.mapping;

import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A time of day as written after a date.
 *
 * @param time the time of day
 * @param offset its distance from UTC; null when the text names none
 */
record WrittenTime(LocalTime time, @Nullable ZoneOffset offset) {

    /** Reads {@code 17:00}, {@code 5:00:30 PM}, {@code 21:10:08.000+0000}, {@code 16:50:06.678Z}; null for others. */
    static @Nullable WrittenTime of(String text) {
        int length = text.length();
        int colon = text.indexOf(':');
        int hour = number(text, 0, colon);
        int at = colon + 3;
        int minute = at <= length ? number(text, colon + 1, at) : -1;
        int second = 0;
        int nanos = 0;
        if (at < length && text.charAt(at) == ':') {
            second = at + 3 <= length ? number(text, at + 1, at + 3) : -1;
            at += 3;
            if (at < length && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
                int start = ++at;
                int scale = 100_000_000;
                while (at < length && NumberText.isDigit(text.charAt(at))) {
                    nanos += (text.charAt(at) - '0') * scale;
                    scale /= 10;
                    at++;
                }
                if (at == start) {
                    return null;
                }
            }
        }
        String rest = text.substring(Math.min(at, length)).strip().toLowerCase(Locale.ROOT);
        int half = rest.startsWith("am") || rest.startsWith("a.m.")
                ? 0
                : rest.startsWith("pm") || rest.startsWith("p.m.") ? 12 : -1;
        if (half >= 0) {
            rest = rest.substring(rest.charAt(1) == '.' ? 4 : 2).strip();
            hour = hour >= 1 && hour <= 12 ? hour % 12 + half : -1;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return null;
        }
        LocalTime time = LocalTime.of(hour, minute, second, nanos);
        if (rest.isEmpty()) {
            return new WrittenTime(time, null);
        }
        ZoneOffset offset = offset(rest);
        return offset == null ? null : new WrittenTime(time, offset);
    }

    private static @Nullable ZoneOffset offset(String text) {
        String rest = text;
        if (rest.equals("z")) {
            return ZoneOffset.UTC;
        }
        if (rest.startsWith("utc") || rest.startsWith("gmt")) {
            rest = rest.substring(3).strip();
            if (rest.isEmpty()) {
                return ZoneOffset.UTC;
            }
        }
        char sign = rest.charAt(0);
        if (sign != '+' && sign != '-' && sign != '\u2212') {
            return null;
        }
        String digits = rest.substring(1).replace(":", "");
        int hours = digits.length() == 2 || digits.length() == 4 ? number(digits, 0, 2) : -1;
        int minutes = digits.length() == 4 ? number(digits, 2, 4) : 0;
        if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
            return null;
        }
        int total = hours * 60 + minutes;
        return ZoneOffset.ofTotalSeconds((sign == '+' ? total : -total) * 60);
    }

    /** The one or two digits between two places; -1 when there is anything else. */
    private static int number(String text, int start, int end) {
        if (end <= start || end - start > 2 || end > text.length()) {
            return -1;
        }
        int number = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!NumberText.isDigit(c)) {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }
}
