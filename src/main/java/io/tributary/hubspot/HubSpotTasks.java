package io.tributary.hubspot;

import io.tributary.connection.Connection;
import io.tributary.sql.Statements;
import io.tributary.tenant.Keys;
import io.tributary.tenant.TenantDatabase;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The tasks of each connection, in the database: kept before HubSpot is answered, gone when they are done. */
final class HubSpotTasks {
    private final TenantDatabase database;

    HubSpotTasks(TenantDatabase database) {
        this.database = database;
    }

    /** Keeps what is new of {@code events}; returns when it is committed. */
    void store(Connection connection, List<HubSpotEvent> events) {
        List<Told> told = new ArrayList<>();
        for (HubSpotEvent event : events) {
            String key = HexFormat.of().formatHex(Keys.hash(connection.name() + "\n" + event.key()));
            tasks(event).forEach(task -> told.add(new Told(key, task)));
        }
        if (told.isEmpty()) {
            return;
        }
        database.write(
                connection.workspace().tenant(),
                client -> named(client, "store-hubspot-events", connection)
                        .param("keys", array(told, Told::key))
                        .param("objects", array(told, one -> one.task().object()))
                        .param("object_ids", array(told, one -> one.task().id()))
                        .param("kinds", array(told, one -> one.task().kind().code()))
                        .param(
                                "occurred",
                                array(told, one -> one.task().occurredAt().toString()))
                        .update());
    }

    private record Told(String key, HubSpotTask task) {}

    /** What an event makes us do; nothing for objects that have no part in deals. */
    static List<HubSpotTask> tasks(HubSpotEvent event) {
        List<HubSpotTask> tasks = new ArrayList<>();
        if (!List.of("deal", "contact", "company").contains(event.object())) {
            return tasks;
        }
        HubSpotTask.Kind kind = switch (event.kind()) {
            case "deletion" -> HubSpotTask.Kind.DELETE;
            case "restore" -> HubSpotTask.Kind.RESTORE;
            case "privacyDeletion" -> HubSpotTask.Kind.ERASE;
            default -> HubSpotTask.Kind.READ;
        };
        String stays = event.newObjectId() == null ? event.objectIds().get(0) : event.newObjectId();
        tasks.add(task(event, stays, kind));
        for (String id : event.objectIds()) {
            if (!id.equals(stays)) {
                tasks.add(task(event, id, HubSpotTask.Kind.DELETE));
            }
        }
        return tasks;
    }

    private static HubSpotTask task(HubSpotEvent event, String id, HubSpotTask.Kind kind) {
        return new HubSpotTask(event.object(), id, kind, event.occurredAt(), 0, 0);
    }

    /** Adds tasks that were learnt of on the way, in the transaction of {@code client}. */
    void add(JdbcClient client, Connection connection, List<HubSpotTask> tasks) {
        if (!tasks.isEmpty()) {
            named(client, "add-hubspot-tasks", connection)
                    .param("objects", array(tasks, HubSpotTask::object))
                    .param("object_ids", array(tasks, HubSpotTask::id))
                    .param("kinds", array(tasks, task -> task.kind().code()))
                    .param("occurred", array(tasks, task -> task.occurredAt().toString()))
                    .update();
        }
    }

    /** Takes up to {@code most} tasks that are due. */
    List<HubSpotTask> claim(Connection connection, int most) {
        return database.write(
                connection.workspace().tenant(),
                client -> named(client, "claim-hubspot-tasks", connection)
                        .param("most", most)
                        .query((row, number) -> new HubSpotTask(
                                row.getString("object"),
                                row.getString("object_id"),
                                HubSpotTask.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                                row.getTimestamp("occurred_at").toInstant(),
                                row.getLong("version"),
                                row.getInt("attempts")))
                        .list());
    }

    /** Ends tasks, in the transaction of {@code client}. */
    void finish(JdbcClient client, Connection connection, List<HubSpotTask> tasks) {
        if (!tasks.isEmpty()) {
            named(client, "finish-hubspot-tasks", connection)
                    .param("objects", array(tasks, HubSpotTask::object))
                    .param("object_ids", array(tasks, HubSpotTask::id))
                    .param("versions", tasks.stream().map(HubSpotTask::version).toArray(Long[]::new))
                    .update();
        }
    }

    /** Puts tasks off, in the transaction of {@code client}. */
    void delay(JdbcClient client, Connection connection, List<HubSpotTask> tasks, int seconds, String reason) {
        if (!tasks.isEmpty()) {
            named(client, "delay-hubspot-tasks", connection)
                    .param("objects", array(tasks, HubSpotTask::object))
                    .param("object_ids", array(tasks, HubSpotTask::id))
                    .param("seconds", seconds)
                    .param("reason", reason)
                    .update();
        }
    }

    /** {@code statement} for this connection. */
    static StatementSpec named(JdbcClient client, String statement, Connection connection) {
        return client.sql(Statements.text(statement))
                .params(Map.of(
                        "tenant", connection.workspace().tenant(),
                        "workspace", connection.workspace().workspace(),
                        "connection", connection.name()));
    }

    private static <T> String[] array(List<T> list, Function<T, String> text) {
        return list.stream().map(text).toArray(String[]::new);
    }
}
