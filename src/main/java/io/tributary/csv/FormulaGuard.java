package io.tributary.csv;

/**
 * The apostrophe that keeps a spreadsheet from running a cell as a formula.
 *
 * <p>The leading characters are those of OWASP's page on CSV injection. A cell that already begins with apostrophes
 * before such a character gets one more, so that taking one off always gives back what was written.
 */
final class FormulaGuard {

    private static final char APOSTROPHE = '\'';

    private FormulaGuard() {}

    /** The cell as it may be written. */
    static String guarded(String cell) {
        return actsAsFormula(cell, apostrophes(cell)) ? APOSTROPHE + cell : cell;
    }

    /** The cell as it was before {@link #guarded}. */
    static String bare(String cell) {
        if (cell.length() < 2 || cell.charAt(0) != APOSTROPHE) {
            return cell;
        }
        return actsAsFormula(cell, apostrophes(cell)) ? cell.substring(1) : cell;
    }

    private static int apostrophes(String cell) {
        int count = 0;
        while (count < cell.length() && cell.charAt(count) == APOSTROPHE) {
            count++;
        }
        return count;
    }

    private static boolean actsAsFormula(String cell, int from) {
        if (from == cell.length()) {
            return false;
        }
        return switch (cell.charAt(from)) {
            case '=', '@', '\t', '\r' -> true;
            case '+', '-' -> !isDigitsWithOnePoint(cell, from + 1);
            default -> false;
        };
    }

    /** Digits with at most one decimal point or comma between them: what no spreadsheet takes for a formula. */
    private static boolean isDigitsWithOnePoint(String cell, int from) {
        boolean point = false;
        for (int i = from; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if ((c == '.' || c == ',') && !point && i > from && i + 1 < cell.length()) {
                point = true;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return from < cell.length();
    }
}
