package io.tributary.csv;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Writes CSV as RFC 4180 has it: commas, doubled quotes, CRLF. A cell that a spreadsheet would run as a formula gets
 * an apostrophe in front, which {@link CsvFile} takes off again. The encoding is the caller's; use UTF-8.
 */
public final class CsvWriter implements AutoCloseable {

    private final Appendable out;

    public CsvWriter(Appendable out) {
        this.out = out;
    }

    /** Writes one row; no cells at all write nothing, because that would be a blank line. */
    public void row(List<String> cells) throws IOException {
        if (cells.isEmpty()) {
            return;
        }
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            cell(FormulaGuard.guarded(cells.get(i)));
        }
        out.append("\r\n");
    }

    private void cell(String cell) throws IOException {
        if (!needsQuotes(cell)) {
            out.append(cell);
            return;
        }
        out.append('"');
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '"') {
                out.append('"');
            }
            out.append(c);
        }
        out.append('"');
    }

    /**
     * Beyond what RFC 4180 asks, the other usual delimiters and a leading comment sign are quoted too, so that whoever
     * guesses the dialect guesses right.
     */
    private static boolean needsQuotes(String cell) {
        if (cell.isEmpty()) {
            return false;
        }
        char first = cell.charAt(0);
        char last = cell.charAt(cell.length() - 1);
        if (first <= ' ' || last <= ' ' || first == '#' || first == '\ufeff') {
            return true;
        }
        for (int i = 0; i < cell.length(); i++) {
            switch (cell.charAt(i)) {
                case '"', ',', ';', '\t', '|', '\r', '\n', '\\' -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        if (out instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
