package io.tributary.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The hub's own page and everything it loads, read once.
 *
 * @param files each file by its path below the folder {@code web}
 * @param page the one page, ready to be sent
 * @param policy its content security policy
 * @param version changes whenever any file does; part of every path, so that a browser may keep what it has
 */
record PageFiles(Map<String, PageFile> files, PageFile page, String policy, String version) {
    private static final String FOLDER = "/web/";

    /** Reads the files that come with the hub. */
    static PageFiles builtIn(WebJars libraries) {
        try {
            Map<String, byte[]> contents = new TreeMap<>();
            Resource[] found = new PathMatchingResourcePatternResolver(PageFiles.class.getClassLoader())
                    .getResources("classpath*:web/**/*.*");
            for (Resource resource : found) {
                String url = resource.getURL().toString();
                try (InputStream in = resource.getInputStream()) {
                    contents.put(url.substring(url.lastIndexOf(FOLDER) + FOLDER.length()), in.readAllBytes());
                }
            }
            return of(contents, libraries);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the pages", e);
        }
    }

    /** Reads the files in a folder, as they are now. */
    static PageFiles in(Path folder, WebJars libraries) {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
            return of(contents, libraries);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the pages in " + folder, e);
        }
    }

    private static PageFiles of(Map<String, byte[]> contents, WebJars libraries) {
        Map<String, PageFile> files = new TreeMap<>();
        StringBuilder fingerprints = new StringBuilder();
        contents.forEach((path, content) -> {
            if (PageFile.isSendable(path)) {
                PageFile file = PageFile.of(path, content);
                files.put(path, file);
                fingerprints.append(path).append(file.etag());
            }
        });
        String version = HexFormat.of()
                .formatHex(PageFile.sha256(fingerprints.toString().getBytes(StandardCharsets.UTF_8)), 0, 6);
        byte[] template = contents.get("index.html");
        if (template == null) {
            throw new IllegalStateException("the page index.html is not there");
        }
        String imports = ImportMap.of(libraries);
        String page = new String(template, StandardCharsets.UTF_8)
                .replace("{imports}", imports)
                .replace("{web}", "/web/" + version)
                .replace("{webjars}", "/webjars")
                .replace("{uplot}", "/webjars/" + libraries.folder("uplot"));
        files.remove("index.html");
        return new PageFiles(
                files,
                PageFile.of("index.html", page.getBytes(StandardCharsets.UTF_8)),
                ContentPolicy.allowing(imports),
                version);
    }

    /** The path below {@code web} that a path with a version in it names; a path of an older version names nothing. */
    static String withoutVersion(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? "" : path.substring(slash + 1);
    }

    boolean isCurrent(String path) {
        return Arrays.asList(path.split("/", 2)).get(0).equals(version);
    }
}
