package io.tributary.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A route file, parsed.
 *
 * @param file where it came from
 * @param root the list of its entries
 */
record RouteDocument(SourceFile file, YamlValue root) {

    /** Steps that may name their endpoint without {@code uri}. */
    private static final Set<String> BRIEF = Set.of("to", "toD", "poll");

    /** The entries of a kind, for example every {@code route} at the top of the file. */
    List<YamlValue> entries(String kind) {
        return root.items().stream()
                .flatMap(item -> item.entries().stream())
                .filter(entry -> entry.key().equals(kind))
                .map(YamlValue.Entry::value)
                .toList();
    }

    /** Every route, those inside route templates included. */
    List<YamlValue> routes() {
        List<YamlValue> routes = new ArrayList<>(entries("route"));
        for (YamlValue template : entries("routeTemplate")) {
            template.get("route").ifPresent(routes::add);
        }
        return routes;
    }

    /** Every place that names an endpoint, in reading order. */
    List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        root.walk((key, value) -> {
            if (value.isScalar() && BRIEF.contains(key)) {
                endpoints.add(new Endpoint(key, value, Optional.empty()));
            }
            value.get("uri")
                    .filter(YamlValue::isScalar)
                    .ifPresent(uri -> endpoints.add(new Endpoint(key, uri, value.get("parameters"))));
        });
        return endpoints;
    }
}
