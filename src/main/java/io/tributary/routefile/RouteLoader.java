package io.tributary.routefile;

import io.tributary.check.SourceFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;

/** Puts the routes of a file into the running Camel, and takes them out again. */
final class RouteLoader {
    private final CamelContext camel;
    private final TrialContext trial;
    private final Map<String, Running> running = new HashMap<>();

    /** A file that is in force, and the routes that it has made. */
    private record Running(SourceFile file, Set<String> routes) {}

    RouteLoader(CamelContext camel) {
        this.camel = camel;
        this.trial = new TrialContext(camel);
    }

    /**
     * Puts a file's routes in force in place of those it had before. They are built apart first, so what fails there
     * changes nothing; what fails later ends with the routes that ran before.
     *
     * @param replaced the built-in file whose routes end with that; null when there is none
     * @param surroundings the other files whose templates and configurations it may name
     */
    void put(SourceFile file, @Nullable SourceFile replaced, Collection<SourceFile> surroundings) throws Exception {
        boolean empty = holdsNothing(file.text());
        if (!empty) {
            trial.tryOut(file, surroundings);
        }
        Running before = running.get(file.name());
        end(file.name());
        if (replaced != null) {
            end(replaced);
        }
        try {
            running.put(file.name(), new Running(file, empty ? Set.of() : load(file)));
        } catch (Exception e) {
            if (before != null) {
                running.put(file.name(), new Running(before.file, load(before.file)));
            }
            throw e;
        }
    }

    private static boolean holdsNothing(String text) {
        return text.lines()
                .map(String::strip)
                .allMatch(line -> line.isEmpty() || line.startsWith("#") || line.equals("---"));
    }

    private Set<String> load(SourceFile file) throws Exception {
        Set<String> others = routeIds();
        try {
            for (RoutesBuilder builder :
                    PluginHelper.getRoutesLoader(camel).findRoutesBuilders(TrialContext.resource(file))) {
                if (builder instanceof RouteConfigurationsBuilder configurations) {
                    configurations.updateRouteConfigurationsToCamelContext(camel);
                }
                builder.updateRoutesToCamelContext(camel);
                builder.addTemplatedRoutesToCamelContext(camel);
            }
            Set<String> now = routeIds();
            now.removeAll(others);
            return now;
        } catch (Exception e) {
            Set<String> half = routeIds();
            half.removeAll(others);
            for (String id : half) {
                remove(id);
            }
            throw e;
        }
    }

    /** Whether routes of a file are there. */
    boolean runs(SourceFile file) {
        return running.containsKey(file.name()) || !routesOf(file).isEmpty();
    }

    private void end(SourceFile file) throws Exception {
        end(file.name());
        for (String id : routesOf(file)) {
            remove(id);
        }
    }

    /** Ends the routes of the file of that name. */
    void end(String name) throws Exception {
        Running before = running.remove(name);
        if (before != null) {
            for (String id : before.routes) {
                remove(id);
            }
        }
    }

    /** The routes that a built-in file brought along at the start of the hub. */
    private Set<String> routesOf(SourceFile file) {
        return camel.getRoutes().stream()
                .filter(route -> route.getSourceResource() != null
                        && route.getSourceResource().getLocation().endsWith(":" + file.name()))
                .map(Route::getRouteId)
                .collect(Collectors.toSet());
    }

    private void remove(String id) throws Exception {
        if (camel.getRoute(id) != null) {
            camel.getRouteController().stopRoute(id);
            camel.removeRoute(id);
        }
        if (camel instanceof ModelCamelContext model && model.getRouteDefinition(id) != null) {
            model.removeRouteDefinition(model.getRouteDefinition(id));
        }
    }

    private Set<String> routeIds() {
        return camel.getRoutes().stream().map(Route::getRouteId).collect(Collectors.toCollection(HashSet::new));
    }
}
