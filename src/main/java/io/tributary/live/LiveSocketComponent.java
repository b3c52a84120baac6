package io.tributary.live;

import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.vertx.websocket.VertxWebsocketComponent;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConfiguration;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConsumer;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEndpoint;
import org.apache.camel.component.vertx.websocket.VertxWebsocketEvent;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHost;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHostConfiguration;
import org.apache.camel.component.vertx.websocket.VertxWebsocketHostKey;
import org.apache.camel.spi.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel's WebSocket component on the hub's one port. Left alone it opens a port of its own, and does not tell a route whom
 * the gate has let in. Of what clients send nothing is taken: the feed goes one way.
 */
@Component("vertx-websocket")
public final class LiveSocketComponent extends VertxWebsocketComponent {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSocketComponent.class);

    @Override
    protected void doInit() throws Exception {
        setVertx(getCamelContext()
                .getRegistry()
                .findSingleByType(VertxPlatformHttpServer.class)
                .getVertx());
        super.doInit();
    }

    @Override
    protected VertxWebsocketHost createVertxWebsocketHost(
            VertxWebsocketHostConfiguration configuration, VertxWebsocketHostKey key) {
        VertxPlatformHttpServer server =
                getCamelContext().getRegistry().findSingleByType(VertxPlatformHttpServer.class);
        VertxPlatformHttpRouter router = VertxPlatformHttpRouter.lookup(
                getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(server.getConfigurationPort()));
        VertxWebsocketHostConfiguration onePort =
                new VertxWebsocketHostConfiguration(configuration.getVertx(), router, null, null);
        return new VertxWebsocketHost(getCamelContext(), onePort, key) {
            @Override
            public void start() {
                // The hub's own server listens already.
            }
        };
    }

    @Override
    protected VertxWebsocketEndpoint createEndpointInstance(String uri, VertxWebsocketConfiguration configuration) {
        return new VertxWebsocketEndpoint(uri, this, configuration) {
            @Override
            public Consumer createConsumer(Processor processor) throws Exception {
                VertxWebsocketConsumer consumer = new LiveSocketConsumer(this, processor);
                configureConsumer(consumer);
                return consumer;
            }
        };
    }

    private static final class LiveSocketConsumer extends VertxWebsocketConsumer {
        LiveSocketConsumer(VertxWebsocketEndpoint endpoint, Processor processor) {
            super(endpoint, processor);
        }

        @Override
        public void onMessage(String connectionKey, Object message, SocketAddress remote, RoutingContext context) {
            // Nothing is expected from there.
        }

        /** A line that breaks is told of as a close besides. */
        @Override
        public void onException(String connectionKey, Throwable cause, SocketAddress remote, RoutingContext context) {
            LOG.debug("A client of the live feed is gone: {}", String.valueOf(cause));
        }

        /** Query parameters would arrive as headers and could steer the route; all it needs is the admission. */
        @Override
        protected void populateExchangeHeaders(
                Exchange exchange,
                String connectionKey,
                SocketAddress remote,
                RoutingContext context,
                VertxWebsocketEvent event) {
            exchange.setProperty("socketEvent", event.name());
            exchange.setProperty("admission", context.<Admission>get(LiveGate.ADMISSION));
        }
    }
}
