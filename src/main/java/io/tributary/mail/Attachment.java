package io.tributary.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file that came with a mail. It is listed, and never opened, except that a table can be imported.
 *
 * @param name without any path; null when the mail gives none
 * @param type its media type as the mail says
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Attachment(@Nullable String name, String type, byte[] content) {
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /** Whether it is a table that the importer may be able to read. */
    public boolean isTable() {
        String ending = name == null ? "" : name.toLowerCase(Locale.ROOT);
        return ending.endsWith(".csv")
                || ending.endsWith(".tsv")
                || ending.endsWith(".xlsx")
                || type.equals("text/csv")
                || type.equals(XLSX);
    }

    /** By what the same file is known again: SHA-256 in hexadecimal. */
    public String sha256() {
        return hash(content);
    }

    static String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** A file name without folders, control characters and excess. */
    static @Nullable String plainName(@Nullable String written) {
        if (written == null) {
            return null;
        }
        String name = written.substring(Math.max(written.lastIndexOf('/'), written.lastIndexOf('\\')) + 1);
        StringBuilder plain = new StringBuilder(name.length());
        name.codePoints()
                .filter(c -> !Character.isISOControl(c) && !(c >= 0x202A && c <= 0x202E))
                .limit(200)
                .forEach(plain::appendCodePoint);
        return plain.isEmpty() ? null : plain.toString();
    }
}
