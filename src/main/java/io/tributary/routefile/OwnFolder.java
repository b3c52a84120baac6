package io.tributary.routefile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folder of one's own files, looked at again and again: tells when something in it has changed and come to rest. */
final class OwnFolder {
    private static final int MOST_FILES = 2000;
    private static final long LONGEST = 1024L * 1024;

    private final Path folder;
    private Map<String, Trace> lastSeen = Map.of();
    private Map<String, Trace> lastGiven = Map.of();
    private boolean given;

    /** By what a change of a file is noticed without reading it. */
    private record Trace(FileTime changed, long size) {}

    OwnFolder(Path folder) {
        this.folder = folder;
    }

    /** The files as they are now, by their path in the folder; a folder that does not exist is empty. */
    Map<String, String> read() throws IOException {
        lastSeen = traces();
        lastGiven = lastSeen;
        given = true;
        return texts(lastSeen);
    }

    /** The files, when they differ from those given last and are no longer being written; else empty. */
    Optional<Map<String, String>> readWhenChanged() throws IOException {
        Map<String, Trace> now = traces();
        boolean atRest = now.equals(lastSeen);
        lastSeen = now;
        if (!atRest || (given && now.equals(lastGiven))) {
            return Optional.empty();
        }
        lastGiven = now;
        given = true;
        return Optional.of(texts(now));
    }

    private Map<String, Trace> traces() throws IOException {
        Map<String, Trace> traces = new HashMap<>();
        if (!Files.isDirectory(folder)) {
            return traces;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.filter(OwnFolder::isYaml).limit(MOST_FILES)::iterator) {
                try {
                    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                    if (attributes.isRegularFile()) {
                        traces.put(name(path), new Trace(attributes.lastModifiedTime(), attributes.size()));
                    }
                } catch (NoSuchFileException deletedMeanwhile) {
                    // Then it is not there.
                }
            }
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        return traces;
    }

    /** Editors keep drafts and locks beside a file, under names that begin with a dot. */
    private static boolean isYaml(Path path) {
        String name = path.getFileName().toString();
        return !name.startsWith(".")
                && (name.endsWith(".yaml") || name.endsWith(".yml"))
                && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private String name(Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    private Map<String, String> texts(Map<String, Trace> traces) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String name : traces.keySet()) {
            Path path = folder.resolve(name);
            try {
                if (Files.size(path) <= LONGEST) {
                    texts.put(name, new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
                }
            } catch (NoSuchFileException deletedMeanwhile) {
                // The next look sees it gone.
            }
        }
        return texts;
    }
}
