package io.tributary.csv;

import io.tributary.csv.UnreadableCsvException.Reason;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/** Writes the first visible sheet of an Excel workbook as CSV in UTF-8, row by row. */
final class Workbook {
    private static final ReadingOptions WITH_FORMATS = new ReadingOptions(true, true);

    private Workbook() {}

    static void write(Path workbook, Path target) throws IOException, UnreadableCsvException {
        try (ReadableWorkbook book = new ReadableWorkbook(workbook.toFile(), WITH_FORMATS)) {
            Sheet sheet = book.getSheets()
                    .filter(one -> one.getVisibility() == SheetVisibility.VISIBLE)
                    .findFirst()
                    .orElseThrow(() ->
                            new UnreadableCsvException(Reason.EMPTY, "The workbook has no sheet that can be seen."));
            try (Stream<Row> rows = sheet.openStream();
                    BufferedWriter out = Files.newBufferedWriter(target, StandardCharsets.UTF_8)) {
                write(rows.iterator(), new SheetCells(book.isDate1904()), out);
            }
        } catch (ExcelReaderException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException e) {
            throw Archive.damaged();
        }
    }

    /** The first line tells the delimiter, so that nobody has to find it out. */
    private static void write(Iterator<Row> rows, SheetCells cells, BufferedWriter out) throws IOException {
        out.append("sep=,\r\n");
        while (rows.hasNext()) {
            Row row = rows.next();
            int last = row.getCellCount();
            boolean blank = true;
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < last; i++) {
                String text = cells.text(row.getOptionalCell(i).orElse(null));
                blank &= text.isBlank();
                line.append(i == 0 ? "" : ",");
                append(line, text);
            }
            if (!blank) {
                out.append(line).append("\r\n");
            }
        }
    }

    /** Every cell is quoted, so that none is taken for a comment or a blank line. */
    private static void append(StringBuilder line, String text) {
        if (text.isEmpty()) {
            return;
        }
        line.append('"').append(text.replace("\"", "\"\"")).append('"');
    }
}
