package io.tributary.email;

import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.event.ReaderLocks;
import jakarta.mail.AuthenticationFailedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over the turns in which a mailbox is read: lets one hub at a time have it, reports how each turn went, and waits
 * longer after each that failed. When the hub itself cannot take mails, the rest of a turn is let go at once; the mails stay
 * where they are.
 */
final class MailboxTurns implements PollingConsumerPollStrategy, ExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(MailboxTurns.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Connection connection;
    private final MailboxSession session;
    private volatile @Nullable Throwable fault;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long notBefore = System.nanoTime();
    private volatile boolean halted;

    MailboxTurns(Connection connection, MailboxSession session) {
        this.connection = connection;
        this.session = session;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        fault = null;
        halted = false;
        return System.nanoTime() - notBefore >= 0 && take(endpoint);
    }

    /** Of several hubs one at a time reads the mailbox; one that dies leaves it free at once. */
    private boolean take(Endpoint endpoint) {
        try {
            return locks(endpoint).take(connection.workspace(), lock());
        } catch (Exception e) {
            LOG.warn("Nobody can tell who reads the mailbox {}: {}", connection, e.toString());
            return false;
        }
    }

    private static ReaderLocks locks(Endpoint endpoint) {
        return endpoint.getCamelContext().getRegistry().findSingleByType(ReaderLocks.class);
    }

    private String lock() {
        return "mailbox " + connection.name();
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        locks(endpoint).release(connection.workspace(), lock());
        Throwable found = fault;
        if (found != null) {
            report(endpoint, found);
            return;
        }
        failures.set(0);
        connections(endpoint)
                .succeeded(
                        connection.workspace().tenant(), connection.workspace().workspace(), connection.name());
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        locks(endpoint).release(connection.workspace(), lock());
        for (Throwable found = cause; found != null; found = found.getCause()) {
            if (found instanceof AuthenticationFailedException) {
                session.refused();
            }
        }
        report(endpoint, cause);
        return false;
    }

    private void report(Endpoint endpoint, Throwable cause) {
        int failed = failures.incrementAndGet();
        long seconds = (long) connection.number("poll_seconds") << Math.min(failed - 1, 8);
        notBefore = System.nanoTime()
                + Math.min(Duration.ofSeconds(seconds).toNanos(), LONGEST_WAIT.toNanos())
                - Duration.ofMillis(500).toNanos();
        String reason = MailboxSession.told(cause, connection);
        if (failed == 1) {
            LOG.warn("The mailbox {} was not read: {}", connection, reason);
        }
        connections(endpoint)
                .failed(connection.workspace().tenant(), connection.workspace().workspace(), connection.name(), reason);
    }

    private static Connections connections(Endpoint endpoint) {
        return endpoint.getCamelContext().getRegistry().findSingleByType(Connections.class);
    }

    /** The hub takes nothing now: what is left of this turn is not tried. */
    void halt() {
        halted = true;
    }

    boolean isHalted() {
        return halted;
    }

    @Override
    public void handleException(Throwable exception) {
        fault = exception;
    }

    @Override
    public void handleException(String message, Throwable exception) {
        fault = exception;
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable exception) {
        fault = exception;
    }
}
