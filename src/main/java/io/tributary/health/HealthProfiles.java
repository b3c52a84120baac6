package io.tributary.health;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The health profiles that a tenant can choose. */
public final class HealthProfiles {
    /** The profile of whoever has not chosen one. */
    public static final String DEFAULT = "pipeline-v1";

    private static final Map<String, HealthProfile> BY_NAME = List.of(new AtomV1(), builtIn(DEFAULT)).stream()
            .collect(Collectors.toUnmodifiableMap(HealthProfile::name, Function.identity()));

    /** Those of the integration team, in force until their files change. */
    private static volatile Map<String, HealthProfile> own = Map.of();

    private HealthProfiles() {}

    /** The names of all profiles, in the order of the alphabet. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(BY_NAME.keySet());
        names.addAll(own.keySet());
        return names;
    }

    /** Whether a profile of that name comes with the hub; then what it says never changes. */
    public static boolean isBuiltIn(String name) {
        return BY_NAME.containsKey(name);
    }

    /** Has these profiles take the place of the own ones before. */
    public static void putOwn(Collection<HealthProfile> profiles) {
        Map<String, HealthProfile> now = new HashMap<>();
        profiles.stream()
                .filter(profile -> !isBuiltIn(profile.name()))
                .forEach(profile -> now.put(profile.name(), profile));
        own = Map.copyOf(now);
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
        HealthProfile builtIn = BY_NAME.get(name);
        return Optional.ofNullable(builtIn == null ? own.get(name) : builtIn);
    }

    /** The profile that a tenant has chosen; the default while the file of the one chosen is missing. */
    public static HealthProfile chosen(String name) {
        return byName(name).orElseGet(() -> Objects.requireNonNull(BY_NAME.get(DEFAULT)));
    }
}
