package io.tributary.page;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * One file for a browser, kept as it is sent.
 *
 * @param packed its bytes, gzipped where that makes them fewer
 * @param etag a fingerprint of the content, in quotes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PageFile(String contentType, byte[] packed, boolean gzipped, String etag) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2",
            "csv", "text/csv; charset=utf-8",
            "txt", "text/plain; charset=utf-8");

    /** Whether a file of that name may be sent at all. */
    static boolean isSendable(String name) {
        return TYPES.containsKey(ending(name));
    }

    static PageFile of(String name, byte[] content) {
        byte[] gzipped = gzip(content);
        boolean smaller = gzipped.length < content.length;
        return new PageFile(
                TYPES.getOrDefault(ending(name), "application/octet-stream"),
                smaller ? gzipped : content,
                smaller,
                '"' + HexFormat.of().formatHex(sha256(content), 0, 12) + '"');
    }

    /** The bytes as they were before packing, for the rare client that takes no gzip. */
    byte[] plain() {
        if (!gzipped) {
            return packed;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(content.length / 2 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return packed.toByteArray();
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
