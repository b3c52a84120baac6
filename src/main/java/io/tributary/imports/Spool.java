package io.tributary.imports;

import io.tributary.csv.Tables;
import io.tributary.csv.UnreadableCsvException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that were accepted and are not taken yet, one folder a tenant, each under the id of its import. A file lies
 * here, on the disk for good, before its import is entered in the books.
 */
public final class Spool {
    private final Path folder;

    public Spool(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** A file that is kept for an import. */
    public record Kept(String tenant, UUID importId, Path file) {}

    /**
     * A table that lies here.
     *
     * @param packed whether it was packed in what was sent, and is not the same bytes
     */
    public record Table(Path file, boolean packed) {}

    /**
     * Keeps a copy of {@code content} as the plain table that is in it, on the disk for good when this returns.
     *
     * @throws UnreadableCsvException when it is packed and holds no one table
     */
    public Table keep(String tenant, UUID importId, Path content) throws IOException, UnreadableCsvException {
        Table table = lend(tenant, importId, content);
        try {
            force(table.file());
            force(folder.resolve(tenant));
            return table;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(table.file());
            throw e;
        }
    }

    /** What a file is to hold. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Keeps {@code content} under the id of an import, on the disk for good when this returns. */
    public Path keep(String tenant, UUID importId, Content content) throws IOException {
        Files.createDirectories(folder.resolve(tenant));
        Path file = fileOf(tenant, importId);
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
                content.writeTo(out);
            }
            force(file);
            force(folder.resolve(tenant));
            return file;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** The same for as long as a call lasts that only looks at the table. */
    public Table lend(String tenant, UUID id, Path content) throws IOException, UnreadableCsvException {
        Files.createDirectories(folder.resolve(tenant));
        Path file = fileOf(tenant, id);
        try {
            boolean packed = Tables.unpack(content, file);
            if (!packed) {
                link(content, file);
            }
            return new Table(file, packed);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** A second name for the same bytes; the first one goes with its request. */
    private static void link(Path content, Path file) throws IOException {
        try {
            Files.createLink(file, content);
        } catch (UnsupportedOperationException | IOException noLinksHere) {
            Files.copy(content, file);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Where the file of an import lies. */
    public Path fileOf(String tenant, UUID importId) {
        return folder.resolve(tenant).resolve(importId.toString());
    }

    /** Gives up the file of an import that has ended. */
    public void release(String tenant, UUID importId) throws IOException {
        Files.deleteIfExists(fileOf(tenant, importId));
    }

    /** Every file that is kept. */
    public List<Kept> all() throws IOException {
        List<Kept> kept = new ArrayList<>();
        try (Stream<Path> tenants = Files.list(folder)) {
            for (Path tenant : tenants.filter(Files::isDirectory).toList()) {
                addAll(kept, tenant);
            }
        }
        return kept;
    }

    private static void addAll(List<Kept> kept, Path tenant) throws IOException {
        try (Stream<Path> files = Files.list(tenant)) {
            files.forEach(file -> {
                UUID id = idOf(file);
                if (id != null) {
                    kept.add(new Kept(String.valueOf(tenant.getFileName()), id, file));
                }
            });
        }
    }

    /** When a file came to lie here. */
    static Instant since(Kept kept) throws IOException {
        return Files.getLastModifiedTime(kept.file()).toInstant();
    }

    private static @Nullable UUID idOf(Path file) {
        try {
            return UUID.fromString(String.valueOf(file.getFileName()));
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }
}
