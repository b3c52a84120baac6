package io.tributary.csv;

import io.tributary.csv.UnreadableCsvException.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Takes the one table out of a file that packs it: gzip, a zip archive with one file, an Excel workbook. */
public final class Tables {
    /** The most bytes a packed table may have. */
    public static final long MAX_BYTES = 2L * 1024 * 1024 * 1024;

    private Tables() {}

    /**
     * Writes the table in {@code content} as plain text to {@code target}, where it is packed.
     *
     * @return whether it is packed; if not, nothing is written
     * @throws UnreadableCsvException when it is packed and holds no table, several, or more than is sound
     */
    public static boolean unpack(Path content, Path target) throws IOException, UnreadableCsvException {
        byte[] start;
        try (InputStream in = Files.newInputStream(content)) {
            start = in.readNBytes(8);
        }
        if (startsWith(start, 0x1F, 0x8B)) {
            gunzip(content, target);
            return true;
        }
        if (startsWith(start, 'P', 'K', 3, 4)) {
            Archive.unpack(content, target);
            return true;
        }
        return false;
    }

    private static void gunzip(Path content, Path target) throws IOException, UnreadableCsvException {
        long size = Files.size(content);
        try (InputStream packed = new BufferedInputStream(Files.newInputStream(content), 1 << 16);
                InputStream in = new GZIPInputStream(packed, 1 << 16)) {
            new Inflation(size).copy(in, target);
        } catch (ZipException | java.io.EOFException e) {
            throw new UnreadableCsvException(
                    Reason.BINARY, "The file is compressed and damaged, so it cannot be unpacked.");
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(target)) {
            start = in.readNBytes(4);
        }
        if (startsWith(start, 'P', 'K', 3, 4)) {
            Path archive = target.resolveSibling(target.getFileName() + ".zip");
            Files.move(target, archive);
            try {
                Archive.unpack(archive, target);
            } finally {
                Files.deleteIfExists(archive);
            }
        }
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

    /** Unpacks with an eye on how much comes out of how little. */
    static final class Inflation {
        /** What has grown a hundredfold and is large by now was made to do harm; plain tables pack far less. */
        private static final int MOST_TIMES = 200;

        private static final long UNSUSPICIOUS_BYTES = 64L * 1024 * 1024;

        private final long packed;
        private long unpacked;

        Inflation(long packed) {
            this.packed = Math.max(1, packed);
        }

        /** Takes {@code count} more bytes into account. */
        void add(long count) throws UnreadableCsvException {
            unpacked += count;
            if (unpacked > MAX_BYTES || (unpacked > UNSUSPICIOUS_BYTES && unpacked / packed > MOST_TIMES)) {
                throw new UnreadableCsvException(
                        Reason.TOO_LARGE, "The file holds far more than it seems to, so it is not unpacked.");
            }
        }

        void copy(InputStream in, Path target) throws IOException, UnreadableCsvException {
            byte[] block = new byte[1 << 16];
            try (OutputStream out = Files.newOutputStream(target)) {
                for (int count = in.read(block); count >= 0; count = in.read(block)) {
                    add(count);
                    out.write(block, 0, count);
                }
            }
        }
    }
}
