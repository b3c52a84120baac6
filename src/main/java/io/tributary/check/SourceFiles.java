package io.tributary.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the files that {@link RouteCheck} reads. */
public final class SourceFiles {

    private static final String ROUTES = "/routes";

    private SourceFiles() {}

    /** Every route and mapping that ships with the hub, from its jar or from its class folder. */
    public static List<SourceFile> builtIn() throws IOException {
        URL folder = SourceFiles.class.getResource(ROUTES);
        if (folder == null) {
            return List.of();
        }
        URI place = uri(folder);
        if (!place.getScheme().equals("jar")) {
            return in(Path.of(place), true);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
            return in(jar.getPath(ROUTES), true);
        }
    }

    private static URI uri(URL folder) {
        try {
            return folder.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("reading the routes at " + folder, e);
        }
    }

    /**
     * Every YAML file of a folder and the folders in it.
     *
     * @param builtIn whether they are held to the house style; built-in files are named from {@code routes} on
     */
    public static List<SourceFile> in(Path folder, boolean builtIn) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(SourceFiles::isYaml)
                    .sorted()
                    .map(path -> read(folder, path, builtIn))
                    .toList();
        }
    }

    private static boolean isYaml(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private static SourceFile read(Path folder, Path path, boolean builtIn) {
        try {
            String name = builtIn ? "routes/" + folder.relativize(path) : path.toString();
            // Not readString: bytes that are no UTF-8 are a fault to tell, not a reason to stop.
            return new SourceFile(name, new String(Files.readAllBytes(path), StandardCharsets.UTF_8), builtIn);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + path, e);
        }
    }
}
