package io.tributary.csv;

import io.tributary.csv.UnreadableCsvException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the encoding of a file from its bytes: a byte order mark, then UTF-16 and UTF-32 without one, then UTF-8 where
 * every byte of the file agrees, then whichever older encoding gives the likeliest text.
 */
final class EncodingDetector {

    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

    private static final Map<String, String> IANA_NAMES = Map.of(
            "x-MacRoman", "macintosh",
            "x-windows-874", "windows-874",
            "x-windows-949", "windows-949",
            "windows-31j", "Windows-31J",
            "x-EUC-TW", "EUC-TW",
            "x-MacCyrillic", "x-mac-cyrillic");

    private EncodingDetector() {}

    /**
     * The encoding of a file.
     *
     * @param told what the sender said it is, or null
     */
    static Charset detect(FileScan scan, @Nullable Charset told) throws UnreadableCsvException {
        byte[] head = scan.head();
        Charset marked = marked(head);
        if (marked != null) {
            return marked;
        }
        if (told != null) {
            return checked(scan, told);
        }
        Charset wide = WideText.detect(head);
        if (wide != null) {
            return wide;
        }
        ContentCheck.checkFirstBytes(head);
        if (scan.utf8() || scan.nearlyUtf8()) {
            Charset escaped = scan.ascii() ? LegacyEncodings.escaped(head) : null;
            return escaped == null ? StandardCharsets.UTF_8 : escaped;
        }
        return LegacyEncodings.likeliest(scan.sample());
    }

    static String ianaName(Charset charset) {
        return IANA_NAMES.getOrDefault(charset.name(), charset.name());
    }

    /** How many bytes at the beginning of the file are its byte order mark. */
    static int byteOrderMarkLength(Path file, Charset encoding) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(4);
        }
        Charset marked = marked(start);
        if (marked == null || !marked.equals(encoding)) {
            return 0;
        }
        if (marked.equals(StandardCharsets.UTF_8)) {
            return 3;
        }
        return marked.name().startsWith("UTF-32") ? 4 : 2;
    }

    private static @Nullable Charset marked(byte[] head) {
        if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        }
        if (startsWith(head, 0xFF, 0xFE, 0, 0)) {
            return UTF_32LE;
        }
        if (startsWith(head, 0, 0, 0xFE, 0xFF)) {
            return UTF_32BE;
        }
        if (startsWith(head, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        return startsWith(head, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : null;
    }

    private static boolean startsWith(byte[] head, int... start) {
        if (head.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((head[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset checked(FileScan scan, Charset told) throws UnreadableCsvException {
        boolean right = told.equals(StandardCharsets.UTF_8)
                ? scan.utf8()
                : WideText.isWide(told) ? scan.head().length % 2 == 0 : decodes(scan.head(), told);
        if (!right) {
            throw new UnreadableCsvException(
                    Reason.ENCODING, "The file is not in " + ianaName(told) + ", the encoding it is said to be in.");
        }
        return told;
    }

    private static boolean decodes(byte[] bytes, Charset charset) {
        return strictly(bytes, charset) != null;
    }

    /** The text, or null when the bytes are none in this encoding; a character cut off at the end does not count. */
    static @Nullable String strictly(byte[] bytes, Charset charset) {
        for (int cut = 0; cut < 4 && cut < bytes.length; cut++) {
            try {
                return charset.newDecoder()
                        .decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut))
                        .toString();
            } catch (CharacterCodingException e) {
                // One byte less may end between two characters.
            }
        }
        return null;
    }
}
