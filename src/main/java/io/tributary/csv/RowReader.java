package io.tributary.csv;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;

/**
 * One pass over the data rows of a file, from the first. Reading fails with an {@link UncheckedIOException}, whose
 * cause is an {@link UnreadableCsvException} where the content is to blame.
 */
public final class RowReader implements Iterator<CsvRow>, AutoCloseable {

    private final RecordReader records;
    private final int columns;
    private final LongSupplier bytesRead;
    private final Deque<String[]> ready = new ArrayDeque<>();
    private final List<Line> held = new ArrayList<>();
    private boolean ended;
    private int rows;
    private int trailerRows;

    RowReader(RecordReader records, int columns, LongSupplier bytesRead) {
        this.records = records;
        this.columns = columns;
        this.bytesRead = bytesRead;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !ended) {
            advance();
        }
        return !ready.isEmpty();
    }

    /** Lines that may be a trailer are held back until it is known whether data follow. */
    private void advance() {
        String[] line = records.next();
        if (line == null) {
            ended = true;
            trailerRows = Trailer.length(held);
            release(held.size() - trailerRows);
            held.clear();
        } else if (Trailer.mayBelong(line, columns)) {
            held.add(new Line(line, records.blankBefore(), false));
            if (held.size() > Trailer.MOST_LINES) {
                ready.add(held.remove(0).cells());
            }
        } else {
            if (!held.isEmpty()) {
                release(held.size());
                held.clear();
            }
            ready.add(line);
        }
    }

    private void release(int count) {
        for (Line line : held.subList(0, count)) {
            ready.add(line.cells());
        }
    }

    @Override
    public CsvRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String[] cells = ready.remove();
        for (int i = 0; i < cells.length; i++) {
            cells[i] = FormulaGuard.bare(cells[i]);
        }
        return new CsvRow(++rows, cells);
    }

    /** How many lines under the data belong to no row; final once {@link #hasNext()} is false. */
    public int trailerRows() {
        return trailerRows;
    }

    /** About how many bytes of the file have been read; equals its size at the end. */
    public long bytesRead() {
        return bytesRead.getAsLong();
    }

    /** Whether any cell so far was quoted. */
    boolean quotesSeen() {
        return records.quotesSeen();
    }

    @Override
    public void close() {
        records.close();
    }
}
