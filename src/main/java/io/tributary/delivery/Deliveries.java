package io.tributary.delivery;

import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/**
 * What waits to be sent, in the table {@code delivery}. Whoever sends claims a few for a minute, so that several hubs
 * share the work and what a hub held when it died is sent by another: at least once.
 */
public final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int CLAIMED_AT_ONCE = 50;
    private static final Duration CLAIM = Duration.ofMinutes(1);

    /** A try begins only when it can end before the claim does. */
    private static final Duration LONGEST_TRY = Duration.ofSeconds(30);

    private static final int LONGEST_REASON = 500;

    /** How long a dead letter is kept. */
    private static final int DAYS_DEAD = 30;

    private final TenantDatabase database;
    private final Connections connections;

    public Deliveries(TenantDatabase database, Connections connections) {
        this.database = database;
        this.connections = connections;
    }

    /** Something to be sent. {@code id} makes it one thing, however often it is handed over. */
    record Message(UUID id, String type, @Nullable UUID subject, String payload) {}

    /**
     * The queues of this hub's connections in which something waits or the log has news for them; none while the database
     * is away, when nothing can be sent.
     */
    public List<String> queuesWithWork() {
        try {
            return queues();
        } catch (DataAccessException | TransactionException away) {
            LOG.debug("Nothing is sent while the database does not answer", away);
            return List.of();
        }
    }

    private List<String> queues() {
        return database
                .withoutTenant()
                .sql(Statements.text("list-queues-with-work"))
                .query((row, number) -> new Connection.Id(
                        row.getString("tenant_id"), row.getString("workspace_id"), row.getString("connection")))
                .list()
                .stream()
                .filter(id -> connections.find(id).isPresent())
                .map(Connection.Id::toString)
                .toList();
    }

    /** Keeps messages until they have arrived, in the transaction of whoever calls. */
    static void keep(JdbcClient client, Connection.Id connection, List<Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        client.sql(Statements.text("insert-deliveries"))
                .params(at(connection))
                .param("ids", messages.stream().map(Message::id).toArray(UUID[]::new))
                .param("types", messages.stream().map(Message::type).toArray(String[]::new))
                .param("subjects", messages.stream().map(Message::subject).toArray(UUID[]::new))
                .param("payloads", messages.stream().map(Message::payload).toArray(String[]::new))
                .param("patience_seconds", Backoff.PATIENCE.toSeconds())
                .update();
    }

    /** Claims what is due of one connection, the longest due first. */
    public List<Delivery> claim(String tenant, String workspace, String connection) {
        Connection.Id id = new Connection.Id(tenant, workspace, connection);
        return database.write(
                tenant,
                client -> client.sql(Statements.text("claim-deliveries"))
                        .params(at(id))
                        .param("rows", CLAIMED_AT_ONCE)
                        .param("claim_seconds", CLAIM.toSeconds())
                        .query((row, number) -> new Delivery(
                                id,
                                row.getObject("delivery_id", UUID.class),
                                row.getString("type"),
                                row.getString("payload"),
                                row.getInt("attempts"),
                                row.getTimestamp("due_at").toInstant()))
                        .list());
    }

    /** Whether there is time for a try before another may claim this; else it is left to whoever does. */
    public boolean isStillHeld(Delivery delivery) {
        return Instant.now().plus(LONGEST_TRY).isBefore(delivery.claimedUntil());
    }

    /** It has arrived. */
    public void arrived(Delivery delivery) {
        database.write(
                delivery.connection().tenant(),
                client -> client.sql(Statements.text("delete-delivery"))
                        .params(of(delivery))
                        .update());
        tell(delivery, null);
    }

    /**
     * It has not arrived: it waits for its next try, or becomes a dead letter when a day is over or the other side said
     * that it never will be taken.
     *
     * @param failure null when it was not tried at all, because the target is known to be down
     */
    public void failed(Delivery delivery, @Nullable Throwable failure) {
        UndeliveredException why = undelivered(failure);
        if (why == null && isNotTried(failure)) {
            postpone(delivery);
            return;
        }
        String reason = why == null ? "sending failed; the hub's log tells why" : String.valueOf(why.getMessage());
        String bounded = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        int attempts = delivery.attempts() + 1;
        database.write(delivery.connection().tenant(), client -> {
            boolean dead = client.sql(Statements.text("reschedule-delivery"))
                    .params(of(delivery))
                    .param("attempts", attempts)
                    .param("pause_seconds", Backoff.after(attempts).toMillis() / 1000.0)
                    .param("hopeless", why != null && why.isHopeless())
                    .param("error", bounded)
                    .query(Boolean.class)
                    .optional()
                    .orElse(false);
            if (dead) {
                client.sql(Statements.text("delete-old-dead-letters"))
                        .params(at(delivery.connection()))
                        .param("days", DAYS_DEAD)
                        .update();
            }
            return dead;
        });
        tell(delivery, bounded);
    }

    private void postpone(Delivery delivery) {
        database.write(
                delivery.connection().tenant(),
                client -> client.sql(Statements.text("postpone-delivery"))
                        .params(of(delivery))
                        .param("pause_seconds", Backoff.WHILE_OPEN.toSeconds())
                        .update());
    }

    private void tell(Delivery delivery, @Nullable String failure) {
        Connection.Id id = delivery.connection();
        if (failure == null) {
            connections.succeeded(id.tenant(), id.workspace(), id.name());
        } else {
            connections.failed(id.tenant(), id.workspace(), id.name(), failure);
        }
    }

    private static @Nullable UndeliveredException undelivered(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UndeliveredException undelivered) {
                return undelivered;
            }
        }
        return null;
    }

    private static boolean isNotTried(@Nullable Throwable failure) {
        return failure == null || failure instanceof io.github.resilience4j.circuitbreaker.CallNotPermittedException;
    }

    static Map<String, Object> at(Connection.Id id) {
        return Map.of("tenant", id.tenant(), "workspace", id.workspace(), "name", id.name());
    }

    private static Map<String, Object> of(Delivery delivery) {
        return Map.of("tenant", delivery.connection().tenant(), "id", delivery.id());
    }

    static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
