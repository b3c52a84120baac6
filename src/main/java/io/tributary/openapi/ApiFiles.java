package io.tributary.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files in {@code resources/openapi}: the frame in {@code document.yaml}, and of each area its paths and schemas. */
final class ApiFiles {
    private static final String FRAME = "document.yaml";

    private ApiFiles() {}

    /** All files made into one document, the paths in the order of their files and lines. */
    static Map<String, @Nullable Object> merged() {
        try {
            Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath*:openapi/*.yaml");
            List<Resource> inOrder = new ArrayList<>(Arrays.asList(files));
            inOrder.sort(Comparator.comparing(
                    file -> FRAME.equals(file.getFilename()) ? "" : String.valueOf(file.getFilename())));
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            for (Resource file : inOrder) {
                merge(document, read(file), String.valueOf(file.getFilename()));
            }
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException("reading the description of the API", e);
        }
    }

    private static Map<String, @Nullable Object> read(Resource file) throws IOException {
        try (InputStream in = file.getInputStream()) {
            Map<String, @Nullable Object> content = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return content;
        }
    }

    @SuppressWarnings("unchecked")
    private static void merge(Map<String, @Nullable Object> into, Map<String, @Nullable Object> more, String file) {
        more.forEach((name, value) -> {
            Object held = into.get(name);
            if (held instanceof Map<?, ?> map && value instanceof Map<?, ?> added) {
                merge((Map<String, @Nullable Object>) map, (Map<String, @Nullable Object>) added, file);
            } else if (held != null) {
                throw new IllegalStateException("openapi/" + file + " describes " + name + " a second time");
            } else {
                into.put(name, value);
            }
        });
    }
}
