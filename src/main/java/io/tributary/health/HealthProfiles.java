package io.tributary.health;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The health profiles that a tenant can choose. */
public final class HealthProfiles {

    private static final Map<String, HealthProfile> BY_NAME = List.of(new AtomV1(), builtIn("pipeline-v1")).stream()
            .collect(Collectors.toUnmodifiableMap(HealthProfile::name, Function.identity()));

    private HealthProfiles() {}

    /** The names of all profiles. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    private static HealthProfile builtIn(String name) {
        String file = "/routes/health/" + name + ".health.yaml";
        try (InputStream yaml = HealthProfiles.class.getResourceAsStream(file)) {
            if (yaml == null) {
                throw new IllegalStateException("no file " + file);
            }
            return HealthFile.parse(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | HealthFileException e) {
            throw new IllegalStateException("reading " + file, e);
        }
    }

    /** The profile of exactly this name; empty when there is none. */
    public static Optional<HealthProfile> byName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
