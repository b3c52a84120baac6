package io.tributary.csv;

/** What the text of a cell looks like, as far as its characters alone tell. */
enum CellKind {
    BLANK,
    /** A number, an amount with its currency sign or a percentage, of any locale. */
    NUMBER,
    /** A date or a time, in figures. */
    DATE,
    /** An e-mail or web address. */
    ADDRESS,
    TEXT;

    private static final int LONGEST_FIGURE = 40;

    static CellKind of(String cell) {
        int from = 0;
        int to = cell.length();
        while (from < to && Character.isWhitespace(cell.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(cell.charAt(to - 1))) {
            to--;
        }
        if (from == to) {
            return BLANK;
        }
        if (isAddress(cell, from, to)) {
            return ADDRESS;
        }
        return to - from > LONGEST_FIGURE ? TEXT : figure(cell, from, to);
    }

    boolean isTyped() {
        return this == NUMBER || this == DATE || this == ADDRESS;
    }

    private static boolean isAddress(String cell, int from, int to) {
        int at = -1;
        for (int i = from; i < to; i++) {
            char c = cell.charAt(i);
            if (c <= ' ') {
                return false;
            }
            if (c == '@') {
                if (at >= 0) {
                    return false;
                }
                at = i;
            }
        }
        if (at > from && cell.indexOf('.', at) > at + 1) {
            return true;
        }
        return cell.startsWith("http://", from) || cell.startsWith("https://", from) || cell.startsWith("www.", from);
    }

    private static CellKind figure(String cell, int from, int to) {
        int digits = 0;
        int letters = 0;
        int dateMarks = 0;
        int others = 0;
        for (int i = from; i < to; i++) {
            char c = cell.charAt(i);
            if (Character.isDigit(c)) {
                digits++;
            } else if (Character.isLetter(c)) {
                letters++;
            } else {
                switch (c) {
                    case '/', ':' -> dateMarks++;
                    case '-' -> dateMarks += i > from ? 1 : 0;
                    case '.', ',', '\'', '+', '(', ')', '%', ' ', '\u00a0', '\u202f', '\u2009', '\u2212', '\u2019' -> {}
                    default -> others += Character.getType(c) == Character.CURRENCY_SYMBOL ? 0 : 1;
                }
            }
        }
        if (digits == 0 || others > 0) {
            return TEXT;
        }
        if (dateMarks > 0) {
            return dateMarks <= 6 && digits >= 3 && (letters == 0 || isTimeLetters(cell, from, to, letters))
                    ? DATE
                    : TEXT;
        }
        if (letters == 0) {
            return dots(cell, from, to) == 2 && digits >= 4 && digits <= 8 && hasShortGroup(cell, from, to)
                    ? DATE
                    : NUMBER;
        }
        return letters <= 3 && isUnit(cell, from, to) ? NUMBER : TEXT;
    }

    /** The T and Z of a time stamp, AM and PM, or the short name of a month. */
    private static boolean isTimeLetters(String cell, int from, int to, int letters) {
        if (letters > 5 || !Character.isDigit(cell.charAt(from))) {
            return false;
        }
        return letters <= 3 || (cell.indexOf(':', from) > 0 && to - from > 8);
    }

    private static int dots(String cell, int from, int to) {
        int dots = 0;
        for (int i = from; i < to; i++) {
            dots += cell.charAt(i) == '.' ? 1 : 0;
        }
        return dots;
    }

    /** In 1.234.567 every group after the first has three digits; in 31.12.2026 one has two. */
    private static boolean hasShortGroup(String cell, int from, int to) {
        int length = 0;
        boolean first = true;
        for (int i = from; i <= to; i++) {
            if (i == to || cell.charAt(i) == '.') {
                if (!first && length != 3) {
                    return true;
                }
                first = false;
                length = 0;
            } else {
                length++;
            }
        }
        return false;
    }

    /** Letters stand before the figure (EUR 5) or behind it (5 EUR, 250k), not among its digits. */
    private static boolean isUnit(String cell, int from, int to) {
        boolean before = Character.isLetter(cell.charAt(from));
        boolean behind = Character.isLetter(cell.charAt(to - 1));
        if (before == behind) {
            return false;
        }
        int changes = 0;
        for (int i = from + 1; i < to; i++) {
            if (Character.isLetter(cell.charAt(i)) != Character.isLetter(cell.charAt(i - 1))) {
                changes++;
            }
        }
        if (before) {
            int i = from;
            while (i < to && Character.isLetter(cell.charAt(i))) {
                i++;
            }
            return changes == 1 && i - from == 3 && cell.charAt(i) <= ' ';
        }
        return changes == 1;
    }
}
