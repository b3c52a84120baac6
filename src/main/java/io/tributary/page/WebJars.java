package io.tributary.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The libraries that pages use, as they lie in their jars. Their paths carry the version, so a browser may keep them for
 * good: {@code lit/3.3.2/index.js}.
 */
final class WebJars {
    private static final String FOLDER = "META-INF/resources/webjars/";
    private static final List<String> NPM = List.of("lit-html", "lit-element", "lit__reactive-element", "uplot");
    private static final String SWAGGER = "swagger-ui";

    private final Map<String, String> versions;
    private final Map<String, PageFile> sent = new ConcurrentHashMap<>();

    WebJars() {
        versions = NPM.stream().collect(Collectors.toMap(name -> name, name -> readVersion("org.webjars.npm", name)));
        versions.put(SWAGGER, readVersion("org.webjars", SWAGGER));
    }

    /** Where a library's files lie, with a slash at the end. */
    String folder(String library) {
        String version = versions.get(library);
        if (version == null) {
            throw new IllegalArgumentException("there is no library " + library);
        }
        return library + "/" + version + "/";
    }

    /** The file at that path; empty unless it belongs to one of the libraries. */
    Optional<PageFile> file(String path) {
        PageFile known = sent.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        if (!PageFile.isSendable(path)
                || path.contains("..")
                || versions.keySet().stream().noneMatch(library -> path.startsWith(folder(library)))) {
            return Optional.empty();
        }
        try (InputStream in = WebJars.class.getClassLoader().getResourceAsStream(FOLDER + path)) {
            if (in == null) {
                return Optional.empty();
            }
            PageFile file = PageFile.of(path, in.readAllBytes());
            sent.put(path, file);
            return Optional.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + path, e);
        }
    }

    private static String readVersion(String group, String library) {
        String file = "META-INF/maven/" + group + "/" + library + "/pom.properties";
        try (InputStream in = WebJars.class.getClassLoader().getResourceAsStream(file)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            String version = properties.getProperty("version");
            if (version == null) {
                throw new IllegalStateException("the library " + library + " of the pages is not there");
            }
            return version;
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }
}
