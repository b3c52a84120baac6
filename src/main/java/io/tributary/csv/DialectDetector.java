package io.tributary.csv;

import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds delimiter, quote and escape of a text by reading a sample of it each possible way and judging the tables that
 * come out: lines of the same number of cells, and cells that look like a number, a date, an address or plain words.
 */
final class DialectDetector {

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final String EXCEL_HINT = "sep=";
    private static final int MOST_RECORDS = 400;
    private static final int MOST_CELLS_JUDGED = 20_000;

    private static final double ONE_COLUMN = 1e-6;
    private static final double NOTHING_BUT_DELIMITERS = 1e-5;
    private static final double TOO_WIDE = 1e-4;

    private final String sample;
    private final Predicate<String> knownHeader;

    DialectDetector(String sample, Predicate<String> knownHeader) {
        this.sample = sample;
        this.knownHeader = knownHeader;
    }

    /** The delimiter that Excel's first line {@code sep=;} names; null without such a line. */
    static @Nullable Character excelHint(String text) {
        if (text.length() < 5 || !text.regionMatches(true, 0, EXCEL_HINT, 0, 4)) {
            return null;
        }
        boolean alone = text.length() == 5 || text.charAt(5) == '\r' || text.charAt(5) == '\n';
        char named = text.charAt(4);
        boolean usable = !Character.isLetterOrDigit(named) && named != '"' && named != '\r' && named != '\n';
        return alone && usable ? named : null;
    }

    /** The dialect, with this delimiter where one is told. */
    Dialect detect(@Nullable Character told) {
        Dialect best = null;
        double bestScore = -1;
        for (char quote : quotes()) {
            for (char delimiter : told == null ? DELIMITERS : new char[] {told}) {
                Dialect candidate = withEscape(new Dialect(delimiter, quote, false, 0));
                Judged judged = judge(candidate);
                if (judged.score > bestScore) {
                    bestScore = judged.score;
                    best = candidate.withWidth(judged.width);
                }
            }
        }
        return best == null ? new Dialect(',') : best;
    }

    private char[] quotes() {
        int opened = 0;
        int closed = 0;
        for (int i = 0; i < sample.length(); i++) {
            char c = sample.charAt(i);
            if (c == '"') {
                return new char[] {'"'};
            }
            if (c == '\'') {
                opened += i == 0 || isEdge(sample.charAt(i - 1)) ? 1 : 0;
                closed += i + 1 == sample.length() || isEdge(sample.charAt(i + 1)) ? 1 : 0;
            }
        }
        return opened >= 2 && opened == closed ? new char[] {'\'', '"'} : new char[] {'"'};
    }

    private static boolean isEdge(char c) {
        return c == ',' || c == ';' || c == '\t' || c == '|' || c == '\r' || c == '\n';
    }

    /**
     * Backslash escapes, where the evidence is clear: a backslash before a quote that cannot close its cell, and no
     * doubled quote anywhere.
     */
    private Dialect withEscape(Dialect dialect) {
        char quote = dialect.quote();
        int escaped = 0;
        for (int i = 1; i + 1 < sample.length(); i++) {
            if (sample.charAt(i) != quote) {
                continue;
            }
            char before = sample.charAt(i - 1);
            char after = sample.charAt(i + 1);
            if (before == '\\' && after != quote && !dialect.endsCell(after)) {
                escaped++;
            } else if (before != '\\' && after == quote && !dialect.endsCell(before)) {
                return dialect;
            }
        }
        return escaped > 0 ? new Dialect(dialect.delimiter(), quote, true, 0) : dialect;
    }

    private record Judged(double score, int width) {}

    private Judged judge(Dialect dialect) {
        List<String[]> records = new ArrayList<>();
        try (RecordReader reader = new RecordReader(new StringReader(sample), dialect)) {
            String[] record = reader.next();
            while (record != null && records.size() < MOST_RECORDS) {
                records.add(record);
                record = reader.next();
            }
        } catch (UncheckedIOException e) {
            return new Judged(TOO_WIDE, 0);
        }
        if (records.isEmpty()) {
            return new Judged(NOTHING_BUT_DELIMITERS, 0);
        }
        Map<Integer, Integer> linesByWidth = new HashMap<>();
        for (String[] record : records) {
            linesByWidth.merge(record.length, 1, Integer::sum);
        }
        int split = records.size() - linesByWidth.getOrDefault(1, 0);
        if (split == 0) {
            return new Judged(ONE_COLUMN, 1);
        }
        double evenness = 0;
        int width = 0;
        int linesOfWidth = 0;
        for (Map.Entry<Integer, Integer> entry : linesByWidth.entrySet()) {
            if (entry.getKey() == 1) {
                continue;
            }
            double share = entry.getValue() / (double) split;
            evenness += share * share;
            if (entry.getValue() > linesOfWidth || (entry.getValue() == linesOfWidth && entry.getKey() > width)) {
                linesOfWidth = entry.getValue();
                width = entry.getKey();
            }
        }
        double coverage = split / (double) records.size();
        double score = coverage * evenness * (width - 1) / width * plausibility(records, dialect);
        return new Judged(knowsHeader(records) ? score + 1 : score, width);
    }

    private boolean knowsHeader(List<String[]> records) {
        for (String[] record : records.subList(0, Math.min(HeaderFinder.MOST_LINES_ABOVE, records.size()))) {
            if (record.length > 1 && HeaderFinder.knownNames(record, knownHeader) >= 2) {
                return true;
            }
        }
        return false;
    }

    /** The mean over the cells of how well each looks like one value. */
    private static double plausibility(List<String[]> records, Dialect dialect) {
        double sum = 0;
        int cells = 0;
        for (String[] record : records) {
            for (String cell : record) {
                sum += plausibility(cell, dialect);
                cells++;
            }
            if (cells > MOST_CELLS_JUDGED) {
                break;
            }
        }
        return sum / cells;
    }

    private static double plausibility(String cell, Dialect dialect) {
        if (CellKind.of(cell) != CellKind.TEXT) {
            return 1;
        }
        boolean inApostrophes = cell.length() > 1 && cell.charAt(0) == '\'' && cell.charAt(cell.length() - 1) == '\'';
        double value = inApostrophes ? 0.5 : 0.9;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == dialect.quote()) {
                value = Math.min(value, dialect.quote() == Dialect.USUAL_QUOTE ? 0.6 : 0.8);
            } else if ((c == ',' || c == ';' || c == '\t' || c == '|') && c != dialect.delimiter()) {
                boolean spaced = i + 1 < cell.length() && cell.charAt(i + 1) == ' ';
                value = Math.min(value, spaced ? 0.75 : 0.45);
            }
        }
        return value;
    }
}
