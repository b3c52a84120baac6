package io.tributary.mapping;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The digits and marks of one number inside a text, and what the marks tell about the decimal separator. */
final class NumberText {

    /** What the marks of a number tell. */
    enum Tells {
        /** There is neither point nor comma. */
        NOTHING,
        /** The decimal separator is evident. */
        DECIMAL,
        /** One mark before exactly three digits: it may group thousands as well as begin decimals. */
        EITHER,
        /** No way of writing numbers puts its marks like this. */
        BROKEN
    }

    private final String text;
    private final int start;
    private final int end;
    private final Tells tells;
    private final DecimalMark decimal;

    private NumberText(String text, int start, int end, Tells tells, DecimalMark decimal) {
        this.text = text;
        this.start = start;
        this.end = end;
        this.tells = tells;
        this.decimal = decimal;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    Tells tells() {
        return tells;
    }

    /** The evident decimal mark; where the number may be read either way, the mark that would be it. */
    DecimalMark decimal() {
        return decimal;
    }

    /** The first number of the text; null when there is no digit. */
    static @Nullable NumberText find(String text) {
        int length = text.length();
        int start = 0;
        while (start < length && !isDigit(text.charAt(start))) {
            start++;
        }
        if (start == length) {
            return null;
        }
        if (start > 0 && isMark(text.charAt(start - 1)) && (start == 1 || !isLetterOrDigit(text.charAt(start - 2)))) {
            start--;
        }
        int end = start;
        while (end < length && belongs(text, end, length)) {
            end++;
        }
        NumberText number = judged(text, start, end);
        boolean endsInOther = end < length && isMark(text.charAt(end)) && text.charAt(end) != number.decimal.mark();
        return number.tells == Tells.EITHER && endsInOther
                ? new NumberText(text, start, end, Tells.DECIMAL, number.decimal.other())
                : number;
    }

    private static boolean belongs(String text, int at, int length) {
        char c = text.charAt(at);
        if (isDigit(c)) {
            return true;
        }
        if (isMark(c)) {
            return at + 1 < length && isDigit(text.charAt(at + 1));
        }
        return isGap(c)
                && at + 3 < length
                && isDigit(text.charAt(at + 1))
                && isDigit(text.charAt(at + 2))
                && isDigit(text.charAt(at + 3))
                && (at + 4 == length || !isDigit(text.charAt(at + 4)));
    }

    private static NumberText judged(String text, int start, int end) {
        int points = 0;
        int commas = 0;
        int gaps = 0;
        int last = -1;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                points++;
                last = i;
            } else if (c == ',') {
                commas++;
                last = i;
            } else if (!isDigit(c)) {
                gaps++;
            }
        }
        if (last < 0) {
            boolean sound = gaps == 0 || gapsGroup(text, start, end);
            return new NumberText(text, start, end, sound ? Tells.NOTHING : Tells.BROKEN, DecimalMark.POINT);
        }
        DecimalMark lastMark = DecimalMark.of(text.charAt(last));
        int count = lastMark == DecimalMark.POINT ? points : commas;
        int others = lastMark == DecimalMark.POINT ? commas : points;
        if (count == 1) {
            boolean sound = others == 0
                    ? gaps == 0 || gapsGroup(text, start, last)
                    : gaps == 0 && marksGroup(text, start, last, lastMark.grouping());
            if (!sound || (gaps > 0 && gapAfter(text, last, end))) {
                return new NumberText(text, start, end, Tells.BROKEN, lastMark);
            }
            boolean either = others == 0 && gaps == 0 && end - last == 4 && mayGroup(text, start, last);
            return new NumberText(text, start, end, either ? Tells.EITHER : Tells.DECIMAL, lastMark);
        }
        boolean sound = others == 0 && gaps == 0 && marksGroup(text, start, end, lastMark.mark());
        return new NumberText(text, start, end, sound ? Tells.DECIMAL : Tells.BROKEN, lastMark.other());
    }

    private static boolean gapAfter(String text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (isGap(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** One to three digits that do not begin with a zero can stand before a thousands separator. */
    private static boolean mayGroup(String text, int start, int mark) {
        int digits = mark - start;
        return digits >= 1 && digits <= 3 && text.charAt(start) != '0';
    }

    private static boolean gapsGroup(String text, int start, int end) {
        int size = 0;
        boolean first = true;
        for (int i = start; i < end; i++) {
            if (isDigit(text.charAt(i))) {
                size++;
            } else {
                if (first ? size < 1 || size > 3 : size != 3) {
                    return false;
                }
                first = false;
                size = 0;
            }
        }
        return first || size == 3;
    }

    /** Groups of three, or as India writes them: a last group of three after groups of two. */
    private static boolean marksGroup(String text, int start, int end, char mark) {
        int size = 0;
        int groups = 0;
        boolean threes = true;
        boolean twos = mark == ',';
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                size++;
                continue;
            }
            if (c != mark) {
                return false;
            }
            if (groups == 0) {
                threes = size >= 1 && size <= 3;
                twos = twos && size >= 1 && size <= 2;
            } else {
                threes = threes && size == 3;
                twos = twos && size == 2;
            }
            groups++;
            size = 0;
        }
        return size == 3 && (threes || twos);
    }

    /** The number, with this decimal separator; every other mark groups. */
    BigDecimal value(DecimalMark decimalMark) {
        char decimalChar = decimalMark.mark();
        int length = end - start;
        char[] plain = new char[length];
        int size = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                plain[size++] = c;
            } else if (c == decimalChar) {
                plain[size++] = '.';
            }
        }
        return new BigDecimal(plain, 0, size);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isMark(char c) {
        return c == '.' || c == ',';
    }

    private static boolean isLetterOrDigit(char c) {
        return Character.isLetterOrDigit(c);
    }

    /** Spaces of any width and the apostrophes that Switzerland groups with. */
    static boolean isGap(char c) {
        return c == ' ' || c == '\u00a0' || c == '\u202f' || c == '\u2009' || c == '\'' || c == '\u2019';
    }
}
