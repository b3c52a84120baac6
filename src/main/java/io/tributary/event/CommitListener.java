package io.tributary.event;

import io.tributary.sql.Statements;
import io.tributary.tenant.WorkspaceId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of every commit that wrote events, also those of other hubs on the same database: PostgreSQL tells once a batch,
 * on a connection kept for that. What was said while the connection was broken is made up for by asking how far each log
 * goes, after each new connection and every few seconds.
 */
public final class CommitListener extends ServiceSupport {
    private static final Logger LOG = LoggerFactory.getLogger(CommitListener.class);
    private static final int WAIT_MILLIS = 1000;
    private static final long ASK_NANOS = Duration.ofSeconds(10).toNanos();

    private final CamelContext context;
    private final Callable<Connection> connections;
    private final List<Committed> told = new CopyOnWriteArrayList<>();
    private @Nullable ExecutorService thread;
    private volatile boolean connected;
    private volatile boolean askNow;

    /** @param connections opens a connection of the application's role, outside the pool */
    public CommitListener(CamelContext context, Callable<Connection> connections) {
        this.context = context;
        this.connections = connections;
    }

    /** From now on {@code whom} is told of every commit, and within a second of how far each log goes already. */
    public void tell(Committed whom) {
        told.add(whom);
        askNow = true;
    }

    public void tellNoMore(Committed whom) {
        told.remove(whom);
    }

    /** Whether commits are heard of now, not only asked about. */
    public boolean isConnected() {
        return connected;
    }

    @Override
    protected void doStart() {
        thread = context.getExecutorServiceManager().newSingleThreadExecutor(this, "commit-listener");
        thread.execute(this::run);
    }

    @Override
    protected void doStop() {
        if (thread != null) {
            // Interrupting it would not end its wait, which takes a second at most.
            context.getExecutorServiceManager().shutdownGraceful(thread, 3L * WAIT_MILLIS);
            thread = null;
        }
    }

    private void run() {
        boolean complained = false;
        while (isRunAllowed()) {
            try (Connection connection = connections.call()) {
                listen(connection, complained);
                complained = false;
            } catch (Exception e) {
                if (isRunAllowed() && (connected || !complained)) {
                    LOG.warn("Commits are not heard of until the database answers again: {}", e.toString());
                    complained = true;
                }
                connected = false;
                pause();
            }
        }
        connected = false;
    }

    private void listen(Connection connection, boolean complained) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen tributary_events");
        }
        if (complained) {
            LOG.info("Commits are heard of again");
        }
        connected = true;
        long asked = System.nanoTime() - ASK_NANOS;
        PGConnection notified = connection.unwrap(PGConnection.class);
        while (isRunAllowed()) {
            if (askNow || System.nanoTime() - asked >= ASK_NANOS) {
                askNow = false;
                ask(connection);
                asked = System.nanoTime();
            }
            PGNotification[] notifications = notified.getNotifications(WAIT_MILLIS);
            for (PGNotification notification : notifications) {
                hear(notification.getParameter());
            }
        }
    }

    private void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet ends = statement.executeQuery(Statements.text("list-log-ends"))) {
            while (ends.next()) {
                pass(new WorkspaceId(ends.getString(1), ends.getString(2)), ends.getLong(3));
            }
        }
    }

    /** What is said is {@code tenant/workspace/sequence}; ids hold no slash. */
    private void hear(String said) {
        String[] parts = said.split("/", -1);
        if (parts.length == 3) {
            pass(new WorkspaceId(parts[0], parts[1]), Long.parseLong(parts[2]));
        }
    }

    private void pass(WorkspaceId workspace, long sequence) {
        for (Committed whom : told) {
            try {
                whom.upTo(workspace, sequence);
            } catch (RuntimeException e) {
                LOG.warn("A reader of events could not be told of a commit", e);
            }
        }
    }

    private void pause() {
        try {
            if (thread != null && isRunAllowed()) {
                thread.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
