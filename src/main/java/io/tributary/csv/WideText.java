package io.tributary.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells UTF-16 and UTF-32 without a byte order mark by where their zero bytes stand: every CSV holds delimiters and
 * line ends, and of those one byte in two (three in four) is zero, always on the same side.
 */
final class WideText {

    private static final int FEWEST_ZEROS = 4;

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
        int even = zeros[0] + zeros[2];
        int odd = zeros[1] + zeros[3];
        int pairs = Math.max(1, head.length / 2);
        if (odd >= FEWEST_ZEROS && odd > 20 * even && odd * 25 >= pairs && reads(head, StandardCharsets.UTF_16LE)) {
            return StandardCharsets.UTF_16LE;
        }
        if (even >= FEWEST_ZEROS && even > 20 * odd && even * 25 >= pairs && reads(head, StandardCharsets.UTF_16BE)) {
            return StandardCharsets.UTF_16BE;
        }
        return null;
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
