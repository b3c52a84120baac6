package io.tributary.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a hub that was killed could not clear away: bodies of requests, and drafts of its generated keys. */
final class Leftovers {
    /** No request runs for so long, also in another hub that uses the same folder. */
    private static final Duration OLD = Duration.ofDays(1);

    private Leftovers() {}

    /** Clears {@code data}: of everything when no other hub works on it, else of what is too old to be in use. */
    static void clear(Path data, boolean alone) throws IOException {
        Instant limit = alone ? Instant.MAX : Instant.now().minus(OLD);
        try (Stream<Path> drafts = Files.list(data)) {
            delete(drafts.filter(file -> file.getFileName().toString().endsWith(".new")), limit);
        }
        Path uploads = data.resolve("uploads");
        if (Files.isDirectory(uploads)) {
            try (Stream<Path> bodies = Files.walk(uploads)) {
                delete(bodies.filter(file -> !file.equals(uploads)), limit);
            }
        }
    }

    private static void delete(Stream<Path> found, Instant limit) throws IOException {
        List<Path> files = found.sorted(Comparator.reverseOrder()).toList();
        for (Path file : files) {
            boolean empty = !Files.isDirectory(file) || isEmpty(file);
            if (empty && Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }
}
