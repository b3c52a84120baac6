package io.tributary.event;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.deal.Times;
import io.tributary.http.Call;
import io.tributary.json.Json;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The readers of a workspace's log for its administrators: how far each is, and the events that it could not deal with and
 * was moved past, to be looked at, dealt with again or thrown away.
 */
public final class ReaderDesk {
    private static final int DAYS_KEPT = 90;

    private final TenantDatabase database;
    private final Readers readers;

    /** The readers at work in this hub. */
    @FunctionalInterface
    public interface Readers {
        /**
         * Has a reader deal with an event again.
         *
         * @return why it could not; empty when it did
         */
        Optional<String> again(String reader, Event event);
    }

    public ReaderDesk(TenantDatabase database, Readers readers) {
        this.database = database;
        this.readers = readers;
    }

    /** A page of the readers, by name. */
    public Answer list(Call call) {
        WorkspaceId workspace = call.workspace();
        return page(
                call,
                database.read(
                        workspace.tenant(),
                        client -> at(client, "list-readers", workspace)
                                .param("after", call.parameter("cursor").orElse(""))
                                .param("rows", call.limit() + 1)
                                .query((row, number) -> reader(row))
                                .list()),
                reader -> String.valueOf(reader.get("reader")));
    }

    /** A page of a reader's dead letters, the earliest event first. */
    public Answer deadLetters(Call call) {
        WorkspaceId workspace = call.workspace();
        long after = cursor(call);
        return page(
                call,
                database.read(
                        workspace.tenant(),
                        client -> at(client, "list-reader-dead-letters", workspace)
                                .param("reader", readerOf(call))
                                .param("after", after)
                                .param("rows", call.limit() + 1)
                                .query((row, number) -> letter(row))
                                .list()),
                letter -> String.valueOf(letter.get("sequence")));
    }

    /**
     * Has the reader deal with one again; when it does, that is no dead letter any more.
     *
     * @throws ApiException 409 when it cannot, with why
     */
    public Answer replay(Call call) {
        WorkspaceId workspace = call.workspace();
        String reader = readerOf(call);
        Event event = database.read(
                        workspace.tenant(),
                        client -> at(client, "read-reader-dead-letter", workspace)
                                .param("reader", reader)
                                .param("sequence", sequence(call))
                                .query((row, number) -> event(workspace, row))
                                .optional())
                .orElseThrow(ApiException::notFound);
        Optional<String> failure = readers.again(reader, event);
        if (failure.isPresent()) {
            letter(call, "fail-reader-dead-letter", Map.of("failure", failure.get()), null);
            throw ApiException.conflict("still_failing", "The event could not be dealt with: " + failure.get());
        }
        letter(call, "delete-reader-dead-letter", Map.of(), "reader_dead_letter.replayed");
        return Answer.ok(Map.of("status", "success", "sequence", event.sequence(), "replayed", 1));
    }

    /** Throws one away. */
    public Answer discard(Call call) {
        if (letter(call, "delete-reader-dead-letter", Map.of(), "reader_dead_letter.discarded") == 0) {
            throw ApiException.notFound();
        }
        return Answer.empty(204);
    }

    /** Throws away what nobody looked at for 90 days. */
    static void purge(TenantDatabase database, WorkspaceId workspace) {
        database.write(
                workspace.tenant(),
                client -> at(client, "delete-old-reader-dead-letters", workspace)
                        .param("days", DAYS_KEPT)
                        .update());
    }

    private int letter(Call call, String statement, Map<String, ?> more, @Nullable String action) {
        WorkspaceId workspace = call.workspace();
        return database.write(workspace.tenant(), client -> {
            int rows = at(client, statement, workspace)
                    .param("reader", readerOf(call))
                    .param("sequence", sequence(call))
                    .params(more)
                    .update();
            if (rows > 0 && action != null) {
                at(client, "insert-audit", workspace)
                        .param("actor", call.caller().actor())
                        .param("action", action)
                        .param("subject", readerOf(call) + " " + sequence(call))
                        .update();
            }
            return rows;
        });
    }

    private static StatementSpec at(JdbcClient client, String statement, WorkspaceId workspace) {
        return client.sql(Statements.text(statement))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace());
    }

    private static String readerOf(Call call) {
        return call.path().split("/", -1)[1];
    }

    private static long sequence(Call call) {
        try {
            return Long.parseLong(call.path().split("/", -1)[3]);
        } catch (NumberFormatException noNumber) {
            throw ApiException.notFound();
        }
    }

    private static long cursor(Call call) {
        String cursor = call.parameter("cursor").orElse("0");
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException notOurs) {
            throw ApiException.invalid(
                    List.of(new FieldError("cursor", cursor, "is none that this list has given as next_cursor")));
        }
    }

    private static Answer page(
            Call call, List<Map<String, @Nullable Object>> rows, Function<Map<String, @Nullable Object>, String> name) {
        boolean more = rows.size() > call.limit();
        List<Map<String, @Nullable Object>> page = more ? rows.subList(0, call.limit()) : rows;
        return Answer.list(page, more ? name.apply(page.get(page.size() - 1)) : null);
    }

    private static Map<String, @Nullable Object> reader(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("reader", row.getString("reader"));
        view.put("position", row.getLong("position"));
        view.put("behind", row.getLong("behind"));
        view.put("failures", row.getInt("failures"));
        view.put("last_failure", row.getString("last_failure"));
        view.put("dead_letters", row.getLong("dead_letters"));
        return view;
    }

    private static Map<String, @Nullable Object> letter(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("sequence", row.getLong("sequence"));
        view.put("type", row.getString("type"));
        view.put("subject", row.getString("subject"));
        view.put("at", Times.text(row.getTimestamp("at").toInstant()));
        view.put("failure", row.getString("failure"));
        view.put("set_aside_at", Times.text(row.getTimestamp("set_aside_at").toInstant()));
        view.put("data", Json.readStored(row.getString("data")));
        return view;
    }

    private static Event event(WorkspaceId workspace, ResultSet row) throws SQLException {
        return new Event(
                workspace,
                row.getLong("sequence"),
                row.getString("type"),
                row.getObject("subject", UUID.class),
                row.getTimestamp("at").toInstant(),
                row.getString("data"));
    }
}
