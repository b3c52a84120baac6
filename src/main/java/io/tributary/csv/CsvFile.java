package io.tributary.csv;

import io.tributary.csv.UnreadableCsvException.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delimited text file whose encoding, dialect and header are known, ready to be read row by row as often as wanted.
 * Holds no open file and no rows.
 */
public final class CsvFile {

    /** The most characters one cell may have. */
    public static final int MAX_CELL_CHARACTERS = 16 * 1024 * 1024;

    /** The most cells one line may have. */
    public static final int MAX_COLUMNS = 100_000;

    private static final int SAMPLE_CHARACTERS = 512 * 1024;
    private static final int LINES_JUDGED = 120;
    private static final int CELLS_JUDGED = 200_000;

    private final Path file;
    private final long size;
    private final Charset encoding;
    private final Dialect dialect;
    private final boolean quoted;
    private final int linesAbove;
    private final @Nullable List<String> header;
    private final int columns;

    private CsvFile(
            Path file,
            long size,
            Charset encoding,
            Dialect dialect,
            boolean quoted,
            int linesAbove,
            @Nullable List<String> header,
            int columns) {
        this.file = file;
        this.size = size;
        this.encoding = encoding;
        this.dialect = dialect;
        this.quoted = quoted;
        this.linesAbove = linesAbove;
        this.header = header;
        this.columns = columns;
    }

    /**
     * Finds out how a file is to be read.
     *
     * @throws UnreadableCsvException when it is no text, has nothing in it, or is not in the encoding told
     */
    public static CsvFile open(Path file, CsvOptions options) throws IOException, UnreadableCsvException {
        FileScan scan = FileScan.of(file);
        if (scan.bytes() == 0) {
            throw empty();
        }
        Charset encoding = EncodingDetector.detect(scan, options.encoding());
        String sample = beginning(file, encoding);
        ContentCheck.checkText(sample);
        Character hint = DialectDetector.excelHint(sample);
        DialectDetector detector = new DialectDetector(wholeLines(sample), options.knownHeader());
        Dialect dialect = detector.detect(options.delimiter() == null ? hint : options.delimiter());
        try {
            return withHeader(file, scan.bytes(), encoding, dialect, hint != null, options);
        } catch (UncheckedIOException e) {
            throw cause(e);
        }
    }

    private static IOException cause(UncheckedIOException e) {
        IOException cause = e.getCause();
        return cause == null ? new IOException(e) : cause;
    }

    private static CsvFile withHeader(
            Path file, long size, Charset encoding, Dialect dialect, boolean hinted, CsvOptions options)
            throws IOException {
        List<Line> lines = new ArrayList<>();
        boolean quoted;
        try (RecordReader records = new RecordReader(text(file, encoding, new Counter()), dialect)) {
            if (hinted) {
                records.next();
            }
            int cells = 0;
            String[] line = records.next();
            while (line != null && lines.size() < LINES_JUDGED && cells < CELLS_JUDGED) {
                boolean comment = line[0].startsWith("#") && !records.firstCellQuoted();
                lines.add(new Line(line, records.blankBefore(), comment));
                cells += line.length;
                line = records.next();
            }
            quoted = records.quotesSeen();
        }
        if (lines.isEmpty()) {
            throw empty();
        }
        HeaderFinder.Start start = new HeaderFinder(lines, dialect.width(), options.knownHeader()).find();
        String[] first = lines.get(start.linesAbove()).cells();
        int linesAbove = (hinted ? 1 : 0) + start.linesAbove() + (start.named() ? 1 : 0);
        List<String> header = start.named() ? List.copyOf(Arrays.asList(first)) : null;
        int columns = start.named() ? first.length : Math.max(first.length, dialect.width());
        return new CsvFile(file, size, encoding, dialect, quoted, linesAbove, header, columns);
    }

    private static UnreadableCsvException empty() {
        return new UnreadableCsvException(Reason.EMPTY, "The file is empty.");
    }

    private static String beginning(Path file, Charset encoding) throws IOException {
        try (Reader reader = text(file, encoding, new Counter())) {
            char[] sample = new char[SAMPLE_CHARACTERS];
            int length = 0;
            int count = reader.read(sample, 0, sample.length);
            while (count > 0) {
                length += count;
                count = reader.read(sample, length, sample.length - length);
            }
            return new String(sample, 0, length);
        }
    }

    /** Without the last line where the sample may have cut it. */
    private static String wholeLines(String sample) {
        if (sample.length() < SAMPLE_CHARACTERS) {
            return sample;
        }
        int end = Math.max(sample.lastIndexOf('\n'), sample.lastIndexOf('\r'));
        return end > 0 ? sample.substring(0, end) : sample;
    }

    /** The text of the file without its byte order mark. */
    private static Reader text(Path file, Charset encoding, Counter counter) throws IOException {
        InputStream in = counter.counting(Files.newInputStream(file));
        in.skipNBytes(EncodingDetector.byteOrderMarkLength(file, encoding));
        return new InputStreamReader(in, encoding);
    }

    /** The encoding the file is read in. */
    public Charset encoding() {
        return encoding;
    }

    /** The encoding under the name IANA lists it by. */
    public String encodingName() {
        return EncodingDetector.ianaName(encoding);
    }

    /** The character between cells. */
    public char delimiter() {
        return dialect.delimiter();
    }

    /** The character around cells, or null when no cell at the beginning of the file has any. */
    public @Nullable Character quote() {
        return quoted ? dialect.quote() : null;
    }

    /** The names of the columns as written, doubled ones too; null when the file has no header. */
    public @Nullable List<String> header() {
        return header;
    }

    /** The size of the file in bytes. */
    public long size() {
        return size;
    }

    /** A fresh pass over the data rows; the caller closes it. */
    public RowReader rows() throws IOException {
        Counter counter = new Counter();
        RecordReader records = new RecordReader(text(file, encoding, counter), dialect);
        for (int i = 0; i < linesAbove; i++) {
            records.next();
        }
        return new RowReader(records, columns, counter::bytes);
    }

    /** Counts the bytes read from a stream. */
    private static final class Counter {

        private volatile long bytes;

        long bytes() {
            return bytes;
        }

        InputStream counting(InputStream in) {
            return new FilterInputStream(in) {
                @Override
                @SuppressWarnings("NonAtomicVolatileUpdate") // One thread reads; others only look.
                public int read(byte[] target, int offset, int length) throws IOException {
                    int count = super.read(target, offset, length);
                    bytes += Math.max(0, count);
                    return count;
                }

                @Override
                @SuppressWarnings("NonAtomicVolatileUpdate") // As above.
                public long skip(long count) throws IOException {
                    long skipped = super.skip(count);
                    bytes += skipped;
                    return skipped;
                }
            };
        }
    }
}
