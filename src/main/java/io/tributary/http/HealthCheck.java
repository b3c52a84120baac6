package io.tributary.http;

import io.tributary.json.Json;
import io.tributary.tenant.Keys;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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
 * Tells whether the hub can take deals: whether its database answers and holds the schema, whether its funnel has room, and
 * so on; the operator is told the details. It never waits for a worker
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

    private final List<HealthProbe> probes;
    private final byte[] adminKeyHash;
    private @Nullable CompletableFuture<Optional<String>> running;

    /**
     * @param adminKey whoever sends it is told the details
     * @param probes what else has to be well
     */
    public HealthCheck(DataSource database, String adminKey, List<HealthProbe> probes) {
        this.database = database;
        this.adminKeyHash = Keys.hash(adminKey);
        this.probes = List.copyOf(probes);
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

    private void answer(RoutingContext context, Optional<String> databaseTrouble) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        Optional<String> trouble = databaseTrouble.or(
                () -> probes.stream().flatMap(probe -> probe.trouble().stream()).findFirst());
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", trouble.isPresent() ? "DOWN" : "UP");
        trouble.ifPresent(reason -> body.put("error", reason));
        if (isOperator(context)) {
            body.put("checks", checks(databaseTrouble));
        }
        context.response()
                .setStatusCode(trouble.isPresent() ? 503 : 200)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store");
        if (trouble.isPresent()) {
            context.response().putHeader("Retry-After", "2");
        }
        context.response().end(Buffer.buffer(Json.writeBytes(body)));
    }

    private boolean isOperator(RoutingContext context) {
        String key = Gate.headerKey(context.request());
        return key != null && MessageDigest.isEqual(adminKeyHash, Keys.hash(key));
    }

    private Map<String, @Nullable Object> checks(Optional<String> databaseTrouble) {
        Map<String, @Nullable Object> checks = new LinkedHashMap<>();
        checks.put("database", view(databaseTrouble, Map.of()));
        for (HealthProbe probe : probes) {
            checks.put(probe.name(), view(probe.trouble(), probe.details()));
        }
        return checks;
    }

    private static Map<String, @Nullable Object> view(Optional<String> trouble, Map<String, @Nullable Object> details) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("status", trouble.isPresent() ? "DOWN" : "UP");
        trouble.ifPresent(reason -> view.put("error", reason));
        view.putAll(details);
        return view;
    }
}
