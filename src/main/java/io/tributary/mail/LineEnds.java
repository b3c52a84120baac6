package io.tributary.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The ends of lines, and what mailboxes and bad mailers put between them. */
final class LineEnds {
    private LineEnds() {}

    /** {@code mail} without blank lines and a mailbox's own line before its header; lone carriage returns end lines. */
    static byte[] mended(byte[] mail) {
        byte[] bytes = endsByCarriageReturn(mail) ? linesOf(mail) : mail;
        int start = 0;
        if (bytes.length > 2 && (bytes[0] & 0xFF) == 0xEF && (bytes[1] & 0xFF) == 0xBB && (bytes[2] & 0xFF) == 0xBF) {
            start = 3;
        }
        while (start < bytes.length && (bytes[start] == '\r' || bytes[start] == '\n')) {
            start++;
        }
        if (startsWith(bytes, start, "From ") || startsWith(bytes, start, ">From ")) {
            while (start < bytes.length && bytes[start] != '\n') {
                start++;
            }
            start = Math.min(start + 1, bytes.length);
        }
        return start == 0 ? bytes : Arrays.copyOfRange(bytes, start, bytes.length);
    }

    private static boolean endsByCarriageReturn(byte[] bytes) {
        boolean any = false;
        for (byte octet : bytes) {
            if (octet == '\n') {
                return false;
            }
            any |= octet == '\r';
        }
        return any;
    }

    private static byte[] linesOf(byte[] mail) {
        byte[] lines = mail.clone();
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] == '\r') {
                lines[i] = '\n';
            }
        }
        return lines;
    }

    private static boolean startsWith(byte[] bytes, int at, String text) {
        byte[] start = text.getBytes(StandardCharsets.US_ASCII);
        return at + start.length <= bytes.length && Arrays.equals(bytes, at, at + start.length, start, 0, start.length);
    }

    /** The boundary that the first line of dashes shows; null when none does within the first lines. */
    static @Nullable String firstBoundary(byte[] body) {
        String head = new String(body, 0, Math.min(body.length, 8_192), StandardCharsets.ISO_8859_1);
        for (String line : head.split("\n", 60)) {
            String text = line.stripTrailing();
            if (text.startsWith("--") && text.length() > 2 && text.length() <= 202 && text.indexOf('"') < 0) {
                return text.substring(2);
            }
        }
        return null;
    }

    /** {@code text} with line feeds alone, and without U+0000, which no database keeps. */
    static String unix(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').replace("\0", "");
    }
}
