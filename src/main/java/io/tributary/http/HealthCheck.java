package io.tributary.http;

import io.tributary.json.Json;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether the hub can take deals: whether its database answers and holds the schema. It never waits for a worker
 * or for a database that hangs, since a full house is when it is asked for.
 */
public final class HealthCheck implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(HealthCheck.class);
    private static final long PATIENCE_MILLIS = Duration.ofMillis(1500).toMillis();

    private final DataSource database;
    private final ExecutorService prober =
            new ThreadPoolExecutor(0, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "health");
                thread.setDaemon(true);
                return thread;
            });

    private @Nullable CompletableFuture<Optional<String>> running;

    public HealthCheck(DataSource database) {
        this.database = database;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a probe tells of its failure as trouble, and never fails itself
    public void handle(RoutingContext context) {
        probe().copy()
                .completeOnTimeout(Optional.of("The database does not answer."), PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .thenAccept(trouble -> context.vertx().runOnContext(any -> answer(context, trouble)));
    }

    /** What is wrong, if anything; whoever asks while a probe is under way is told what it finds. */
    private synchronized CompletableFuture<Optional<String>> probe() {
        CompletableFuture<Optional<String>> probe = running;
        if (probe == null || probe.isDone()) {
            probe = CompletableFuture.supplyAsync(this::trouble, prober);
            running = probe;
        }
        return probe;
    }

    private Optional<String> trouble() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(2);
            try (ResultSet row = statement.executeQuery("select to_regclass('public.deal') is not null")) {
                return row.next() && row.getBoolean(1)
                        ? Optional.empty()
                        : Optional.of("The database holds no schema of the hub.");
            }
        } catch (SQLException e) {
            LOG.warn("The database cannot be reached: {}", e.toString());
            return Optional.of("The database cannot be reached.");
        }
    }

    private static void answer(RoutingContext context, Optional<String> trouble) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        context.response()
                .setStatusCode(trouble.isPresent() ? 503 : 200)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store");
        if (trouble.isPresent()) {
            context.response().putHeader("Retry-After", "2");
        }
        context.response()
                .end(Buffer.buffer(Json.writeBytes(
                        trouble.isPresent()
                                ? Map.of("status", "DOWN", "error", trouble.get())
                                : Map.of("status", "UP"))));
    }
}
