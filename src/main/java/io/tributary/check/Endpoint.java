package io.tributary.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An endpoint as a route writes it.
 *
 * @param role the key that it stands under: {@code from}, {@code to}, {@code toD} and so on
 * @param uri what stands at {@code uri}
 * @param parameters what stands at {@code parameters}, if anything
 */
record Endpoint(String role, YamlValue uri, Optional<YamlValue> parameters) {

    private static final Set<String> CONSUMERS = Set.of("from", "poll");

    boolean consumer() {
        return CONSUMERS.contains(role);
    }

    /** The part before the colon; empty when it is only known at run time. */
    String scheme() {
        String scheme = uri.text().split("[:?]", 2)[0];
        return scheme.contains("$") || scheme.contains("{") ? "" : scheme;
    }

    /** What follows the scheme in the URI itself, without options; empty when all is in the parameters. */
    String path() {
        String[] parts = uri.text().split("\\?", 2)[0].split(":", 2);
        return parts.length < 2 ? "" : parts[1].replaceFirst("^//", "");
    }

    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        parameters.ifPresent(given -> given.entries()
                .forEach(entry -> options.put(entry.key(), entry.value().text())));
        return options;
    }

    /** The name of a {@code direct} endpoint; empty for any other, and for a name only known at run time. */
    String directName() {
        if (!scheme().equals("direct")) {
            return "";
        }
        String name = path().isEmpty() ? options().getOrDefault("name", "") : path();
        return name.contains("${") || name.contains("{{") ? "" : name;
    }
}
