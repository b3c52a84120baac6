package io.tributary.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** A secret that the hub makes for itself on first use and keeps in a file only its owner can read. */
public final class SecretFile {
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretFile() {}

    /** A new secret of 256 random bits, with a prefix that says what it is when it turns up somewhere. */
    public static String generate(String prefix) {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return prefix + HexFormat.of().formatHex(bits);
    }

    /** The secret in {@code file}; made there, mode 0600, when the file does not exist yet. */
    public static String readOrCreate(Path file, String prefix) throws IOException {
        if (!Files.exists(file)) {
            try {
                write(file, generate(prefix));
            } catch (FileAlreadyExistsException otherWasFirst) {
                // Another process made it meanwhile: its secret counts.
            }
        }
        return Files.readString(file).strip();
    }

    /** Writes {@code secret} into a new file, mode 0600 from its first moment on, whole or not at all. */
    public static void write(Path file, String secret) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        boolean posix = Files.getFileStore(parent).supportsFileAttributeView("posix");
        var ownerOnly = PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------")));
        Path draft = posix
                ? Files.createTempFile(parent, file.getFileName().toString(), ".new", ownerOnly)
                : Files.createTempFile(parent, file.getFileName().toString(), ".new");
        try {
            Files.writeString(draft, secret + "\n", StandardCharsets.US_ASCII);
            Files.createLink(file, draft);
        } catch (UnsupportedOperationException noLinks) {
            Files.move(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
