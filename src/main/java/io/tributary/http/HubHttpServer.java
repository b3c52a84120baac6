package io.tributary.http;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.answer.SoapAnswer;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;

/**
 * The one port. Camel's own server would neither compress nor tell the sizes of bodies apart, and answers a path that
 * does not exist without the one error format.
 */
final class HubHttpServer extends VertxPlatformHttpServer {
    private static final int MAX_FORM_FIELD = 10 * 1024 * 1024;

    /** Sockets are there to be sent to; what comes from a client is not read. */
    private static final int MAX_SOCKET_MESSAGE = 4 * 1024;

    /** Vert.x asks its routes in this order, and counts those that say nothing from 0 on. */
    private static final int AFTER_FIXED_PATHS = 1_000_000;

    private final HealthCheck health;
    private final VertxPlatformHttpServerConfiguration configuration;
    private final Gate gate;
    private final BodyLimits limits;
    private final List<Consumer<Router>> doors;
    private volatile boolean open;
    private io.vertx.core.http.@Nullable HttpServer server;

    HubHttpServer(
            VertxPlatformHttpServerConfiguration configuration,
            Gate gate,
            BodyLimits limits,
            HealthCheck health,
            List<Consumer<Router>> doors) {
        super(configuration);
        this.health = health;
        this.configuration = configuration;
        this.gate = gate;
        this.limits = limits;
        this.doors = doors;
    }

    @Override
    protected void initializeServer() {
        super.initializeServer();
        String name = VertxPlatformHttpRouter.getRouterNameFromPort(configuration.getPort());
        VertxPlatformHttpRouter camels = VertxPlatformHttpRouter.lookup(getCamelContext(), name);
        Router sub = Router.router(getVertx());
        // Camel's consumers ask their router for the handler that reads a body; ours knows what may be how large.
        VertxPlatformHttpRouter ours = new VertxPlatformHttpRouter(this, getVertx(), sub, name) {
            @Override
            public Handler<RoutingContext> bodyHandler() {
                return limits.handler();
            }

            /** Fixed paths go before those with a parameter, whichever route was started or reloaded last. */
            @Override
            public Route route(String path) {
                Route route = super.route(path);
                int parameter = path.indexOf(':');
                return parameter < 0 ? route : route.order(AFTER_FIXED_PATHS - parameter);
            }
        };
        getCamelContext().getRegistry().unbind(name);
        getCamelContext().getRegistry().bind(name, ours);
        camels.route("/*").order(-2000).handler(context -> {
            context.put(Gate.REQUEST_ID, Gate.requestId(context));
            if (open) {
                context.next();
            } else {
                // While routes come or go one after the other, their paths would look as if they did not exist.
                context.response().putHeader("Connection", "close");
                context.fail(503, ApiException.unavailable());
            }
        });
        getCamelContext().addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStarted(CamelContext context) {
                open = true;
            }

            @Override
            public void onContextStopping(CamelContext context) {
                open = false;
            }
        });
        camels.get("/health").order(-1500).handler(health);
        doors.forEach(door -> door.accept(camels));
        camels.route("/api/*").order(-1000).handler(gate);
        camels.route("/*").subRouter(sub);
        this.root = camels;
    }

    private @Nullable VertxPlatformHttpRouter root;

    @Override
    protected void startServer() throws Exception {
        Router router = Router.router(getVertx());
        for (int status : new int[] {400, 401, 403, 404, 405, 406, 409, 413, 414, 415, 422, 429, 500, 503}) {
            router.errorHandler(status, this::fail);
        }
        router.route("/*").subRouter(java.util.Objects.requireNonNull(root));
        HttpServerOptions options = new HttpServerOptions()
                .setCompressionSupported(true)
                .setHandle100ContinueAutomatically(true)
                .setMaxHeaderSize(32 * 1024)
                .setMaxInitialLineLength(16 * 1024)
                // A message may be long; the limit on the body as a whole is what counts.
                .setMaxFormAttributeSize(MAX_FORM_FIELD)
                // Each socket would be compressed by itself, at the cost of the funnel.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketMessageSize(MAX_SOCKET_MESSAGE)
                .setIdleTimeout(300)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        server = getVertx()
                .createHttpServer(options)
                .requestHandler(router)
                .listen(configuration.getBindPort(), configuration.getBindHost())
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @Override
    public io.vertx.core.http.@Nullable HttpServer getServer() {
        return server;
    }

    @Override
    public int getPort() {
        return server == null ? configuration.getBindPort() : server.actualPort();
    }

    @Override
    protected void stopServer() {
        if (server != null) {
            server.close().toCompletionStage().toCompletableFuture().join();
            server = null;
        }
    }

    @Override
    protected void stopVertx() {
        if (getVertx() != null) {
            getVertx().close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** Answers in the one error format what failed before, beside or after every route. */
    private void fail(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        boolean notThere = context.statusCode() == 404 || context.statusCode() == 405;
        ApiException refusal = notThere && pathsAreChanging() ? ApiException.unavailable() : refusal(context);
        String source = SourcePaths.sourceOf(context.normalizedPath());
        boolean soap = context.normalizedPath().equals(SourcePaths.OUTBOUND_MESSAGES)
                && SoapAnswer.isFor(context.request().getHeader("Content-Type"));
        String requestId = Gate.requestId(context);
        Answer answer = soap ? SoapAnswer.of(refusal, requestId) : Respond.toAnswer(refusal, source, requestId);
        answer.headers().forEach(response::putHeader);
        response.setStatusCode(answer.status())
                .putHeader("Content-Type", answer.contentType())
                .end(io.vertx.core.buffer.Buffer.buffer(answer.body()));
    }

    private boolean pathsAreChanging() {
        PathChanges changes = getCamelContext().getRegistry().lookupByNameAndType("pathChanges", PathChanges.class);
        return changes != null && changes.areUnderWay();
    }

    private static ApiException refusal(RoutingContext context) {
        if (context.failure() != null && !(context.failure() instanceof io.vertx.ext.web.handler.HttpException)) {
            ApiException known = Respond.refusalOf(context.failure());
            if (known.status() != 500 || context.statusCode() < 400 || context.statusCode() == 500) {
                return known;
            }
        }
        return switch (context.statusCode()) {
            case 400 -> ApiException.unparsable("The request cannot be read.");
            case 401 -> ApiException.unauthorized();
            case 404 -> ApiException.notFound();
            case 405 -> ApiException.of(405, "method_not_allowed", "This path does not take that method.");
            case 406 -> ApiException.of(406, "not_acceptable", "This cannot be answered in the form asked for.");
            case 413 -> ApiException.of(413, "too_large", "The body is larger than the limit.");
            case 414 -> ApiException.of(414, "uri_too_long", "The address is longer than the limit.");
            case 415 -> ApiException.of(415, "unsupported_media_type", "This path does not take that content type.");
            case 503 -> ApiException.unavailable();
            default -> Respond.refusalOf(null);
        };
    }

    /** Makes sure that bodies are read by our handler only. */
    static BodyHandler newBodyHandler(String uploads, long limit) {
        return BodyHandler.create(uploads).setBodyLimit(limit).setDeleteUploadedFilesOnEnd(true);
    }
}
