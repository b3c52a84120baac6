package io.tributary.http;

import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.main.DefaultMainHttpServerFactory;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.main.HttpServerConfigurationProperties;

/** Gives Camel Main our server in place of its own. */
public final class HubHttpServerFactory extends DefaultMainHttpServerFactory {
    private final HealthCheck health;
    private final Gate gate;
    private final BodyLimits limits;
    private final List<Consumer<Router>> doors;

    /**
     * @param doors what else has paths of its own: the pages, and signing in
     */
    public HubHttpServerFactory(Gate gate, BodyLimits limits, HealthCheck health, List<Consumer<Router>> doors) {
        this.health = health;
        this.gate = gate;
        this.limits = limits;
        this.doors = List.copyOf(doors);
    }

    @Override
    public Service newHttpServer(CamelContext camelContext, HttpServerConfigurationProperties properties) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(properties.getHost());
        configuration.setBindPort(properties.getPort());
        configuration.setPath(properties.getPath());
        // The engine looks for it to learn the port.
        camelContext.getRegistry().bind("httpServerConfiguration", configuration);
        HubHttpServer server = new HubHttpServer(configuration, gate, limits, health, doors);
        server.setCamelContext(camelContext);
        camelContext.getRegistry().bind("httpServer", server);
        return server;
    }
}
