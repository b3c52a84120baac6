package io.tributary.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import io.tributary.csv.UnreadableCsvException.Reason;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text that hold anything, split into cells: header, title lines, data and trailers alike. Lines whose
 * cells are all blank are left out.
 */
final class RecordReader implements AutoCloseable {

    private final QuoteMender mender;
    private final CloseableIterator<String[]> records;
    private final Cells cells = new Cells();
    private boolean blankBefore;

    RecordReader(Reader text, Dialect dialect) {
        mender = new QuoteMender(text, dialect);
        records = CsvReader.builder()
                .fieldSeparator(dialect.delimiter())
                .quoteCharacter(dialect.quote())
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(true)
                .detectBomHeader(false)
                .maxBufferSize(2 * CsvFile.MAX_CELL_CHARACTERS)
                .build(cells, mender)
                .iterator();
    }

    /**
     * The next line, or null at the end.
     *
     * @throws UncheckedIOException of an {@link UnreadableCsvException} where a limit is passed
     */
    String @Nullable [] next() {
        blankBefore = false;
        try {
            while (records.hasNext()) {
                String[] record = records.next();
                blankBefore |= cells.takeEmptyLines();
                if (isBlank(record)) {
                    blankBefore = true;
                } else {
                    return record;
                }
            }
            blankBefore |= cells.takeEmptyLines();
            return null;
        } catch (CsvParseException e) {
            throw unreadable(e);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof UnreadableCsvException cause ? new UncheckedIOException(cause) : e;
        }
    }

    private static UncheckedIOException unreadable(CsvParseException e) {
        Throwable cause = e;
        while (cause != null) {
            if (cause instanceof UnreadableCsvException unreadable) {
                return new UncheckedIOException(unreadable);
            }
            if (cause instanceof UncheckedIOException unchecked) {
                return unchecked;
            }
            cause = cause.getCause();
        }
        return new UncheckedIOException(
                new UnreadableCsvException(Reason.TOO_LARGE_CELL, "A cell of the file is too large to read."));
    }

    /** Whether the line given last stood below a blank one. */
    boolean blankBefore() {
        return blankBefore;
    }

    /** Whether the first cell of the line given last was quoted. */
    boolean firstCellQuoted() {
        return cells.firstCellQuoted;
    }

    /** Whether any cell so far was quoted. */
    boolean quotesSeen() {
        return mender.quotesSeen();
    }

    static boolean isBlank(String[] record) {
        for (String cell : record) {
            if (!cell.isBlank()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        try {
            records.close();
            mender.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Collects the cells of one line after another. */
    private static final class Cells extends AbstractBaseCsvCallbackHandler<String[]> {

        private String[] row = new String[16];
        private int count;
        private boolean firstCellQuoted;
        private boolean emptyLines;

        @Override
        protected void handleBegin(long startingLineNumber) {
            count = 0;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (index == 0) {
                firstCellQuoted = quoted;
            } else if (index == row.length) {
                grow();
            }
            row[index] = length == 0 ? "" : new String(buffer, offset, length);
            count = index + 1;
        }

        private void grow() {
            if (row.length >= CsvFile.MAX_COLUMNS) {
                throw new UncheckedIOException(new UnreadableCsvException(
                        Reason.TOO_MANY_COLUMNS,
                        "A line of the file has more than " + CsvFile.MAX_COLUMNS + " cells."));
            }
            row = Arrays.copyOf(row, Math.min(CsvFile.MAX_COLUMNS, row.length * 2));
        }

        @Override
        protected void handleEmpty() {
            emptyLines = true;
        }

        boolean takeEmptyLines() {
            boolean taken = emptyLines;
            emptyLines = false;
            return taken;
        }

        @Override
        protected String[] buildRecord() {
            return getRecordType() == RecordType.EMPTY ? new String[0] : Arrays.copyOf(row, count);
        }
    }
}
