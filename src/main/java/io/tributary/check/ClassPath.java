package io.tributary.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the hub is built with: a component, a class or a statement that is not here fails at the start. */
final class ClassPath {

    private static final String CAMEL = "META-INF/services/org/apache/camel/";

    private final ClassLoader loader = ClassPath.class.getClassLoader();

    boolean hasComponent(String scheme) {
        return has(CAMEL + "component/" + scheme);
    }

    boolean hasLanguage(String name) {
        return has(CAMEL + "language/" + name);
    }

    boolean has(String resource) {
        return loader.getResource(resource) != null;
    }

    /** A text that comes with the hub. */
    String text(String resource) {
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + resource, e);
        }
    }

    /** The class of a name, without running its initialisers; null when there is none. */
    @Nullable
    Class<?> type(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError absent) {
            return null;
        }
    }

    /** The names of a class's public methods. */
    static Set<String> methods(Class<?> type) {
        return Arrays.stream(type.getMethods()).map(method -> method.getName()).collect(Collectors.toSet());
    }
}
