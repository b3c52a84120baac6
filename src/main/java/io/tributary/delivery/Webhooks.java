package io.tributary.delivery;

import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.connection.Outward;
import io.tributary.connection.OutwardException;
import io.tributary.connection.OutwardResponse;
import io.tributary.event.CloudEvent;
import io.tributary.event.Event;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells targets of events: takes them from the event log into the table of deliveries, and posts each. */
public final class Webhooks {
    private static final int EVENTS_AT_ONCE = 500;
    private static final int TURNS = 20;

    /** With this much waiting for a target, its further events stay in the log. */
    private static final int MOST_WAITING = 2_000;

    private final TenantDatabase database;
    private final Connections connections;
    private final Outward outward;

    public Webhooks(TenantDatabase database, Connections connections, Outward outward) {
        this.database = database;
        this.connections = connections;
        this.outward = outward;
    }

    /**
     * Makes deliveries of the events that came since the last time. Deliveries and the place in the log are kept in one
     * transaction, so each event becomes one delivery, whatever happens between.
     */
    public void collect(String tenant, String workspace, String name) {
        Optional<Connection> connection = connections.find(tenant, workspace, name);
        if (connection.isEmpty()) {
            return;
        }
        Set<String> wanted = EventTypes.read(connection.get().find("events").orElse(""));
        for (int turn = 0; turn < TURNS; turn++) {
            if (database.write(
                    tenant, client -> collect(client, connection.get().id(), wanted))) {
                return;
            }
        }
    }

    /** Whether that was all there is for now. */
    private static boolean collect(JdbcClient client, Connection.Id id, Set<String> wanted) {
        Optional<Long> readTo = client.sql(Statements.text("lock-delivery-queue"))
                .params(Deliveries.at(id))
                .query(Long.class)
                .optional();
        if (readTo.isEmpty() || isFull(client, id)) {
            return true;
        }
        List<Event> events = read(client, id, readTo.get(), wanted);
        if (events.isEmpty()) {
            return true;
        }
        Deliveries.keep(
                client,
                id,
                events.stream()
                        .filter(Event::isWanted)
                        .map(event -> message(id, event))
                        .toList());
        client.sql(Statements.text("advance-delivery-queue"))
                .params(Deliveries.at(id))
                .param("read_to", events.get(events.size() - 1).sequence())
                .update();
        return events.size() < EVENTS_AT_ONCE;
    }

    private static boolean isFull(JdbcClient client, Connection.Id id) {
        return client.sql(Statements.text("count-waiting-deliveries"))
                        .params(Deliveries.at(id))
                        .param("most", MOST_WAITING)
                        .query(Integer.class)
                        .single()
                >= MOST_WAITING;
    }

    private static List<Event> read(JdbcClient client, Connection.Id id, long after, Set<String> wanted) {
        WorkspaceId workspace = new WorkspaceId(id.tenant(), id.workspace());
        return client.sql(Statements.text("list-events"))
                .params(Deliveries.at(id))
                .param("types", wanted.toArray(String[]::new))
                .param("position", after)
                .param("rows", EVENTS_AT_ONCE)
                .query((row, number) -> new Event(
                        workspace,
                        row.getLong("sequence"),
                        row.getString("type"),
                        row.getObject("subject", UUID.class),
                        row.getTimestamp("at").toInstant(),
                        row.getString("data")))
                .list();
    }

    private static Deliveries.Message message(Connection.Id id, Event event) {
        return new Deliveries.Message(deliveryId(id, event), event.type(), event.subject(), CloudEvent.json(event));
    }

    /**
     * The id follows from event and connection, so that it is one delivery however often it is made; in the form of
     * UUID version 7, so that ids sort by the age of the event.
     */
    private static UUID deliveryId(Connection.Id id, Event event) {
        UUID hash = UUID.nameUUIDFromBytes(("webhook " + id + " " + event.sequence()).getBytes(StandardCharsets.UTF_8));
        long time = event.at().toEpochMilli() << 16;
        return new UUID(time | 0x7000L | (hash.getMostSignificantBits() & 0x0fffL), hash.getLeastSignificantBits());
    }

    /** Posts one event; returns when the target took it. */
    public void post(Delivery delivery) throws UndeliveredException {
        Connection connection = connections
                .find(delivery.connection())
                .orElseThrow(() -> new UndeliveredException("the connection is gone"));
        try {
            OutwardResponse response = outward.http()
                    .send(WebhookPost.of(connection, "msg_" + delivery.id(), delivery.payload(), Instant.now()));
            if (!response.ok()) {
                throw new UndeliveredException(WebhookPost.refusal(response));
            }
        } catch (OutwardException e) {
            throw new UndeliveredException(String.valueOf(e.getMessage()), false, e);
        }
    }
}
