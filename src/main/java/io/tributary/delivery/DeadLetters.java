package io.tributary.delivery;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.deal.FieldError;
import io.tributary.deal.Times;
import io.tributary.http.Call;
import io.tributary.json.Json;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What did not arrive within its day: to be looked at, sent again or thrown away by a workspace's administrators. */
public final class DeadLetters {
    private static final UUID LAST = new UUID(-1, -1);

    private final TenantDatabase database;
    private final Connections connections;

    public DeadLetters(TenantDatabase database, Connections connections) {
        this.database = database;
        this.connections = connections;
    }

    /** A page of a connection's dead letters, with what each holds. */
    public Answer list(Call call) {
        Connection.Id id = connection(call);
        List<Map<String, @Nullable Object>> letters = database.read(
                id.tenant(),
                client -> client.sql(Statements.text("list-dead-letters"))
                        .params(Deliveries.at(id))
                        .param("before", cursor(call))
                        .param("rows", call.limit() + 1)
                        .query((row, number) -> view(row))
                        .list());
        boolean more = letters.size() > call.limit();
        List<Map<String, @Nullable Object>> page = more ? letters.subList(0, call.limit()) : letters;
        return Answer.list(page, more ? String.valueOf(page.get(page.size() - 1).get("id")) : null);
    }

    /** Sends one again, with a day of tries before it. */
    public Answer replay(Call call) {
        UUID letter = call.idAt(3);
        if (revive(call, letter) == 0) {
            throw ApiException.notFound();
        }
        return Answer.ok(Map.of("status", "success", "id", letter.toString(), "replayed", 1));
    }

    /** Sends all of a connection again. */
    public Answer replayAll(Call call) {
        return Answer.ok(Map.of("status", "success", "replayed", revive(call, null)));
    }

    /** Throws one away. */
    public Answer discard(Call call) {
        Connection.Id id = connection(call);
        UUID letter = call.idAt(3);
        int rows = database.write(id.tenant(), client -> {
            int deleted = client.sql(Statements.text("delete-dead-letter"))
                    .params(Deliveries.at(id))
                    .param("id", letter)
                    .update();
            if (deleted > 0) {
                audit(client, call, id, "dead_letter.discarded");
            }
            return deleted;
        });
        if (rows == 0) {
            throw ApiException.notFound();
        }
        return Answer.empty(204);
    }

    private int revive(Call call, @Nullable UUID letter) {
        Connection.Id id = connection(call);
        return database.write(id.tenant(), client -> {
            int revived = client.sql(Statements.text("revive-dead-letters"))
                    .params(Deliveries.at(id))
                    .param("id", letter)
                    .param("patience_seconds", Backoff.PATIENCE.toSeconds())
                    .update();
            if (revived > 0) {
                audit(client, call, id, "dead_letter.replayed");
            }
            return revived;
        });
    }

    private static void audit(
            org.springframework.jdbc.core.simple.JdbcClient client, Call call, Connection.Id id, String action) {
        client.sql(Statements.text("insert-audit"))
                .param("tenant", id.tenant())
                .param("workspace", id.workspace())
                .param("actor", call.caller().actor())
                .param("action", action)
                .param("subject", id.name())
                .update();
    }

    private Connection.Id connection(Call call) {
        String name = call.path().split("/", -1)[1];
        return connections
                .find(call.workspace().tenant(), call.workspace().workspace(), name)
                .map(Connection::id)
                .orElseThrow(ApiException::notFound);
    }

    private static UUID cursor(Call call) {
        String cursor = call.parameter("cursor").orElse(null);
        if (cursor == null) {
            return LAST;
        }
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException notOurs) {
            throw ApiException.invalid(
                    List.of(new FieldError("cursor", cursor, "is none that this list has given as next_cursor")));
        }
    }

    private static Map<String, @Nullable Object> view(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.getString("delivery_id"));
        view.put("type", row.getString("type"));
        view.put("subject", row.getString("subject"));
        view.put("attempts", row.getInt("attempts"));
        view.put("error", row.getString("last_error"));
        view.put("created_at", time(Deliveries.instant(row.getTimestamp("created_at"))));
        view.put("dead_at", time(Deliveries.instant(row.getTimestamp("dead_at"))));
        view.put("payload", Json.readStored(row.getString("payload")));
        return view;
    }

    private static @Nullable String time(@Nullable Instant moment) {
        return moment == null ? null : Times.text(moment);
    }
}
