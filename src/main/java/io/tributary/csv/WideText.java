package io.tributary.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells UTF-16 and UTF-32 without a byte order mark by where their zero bytes stand: every CSV holds delimiters and
 * line ends, and of those one byte in two (three in four) is zero, always on the same side.
 */
final class WideText {

    private static final int FEWEST = 4;

    private WideText() {}

    static boolean isWide(Charset charset) {
        return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
    }

    static @Nullable Charset detect(byte[] head) {
        int length = head.length / 4 * 4;
        int[] zeros = new int[4];
        for (int i = 0; i < length; i++) {
            zeros[i % 4] += head[i] == 0 ? 1 : 0;
        }
        for (int i = length; i < head.length; i++) {
            zeros[i % 4] += head[i] == 0 ? 1 : 0;
        }
        int units = Math.max(1, head.length / 4);
        if (length >= 8 && zeros[3] >= units && zeros[2] * 10 >= units * 9 && zeros[0] * 5 < units) {
            return Charset.forName("UTF-32LE");
        }
        if (length >= 8 && zeros[0] >= units && zeros[1] * 10 >= units * 9 && zeros[3] * 5 < units) {
            return Charset.forName("UTF-32BE");
        }
        int little = asciiUnits(head, 0);
        int big = asciiUnits(head, 1);
        int pairs = Math.max(1, head.length / 2);
        if (little >= FEWEST && little > 5 * big && little * 25 >= pairs && reads(head, StandardCharsets.UTF_16LE)) {
            return StandardCharsets.UTF_16LE;
        }
        if (big >= FEWEST && big > 5 * little && big * 25 >= pairs && reads(head, StandardCharsets.UTF_16BE)) {
            return StandardCharsets.UTF_16BE;
        }
        return null;
    }

    /** How many pairs of bytes are a zero beside a character that CSV is made of; {@code low} is the place of the latter. */
    private static int asciiUnits(byte[] head, int low) {
        int units = 0;
        for (int i = 0; i + 1 < head.length; i += 2) {
            byte character = head[i + low];
            boolean ascii = (character >= ' ' && character < 0x7F)
                    || character == '\t'
                    || character == '\r'
                    || character == '\n';
            units += ascii && head[i + 1 - low] == 0 ? 1 : 0;
        }
        return units;
    }

    /** Whether the bytes are text in this encoding: no lone surrogates, hardly anything that is no character. */
    private static boolean reads(byte[] head, Charset charset) {
        String text = EncodingDetector.strictly(head, charset);
        if (text == null) {
            return false;
        }
        int strange = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
            strange += control || !Character.isDefined(c) || Character.getType(c) == Character.PRIVATE_USE ? 1 : 0;
        }
        return strange * 20 <= text.length();
    }
}
