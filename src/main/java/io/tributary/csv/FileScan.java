package io.tributary.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One pass over the bytes of a file: is it UTF-8 from end to end, and which bytes tell its encoding.
 *
 * <p>The whole file is read as long as it may be UTF-8, because the first letter beyond ASCII may stand in its last
 * line; it stops early once it cannot be and there is evidence enough.
 */
final class FileScan {

    static final int SAMPLE_BYTES = 256 * 1024;

    private static final int BLOCK_BYTES = 64 * 1024;

    private final ByteArrayOutputStream evidence = new ByteArrayOutputStream();
    private byte[] head = new byte[0];
    private long bytes;
    private long multiByteCharacters;
    private long brokenSequences;
    private boolean ascii = true;

    private int continuationBytes;
    private int lowestNext = 0x80;
    private int highestNext = 0xBF;

    private FileScan() {}

    static FileScan of(Path file) throws IOException {
        FileScan scan = new FileScan();
        byte[] block = new byte[BLOCK_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            int count = in.readNBytes(block, 0, block.length);
            while (count > 0) {
                scan.take(block, count);
                if (scan.mostlyBroken() && scan.evidence.size() + scan.head.length >= SAMPLE_BYTES) {
                    break;
                }
                count = in.readNBytes(block, 0, block.length);
            }
        }
        scan.bytes = Files.size(file);
        return scan;
    }

    /** The size of the file in bytes. */
    long bytes() {
        return bytes;
    }

    /** The beginning of the file. */
    byte[] head() {
        return head;
    }

    /** The beginning of the file and further lines that hold bytes beyond ASCII. */
    byte[] sample() {
        if (evidence.size() == 0) {
            return head;
        }
        byte[] sample = Arrays.copyOf(head, head.length + evidence.size());
        System.arraycopy(evidence.toByteArray(), 0, sample, head.length, evidence.size());
        return sample;
    }

    boolean ascii() {
        return ascii;
    }

    boolean utf8() {
        return brokenSequences == 0;
    }

    /** Whether the file is UTF-8 but for a few damaged characters, such as one cut off at its end. */
    boolean nearlyUtf8() {
        return multiByteCharacters >= 10 * brokenSequences && multiByteCharacters > 0;
    }

    private boolean mostlyBroken() {
        return brokenSequences > 100 && !nearlyUtf8();
    }

    private void take(byte[] block, int count) {
        if (head.length == 0) {
            head = Arrays.copyOf(block, count);
        }
        boolean beyondAscii = false;
        for (int i = 0; i < count; i++) {
            byte b = block[i];
            if (b >= 0 && continuationBytes == 0) {
                continue;
            }
            beyondAscii |= b < 0;
            follow(b & 0xFF);
        }
        if (beyondAscii) {
            ascii = false;
            if (bytes > 0 && head.length + evidence.size() < SAMPLE_BYTES) {
                keepWholeLines(block, count);
            }
        }
        bytes += count;
    }

    private void keepWholeLines(byte[] block, int count) {
        int from = 0;
        while (from < count && block[from] != '\n' && block[from] != '\r') {
            from++;
        }
        int to = count;
        while (to > from && block[to - 1] != '\n' && block[to - 1] != '\r') {
            to--;
        }
        evidence.write(block, from, to - from);
    }

    /** One step through UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
    private void follow(int b) {
        if (continuationBytes > 0) {
            if (b >= lowestNext && b <= highestNext) {
                lowestNext = 0x80;
                highestNext = 0xBF;
                if (--continuationBytes == 0) {
                    multiByteCharacters++;
                }
                return;
            }
            brokenSequences++;
            continuationBytes = 0;
        }
        lowestNext = 0x80;
        highestNext = 0xBF;
        if (b < 0x80) {
            return;
        }
        if (b >= 0xC2 && b <= 0xDF) {
            continuationBytes = 1;
        } else if (b >= 0xE0 && b <= 0xEF) {
            continuationBytes = 2;
            lowestNext = b == 0xE0 ? 0xA0 : 0x80;
            highestNext = b == 0xED ? 0x9F : 0xBF;
        } else if (b >= 0xF0 && b <= 0xF4) {
            continuationBytes = 3;
            lowestNext = b == 0xF0 ? 0x90 : 0x80;
            highestNext = b == 0xF4 ? 0x8F : 0xBF;
        } else {
            brokenSequences++;
        }
    }
}
