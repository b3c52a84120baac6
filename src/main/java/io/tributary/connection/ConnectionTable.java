package io.tributary.connection;

import io.tributary.json.Json;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The connections made by API, as the database holds them: secrets encrypted. */
final class ConnectionTable {
    private final TenantDatabase database;
    private final Secrets secrets;

    ConnectionTable(TenantDatabase database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /**
     * A connection as it is stored.
     *
     * @param unreadable what keeps its secrets from being read; null when nothing does
     */
    record Stored(
            String kind,
            Map<String, String> given,
            String revision,
            @Nullable String unreadable) {}

    /** Every connection of every tenant, with its revision. */
    Map<Connection.Id, String> revisions() {
        Map<Connection.Id, String> revisions = new HashMap<>();
        database.withoutTenant()
                .sql(Statements.text("list-connection-revisions"))
                .query(row -> {
                    revisions.put(
                            new Connection.Id(
                                    row.getString("tenant_id"), row.getString("workspace_id"), row.getString("name")),
                            row.getString("revision"));
                });
        return revisions;
    }

    Optional<Stored> find(Connection.Id id) {
        return database.read(id.tenant(), client -> find(client, id));
    }

    private Optional<Stored> find(JdbcClient client, Connection.Id id) {
        return client.sql(Statements.text("read-connection"))
                .params(params(id))
                .query((row, number) -> {
                    Map<String, String> given = texts(row.getString("parameters"));
                    String unreadable = null;
                    for (Map.Entry<String, String> secret :
                            texts(row.getString("secrets")).entrySet()) {
                        try {
                            given.put(secret.getKey(), secrets.decrypt(secret.getValue(), place(id, secret.getKey())));
                        } catch (Secrets.UnreadableSecretException e) {
                            unreadable = e.getMessage();
                        }
                    }
                    return new Stored(row.getString("kind"), given, row.getString("revision"), unreadable);
                })
                .optional();
    }

    /** Keeps a connection under a new revision, with its queue where it has one, and tells the audit log. */
    void put(Connection.Id id, ConnectionKind kind, Map<String, String> given, String actor) {
        Map<String, String> open = new LinkedHashMap<>();
        Map<String, String> sealed = new LinkedHashMap<>();
        for (Parameter parameter : kind.parameters()) {
            String value = given.get(parameter.name());
            if (value != null && parameter.secret()) {
                sealed.put(parameter.name(), secrets.encrypt(value, place(id, parameter.name())));
            } else if (value != null) {
                open.put(parameter.name(), value);
            }
        }
        database.write(id.tenant(), client -> {
            Optional<String> before = client.sql(Statements.text("lock-connection"))
                    .params(params(id))
                    .query(String.class)
                    .optional();
            if (before.isPresent() && !before.get().equals(kind.name())) {
                forget(client, id);
            }
            client.sql(Statements.text("upsert-connection"))
                    .params(params(id))
                    .param("kind", kind.name())
                    .param("parameters", Json.write(open))
                    .param("secrets", Json.write(sealed))
                    .param("revision", UUID.randomUUID())
                    .update();
            client.sql(Statements.text("delete-connection-state"))
                    .params(params(id))
                    .update();
            if (kind.sends() != ConnectionKind.Sends.NOTHING) {
                openQueue(client, id, kind);
            }
            audit(client, id, actor, before.isPresent() ? "connection.changed" : "connection.created");
            return id;
        });
    }

    /** Gives a connection made by file its queue, where it sends; false when its workspace does not exist. */
    boolean prepare(Connection.Id id, ConnectionKind kind) {
        return database.write(id.tenant(), client -> {
            boolean exists = client.sql(Statements.text("list-workspaces"))
                    .param("tenant", id.tenant())
                    .query((row, number) -> row.getString("workspace_id"))
                    .list()
                    .contains(id.workspace());
            if (exists && kind.sends() != ConnectionKind.Sends.NOTHING) {
                openQueue(client, id, kind);
            }
            return exists;
        });
    }

    private static void openQueue(JdbcClient client, Connection.Id id, ConnectionKind kind) {
        client.sql(Statements.text("insert-delivery-queue"))
                .params(params(id))
                .param("events", kind.sends() == ConnectionKind.Sends.EVENTS)
                .update();
    }

    /** Removes a connection with everything that waits to be sent through it; false when there was none. */
    boolean delete(Connection.Id id, String actor) {
        return database.write(id.tenant(), client -> {
            int rows = client.sql(Statements.text("delete-connection"))
                    .params(params(id))
                    .update();
            if (rows > 0) {
                forget(client, id);
                audit(client, id, actor, "connection.deleted");
            }
            return rows > 0;
        });
    }

    private static void forget(JdbcClient client, Connection.Id id) {
        for (String what : List.of("delete-connection-state", "delete-delivery-queue", "delete-deliveries")) {
            client.sql(Statements.text(what)).params(params(id)).update();
        }
    }

    private static void audit(JdbcClient client, Connection.Id id, String actor, String action) {
        client.sql(Statements.text("insert-audit"))
                .param("tenant", id.tenant())
                .param("workspace", id.workspace())
                .param("actor", actor)
                .param("action", action)
                .param("subject", id.name())
                .update();
    }

    static Map<String, Object> params(Connection.Id id) {
        return Map.of("tenant", id.tenant(), "workspace", id.workspace(), "name", id.name());
    }

    static Connection.Id id(WorkspaceId workspace, String name) {
        return new Connection.Id(workspace.tenant(), workspace.workspace(), name);
    }

    private static Secrets.Place place(Connection.Id id, String parameter) {
        return new Secrets.Place(id.tenant(), id.workspace(), id.name(), parameter);
    }

    private static Map<String, String> texts(String json) {
        Map<String, String> texts = new LinkedHashMap<>();
        Json.readObject(json).forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }
}
