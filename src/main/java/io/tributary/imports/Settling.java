package io.tributary.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells which files have stopped growing, by looking at each again and again. It keeps no file waiting for another, as
 * watching them one by one would.
 */
final class Settling {
    private static final Duration QUIET = Duration.ofMillis(1500);

    /** Files looked at longer ago than the last so many are looked at anew. */
    private static final int MOST = 10_000;

    private record Look(long size, FileTime modified, long since) {}

    private final Map<Path, Look> looks = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Look> eldest) {
            return size() > MOST;
        }
    };

    /** Whether size and time of change were the same for a while. */
    synchronized boolean isSettled(Path file) {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException gone) {
            looks.remove(file);
            return false;
        }
        Look before = looks.get(file);
        if (before == null || before.size != now.size() || !before.modified.equals(now.lastModifiedTime())) {
            looks.put(file, new Look(now.size(), now.lastModifiedTime(), System.nanoTime()));
            return false;
        }
        return System.nanoTime() - before.since >= QUIET.toNanos();
    }
}
