package io.tributary.csv;

import io.tributary.csv.UnreadableCsvException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Looks through the parts of a workbook before they are read as XML: for what was made to exhaust whoever reads it. Counts
 * what really comes out of the archive, since its directory may lie.
 */
final class WorkbookCheck {
    /** All texts of a workbook are held in memory while its sheet is read. */
    private static final long LARGEST_TEXTS_BYTES = 64L * 1024 * 1024;

    private static final int LONGEST_TEXT = CsvFile.MAX_CELL_CHARACTERS;

    /** Excel's last column is XFD. */
    private static final int LONGEST_COLUMN_NAME = 3;

    private static final byte[] DOCTYPE = {'<', '!', 'D', 'O', 'C', 'T', 'Y', 'P', 'E'};

    private final Tables.Inflation inflation;
    private int doctype;
    private int run;
    private int reference;
    private int letters;

    private WorkbookCheck(Tables.Inflation inflation) {
        this.inflation = inflation;
    }

    /** Refuses a workbook that no spreadsheet program has written. */
    static void check(ZipFile zip, long packedBytes) throws IOException, UnreadableCsvException {
        Tables.Inflation inflation = new Tables.Inflation(packedBytes);
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            try (InputStream in = zip.getInputStream(entry)) {
                new WorkbookCheck(inflation).look(in, entry.getName());
            }
        }
    }

    private void look(InputStream in, String name) throws IOException, UnreadableCsvException {
        boolean xml = name.endsWith(".xml") || name.endsWith(".rels");
        boolean texts = name.endsWith("sharedStrings.xml");
        long bytes = 0;
        byte[] block = new byte[1 << 16];
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            inflation.add(count);
            bytes += count;
            if (texts && bytes > LARGEST_TEXTS_BYTES) {
                throw new UnreadableCsvException(
                        Reason.TOO_LARGE, "The workbook holds more text than can be read; save the sheet as CSV.");
            }
            for (int i = 0; xml && i < count; i++) {
                follow(block[i]);
            }
        }
    }

    /** One byte further; zero bytes are passed over, so that UTF-16 hides nothing. */
    private void follow(byte b) throws UnreadableCsvException {
        if (b == 0) {
            return;
        }
        run = b == '<' ? 0 : run + 1;
        doctype = b == DOCTYPE[doctype] ? doctype + 1 : b == '<' ? 1 : 0;
        if (doctype == DOCTYPE.length || run > LONGEST_TEXT) {
            throw new UnreadableCsvException(Reason.BINARY, "The workbook is not as spreadsheet programs write it.");
        }
        column(b);
    }

    /** Follows {@code  r="ABC} and refuses a column that lies too far to the right. */
    private void column(byte b) throws UnreadableCsvException {
        switch (reference) {
            case 1 -> reference = b == 'r' ? 2 : 0;
            case 2 -> reference = b == '=' ? 3 : 0;
            case 3 -> {
                reference = b == '"' || b == '\'' ? 4 : 0;
                letters = 0;
            }
            case 4 -> {
                if ((b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z')) {
                    if (++letters > LONGEST_COLUMN_NAME) {
                        throw new UnreadableCsvException(
                                Reason.TOO_MANY_COLUMNS, "The workbook has a cell beyond the last column of a sheet.");
                    }
                } else {
                    reference = 0;
                }
            }
            default -> reference = 0;
        }
        if (reference == 0 && b <= ' ') {
            reference = 1;
        }
    }
}
