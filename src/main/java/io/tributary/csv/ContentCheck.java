package io.tributary.csv;

import io.tributary.csv.UnreadableCsvException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells data that is no text, by the first bytes of known formats and by its control characters. */
final class ContentCheck {

    private static final int FEWEST_CONTROLS = 4;
    private static final double MOST_CONTROLS = 0.03;

    private static final Map<String, String> BY_FIRST_BYTES = new LinkedHashMap<>();

    static {
        BY_FIRST_BYTES.put(
                "PK\3\4",
                "The file is an Excel workbook or a zip archive, not CSV; save the sheet as CSV and send that.");
        BY_FIRST_BYTES.put("PK\5\6", "The file is an empty zip archive, not CSV.");
        BY_FIRST_BYTES.put(
                "\u00D0\u00CF\u0011\u00E0",
                "The file is an old Excel workbook, not CSV; save the sheet as CSV and send that.");
        BY_FIRST_BYTES.put("\u0089PNG", "The file is an image, not CSV.");
        BY_FIRST_BYTES.put("\u00FF\u00D8\u00FF", "The file is an image, not CSV.");
        BY_FIRST_BYTES.put("GIF8", "The file is an image, not CSV.");
        BY_FIRST_BYTES.put("%PDF-", "The file is a PDF document, not CSV.");
        BY_FIRST_BYTES.put("{\\rtf", "The file is a formatted document, not CSV.");
        BY_FIRST_BYTES.put("\u001F\u008B", "The file is compressed; unpack it and send the CSV inside.");
        BY_FIRST_BYTES.put("BZh", "The file is compressed; unpack it and send the CSV inside.");
        BY_FIRST_BYTES.put("\u00FD7zXZ", "The file is compressed; unpack it and send the CSV inside.");
        BY_FIRST_BYTES.put("7z\u00BC\u00AF", "The file is an archive; unpack it and send the CSV inside.");
        BY_FIRST_BYTES.put("Rar!\u001A", "The file is an archive; unpack it and send the CSV inside.");
        BY_FIRST_BYTES.put("(\u00B5/\u00FD", "The file is compressed; unpack it and send the CSV inside.");
        BY_FIRST_BYTES.put("SQLite format 3", "The file is a database, not CSV.");
        BY_FIRST_BYTES.put("PAR1", "The file is a Parquet table, not CSV.");
        BY_FIRST_BYTES.put("\u007FELF", "The file is a program, not CSV.");
    }

    private ContentCheck() {}

    /** Refuses what begins like a format that is no text. */
    static void checkFirstBytes(byte[] head) throws UnreadableCsvException {
        String start = new String(head, 0, Math.min(head.length, 16), StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> format : BY_FIRST_BYTES.entrySet()) {
            if (start.startsWith(format.getKey()) && !isPlainText(format.getKey(), head)) {
                throw new UnreadableCsvException(Reason.BINARY, format.getValue());
            }
        }
    }

    /** A header may begin with the letters of a format; only then the rest of the beginning is text too. */
    private static boolean isPlainText(String firstBytes, byte[] head) {
        return firstBytes.chars().allMatch(c -> c >= ' ' && c < 0x7F)
                && !firstBytes.startsWith("%PDF")
                && !firstBytes.startsWith("{")
                && controls(new String(head, StandardCharsets.ISO_8859_1)) == 0;
    }

    /** Refuses text with more control characters than any text has. */
    static void checkText(String sample) throws UnreadableCsvException {
        int controls = controls(sample);
        if (controls >= FEWEST_CONTROLS && controls > MOST_CONTROLS * sample.length()) {
            throw new UnreadableCsvException(Reason.BINARY, "The file is not text, so it cannot be read as CSV.");
        }
    }

    /** Control characters; those are left out that stand in real exports: line breaks within cells and separators. */
    private static int controls(String text) {
        int controls = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= 8 || (c >= 0x0E && c <= 0x19) || c == 0x7F || c == 0xFFFD) {
                controls++;
            }
        }
        return controls;
    }
}
