package io.tributary.check;

import io.tributary.answer.Nearest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds between files: ids are unique, and whatever a route calls by name exists exactly once. */
final class WiringRule {

    private static final String STATEMENT = "sql-";

    private final ClassPath classPath;
    private final ConnectionRule connections = new ConnectionRule();

    WiringRule(ClassPath classPath) {
        this.classPath = classPath;
    }

    /** Where a name was first taken. */
    private record Taken(SourceFile file, int line) {
        @Override
        public String toString() {
            return file.name() + ":" + line;
        }
    }

    void check(List<RouteDocument> documents, Findings findings) {
        checkIds(documents, findings);
        checkDirect(documents, findings);
        checkPaths(documents, findings);
        checkConfigurations(documents, findings);
    }

    /** Camel refuses to start when two routes or two steps share an id. */
    private void checkIds(List<RouteDocument> documents, Findings findings) {
        Map<String, Taken> routesAndSteps = new HashMap<>();
        Map<String, Taken> templates = new HashMap<>();
        Map<String, Taken> configurations = new HashMap<>();
        for (RouteDocument document : documents) {
            document.entries("route").forEach(route -> claimAll(route, routesAndSteps, document.file(), findings));
            document.entries("routeTemplate").forEach(template -> {
                claim("template", template, "id", templates, document.file(), findings);
                claimAll(template.get("route").orElse(template), new HashMap<>(), document.file(), findings);
            });
            document.entries("routeConfiguration")
                    .forEach(entry -> claim("configuration", entry, "id", configurations, document.file(), findings));
            document.entries("templatedRoute").stream()
                    // A connection's name is its workspace's alone.
                    .filter(entry -> connections.kindOf(entry).isEmpty())
                    .forEach(entry -> claim("route", entry, "routeId", routesAndSteps, document.file(), findings));
        }
    }

    private static void claimAll(YamlValue route, Map<String, Taken> taken, SourceFile file, Findings findings) {
        route.walk((key, value) -> {
            if (!key.equals("parameters")) {
                claim(value == route ? "route" : "step", value, "id", taken, file, findings);
            }
        });
    }

    private static void claim(
            String what, YamlValue value, String key, Map<String, Taken> taken, SourceFile file, Findings findings) {
        String id = value.textAt(key);
        if (id.isEmpty() || id.contains("{{")) {
            return;
        }
        Taken first = taken.putIfAbsent(id, new Taken(file, value.lineOf(key)));
        if (first != null) {
            findings.wrong(
                    file,
                    value.lineOf(key),
                    "the id `" + id + "` is taken by " + first,
                    "Give this " + what + " another, or take one of the two out");
        }
    }

    private void checkDirect(List<RouteDocument> documents, Findings findings) {
        Map<String, Taken> answered = new HashMap<>();
        for (RouteDocument document : documents) {
            for (Endpoint endpoint : document.endpoints()) {
                String name = endpoint.directName();
                if (endpoint.consumer() && !name.isEmpty()) {
                    claimDirect(name, endpoint, answered, document.file(), findings);
                }
            }
        }
        for (RouteDocument document : documents) {
            for (Endpoint endpoint : document.endpoints()) {
                if (!endpoint.consumer()) {
                    call(endpoint.directName(), endpoint.uri().line(), answered, document.file(), findings);
                }
            }
            document.root().walk((key, value) -> {
                if (key.equals("constant") || key.equals("expression")) {
                    callFromText(value, answered, document.file(), findings);
                }
            });
        }
    }

    private static void claimDirect(
            String name, Endpoint endpoint, Map<String, Taken> answered, SourceFile file, Findings findings) {
        Taken first = answered.putIfAbsent(name, new Taken(file, endpoint.uri().line()));
        if (first != null) {
            findings.wrong(
                    file,
                    endpoint.uri().line(),
                    "`direct:" + name + "` is answered by " + first + " already",
                    "Give this route another name, or take one of the two out");
        }
    }

    /** Of two routes with one address only the first would ever be asked. */
    private static void checkPaths(List<RouteDocument> documents, Findings findings) {
        Map<String, Taken> taken = new HashMap<>();
        for (RouteDocument document : documents) {
            for (Endpoint endpoint : document.endpoints()) {
                if (endpoint.consumer() && endpoint.scheme().equals("platform-http")) {
                    claimPath(endpoint, taken, document.file(), findings);
                }
            }
        }
    }

    private static void claimPath(Endpoint endpoint, Map<String, Taken> taken, SourceFile file, Findings findings) {
        Map<String, String> options = endpoint.options();
        String path = endpoint.path().isEmpty() ? options.getOrDefault("path", "") : endpoint.path();
        String consumes = options.getOrDefault("consumes", "");
        for (String method :
                options.getOrDefault("httpMethodRestrict", "any method").split(",", -1)) {
            Taken first = taken.putIfAbsent(
                    method.strip() + " " + path + " " + consumes,
                    new Taken(file, endpoint.uri().line()));
            if (first != null) {
                findings.wrong(
                        file,
                        endpoint.uri().line(),
                        method.strip() + " " + path + " is answered by " + first + " already",
                        "Give this route another path, or take one of the two out");
            }
        }
    }

    /** Enrich, recipient list and their like name endpoints in an expression. */
    private void callFromText(YamlValue value, Map<String, Taken> answered, SourceFile file, Findings findings) {
        if (value.text().startsWith("direct:")) {
            String name = value.text().substring("direct:".length()).replaceFirst("\\?.*", "");
            call(name.contains("$") || name.contains("{") ? "" : name, value.line(), answered, file, findings);
        }
    }

    private void call(String name, int line, Map<String, Taken> answered, SourceFile file, Findings findings) {
        if (name.isEmpty() || answered.containsKey(name)) {
            return;
        }
        if (name.startsWith(STATEMENT)) {
            String statement = "sql/" + name.substring(STATEMENT.length()) + ".sql";
            if (!classPath.has(statement)) {
                findings.wrong(
                        file,
                        line,
                        "`direct:" + name + "` runs " + statement + ", which does not exist",
                        "Add that file, or correct the name");
            }
            return;
        }
        findings.wrong(
                file,
                line,
                "nothing answers `direct:" + name + "`",
                nearestMend(name, answered.keySet(), "add a route from `direct` with that name"));
    }

    private static void checkConfigurations(List<RouteDocument> documents, Findings findings) {
        List<String> known = documents.stream()
                .flatMap(document -> document.entries("routeConfiguration").stream())
                .map(entry -> entry.textAt("id"))
                .toList();
        for (RouteDocument document : documents) {
            for (YamlValue route : document.routes()) {
                for (String wanted : route.textAt("routeConfigurationId").split(",", -1)) {
                    String name = wanted.strip();
                    if (!name.isEmpty() && !name.contains("*") && !known.contains(name)) {
                        findings.wrong(
                                document.file(),
                                route.lineOf("routeConfigurationId"),
                                "there is no route configuration `" + name + "`",
                                nearestMend(name, known, "add a `routeConfiguration` with that id"));
                    }
                }
            }
        }
    }

    private static String nearestMend(String name, Collection<String> known, String otherwise) {
        return Nearest.to(name, Set.copyOf(known))
                .map(nearest -> "Write `" + nearest + "` if that was meant, else " + otherwise)
                .orElse(Character.toUpperCase(otherwise.charAt(0)) + otherwise.substring(1));
    }
}
