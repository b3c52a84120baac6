package io.tributary.start;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tributary.event.EventLogConsumer;
import io.tributary.ingest.GroupCommit;
import io.tributary.live.LiveFeed;
import io.tributary.routefile.RouteFiles;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.main.Main;

/** Figures for the hub's operator, in the form of Prometheus. They hold no data of any tenant beyond counts. */
final class MetricsWiring implements AutoCloseable {
    /** The routes of a connection are named by its kind, tenant, workspace and name; here by its kind alone. */
    private static final MeterFilter ROUTES_WITHOUT_TENANTS = MeterFilter.replaceTagValues("routeId", id -> {
        int dot = id.indexOf('.');
        return dot < 0 ? id : id.substring(0, dot);
    });

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    static MetricsWiring bind(Main main, HikariDataSource pool) {
        MetricsWiring wiring = new MetricsWiring();
        wiring.registry.config().meterFilter(ROUTES_WITHOUT_TENANTS);
        Metrics.addRegistry(wiring.registry);
        // Camel's own metrics look for it under this name.
        main.bind("metricsRegistry", wiring.registry);
        pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(wiring.registry));
        return wiring;
    }

    /** Watches what is there once the hub runs. */
    void watch(CamelContext context) {
        GroupCommit funnel = context.getRegistry().findSingleByType(GroupCommit.class);
        gauge("tributary.records.waiting", "Single records that wait for a writer", funnel::waiting);
        LiveFeed feed = context.getRegistry().findSingleByType(LiveFeed.class);
        gauge("tributary.live.sockets", "Open sockets of the live feed", feed::sockets);
        gauge("tributary.live.behind", "Sockets that are sent what they missed", feed::behind);
        RouteFiles files = context.getRegistry().findSingleByType(RouteFiles.class);
        gauge(
                "tributary.routefiles.broken",
                "Own files that are not in force as they are",
                () -> files.states().stream().filter(file -> !file.isLoaded()).count());
        gauge("tributary.queue.waiting", "Work in all queues between routes", () -> queued(context));
        gauge(
                "tributary.events.behind",
                "Events that readers have not dealt with yet, as known here",
                () -> behind(context));
        gauge(
                "tributary.readers.stuck",
                "Workspaces in which a reader of events fails again and again at the same batch",
                () -> EventLogConsumer.in(context)
                        .mapToInt(reader -> reader.stuck().size())
                        .sum());
        gauge(
                "tributary.events.set.aside",
                "Events that readers could not deal with and were moved past, since the start",
                () -> EventLogConsumer.in(context)
                        .mapToLong(EventLogConsumer::setAside)
                        .sum());
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    private static Number queued(CamelContext context) {
        return context.getEndpoints().stream()
                .filter(SedaEndpoint.class::isInstance)
                .mapToInt(endpoint -> ((SedaEndpoint) endpoint).getCurrentQueueSize())
                .sum();
    }

    private static Number behind(CamelContext context) {
        return EventLogConsumer.in(context).mapToLong(EventLogConsumer::behind).sum();
    }

    @Override
    public void close() {
        Metrics.removeRegistry(registry);
        registry.close();
    }
}
