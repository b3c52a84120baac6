package io.tributary.connection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a connection's routes of the templates of its kind. A template is given {@code tenant}, {@code workspace},
 * {@code connection} and whichever parameters it declares, never a secret one.
 */
public final class ConnectionRoutes implements Connections.Group {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionRoutes.class);
    private static final int DRAIN_SECONDS = 5;
    private static final long BETWEEN_TRIES_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** What would become further options in an endpoint's address. */
    private static final Pattern STEERING = Pattern.compile("[&?%+]");

    private final Supplier<@Nullable CamelContext> hub;
    private final Outward outward;
    private final ConnectionStates states;
    private final Map<Connection.Id, Running> running = new ConcurrentHashMap<>();

    /** What runs of a connection; a start that failed counts as running until {@code until}. */
    private record Running(String revision, List<String> routes, List<String> beans, boolean failed, long since) {}

    /** @param hub gives the context the routes run in; null until there is one */
    public ConnectionRoutes(Supplier<@Nullable CamelContext> hub, Outward outward, ConnectionStates states) {
        this.hub = hub;
        this.outward = outward;
        this.states = states;
    }

    @Override
    public boolean isReady() {
        CamelContext context = hub.get();
        return context != null && context.isStarted();
    }

    private CamelContext context() {
        return java.util.Objects.requireNonNull(hub.get(), "the hub has not started yet");
    }

    @Override
    public boolean runs(Connection connection) {
        Running now = running.get(connection.id());
        return now != null
                && now.revision().equals(connection.revision())
                && !(now.failed() && System.nanoTime() - now.since() > BETWEEN_TRIES_NANOS);
    }

    @Override
    public void start(Connection connection) {
        stop(connection.id());
        List<String> routes = new ArrayList<>();
        Map<String, String> beans = new LinkedHashMap<>();
        boolean failed = false;
        try {
            beans.putAll(bind(connection));
            for (RouteTemplateDefinition template : templates(connection.kind())) {
                routes.add(add(template, connection, beans));
            }
            LOG.info("Started the connection {}", connection);
        } catch (Exception e) {
            failed = true;
            LOG.error("Starting the connection {} failed", connection, e);
            states.failed(connection, "its routes did not start; the hub's log tells why");
        }
        running.put(
                connection.id(),
                new Running(
                        connection.revision(),
                        List.copyOf(routes),
                        List.copyOf(beans.values()),
                        failed,
                        System.nanoTime()));
    }

    private List<RouteTemplateDefinition> templates(ConnectionKind kind) {
        return context().getCamelContextExtension().getContextPlugin(Model.class).getRouteTemplateDefinitions().stream()
                .filter(template ->
                        template.getId().equals(kind.name()) || template.getId().startsWith(kind.name() + "-"))
                .toList();
    }

    private String add(RouteTemplateDefinition template, Connection connection, Map<String, String> beans) {
        Map<String, Object> parameters = parameters(template, connection);
        parameters.putAll(beans);
        return TemplatedRouteBuilder.builder(context(), template.getId())
                .routeId(template.getId() + "." + connection.id())
                .parameters(parameters)
                .add();
    }

    /** Binds what the routes need beyond texts; gives the name of each in the registry by the parameter's. */
    private Map<String, String> bind(Connection connection) {
        Map<String, String> names = new LinkedHashMap<>();
        connection.kind().beans(connection, outward).forEach((name, bean) -> {
            String bound = name + "." + connection.id();
            context().getRegistry().bind(bound, bean);
            names.put(name, bound);
        });
        return names;
    }

    private static Map<String, Object> parameters(RouteTemplateDefinition template, Connection connection) {
        Map<String, String> known = new LinkedHashMap<>();
        for (Parameter parameter : connection.kind().parameters()) {
            if (!parameter.secret()) {
                connection.find(parameter.name()).ifPresent(value -> known.put(parameter.name(), value));
            }
        }
        known.put("tenant", connection.workspace().tenant());
        known.put("workspace", connection.workspace().workspace());
        known.put("connection", connection.name());
        Map<String, Object> given = new LinkedHashMap<>();
        for (RouteTemplateParameterDefinition declared : template.getTemplateParameters()) {
            String value = known.get(declared.getName());
            if (value != null && STEERING.matcher(value).find()) {
                throw new IllegalArgumentException("the parameter " + declared.getName() + " of " + connection
                        + " holds one of & ? % +, which a route cannot be given");
            }
            if (value != null) {
                given.put(declared.getName(), value);
            }
        }
        return given;
    }

    @Override
    public void stop(Connection.Id id) {
        Running before = running.remove(id);
        if (before == null) {
            return;
        }
        for (String route : before.routes()) {
            try {
                context().getRouteController().stopRoute(route, DRAIN_SECONDS, TimeUnit.SECONDS);
                context().removeRoute(route);
            } catch (Exception e) {
                LOG.error("Stopping the route {} failed", route, e);
            }
        }
        before.beans().forEach(context().getRegistry()::unbind);
        LOG.info("Stopped the connection {}", id);
    }
}
