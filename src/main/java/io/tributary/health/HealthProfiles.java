package io.tributary.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The health profiles that a tenant can choose. */
public final class HealthProfiles {

    private static final Map<String, HealthProfile> BY_NAME = List.<HealthProfile>of(new AtomV1()).stream()
            .collect(Collectors.toUnmodifiableMap(HealthProfile::name, Function.identity()));

    private HealthProfiles() {}

    /** The names of all profiles. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** The profile of exactly this name; empty when there is none. */
    public static Optional<HealthProfile> byName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
