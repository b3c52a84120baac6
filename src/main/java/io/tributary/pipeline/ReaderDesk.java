package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.event.Event;
import io.tributary.event.EventLog;
import io.tributary.event.EventReaders;
import io.tributary.http.Call;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The readers of a workspace's log for its administrators: how far each is, and the events that it could not deal with and
 * was moved past, to be looked at, dealt with again or thrown away.
 */
public final class ReaderDesk {
    private final TenantDatabase database;
    private final Readers readers;

    /** The readers at work in this hub. */
    @FunctionalInterface
    public interface Readers {
        /**
         * Has a reader of the event's workspace deal with it again.
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
        return new Page(call, "list-readers")
                .where("after", Cursor.name(call))
                .read(database, ReaderDesk::reader, row -> Cursor.of(String.valueOf(row.text("reader"))));
    }

    /** A page of a reader's dead letters, the latest event first. */
    public Answer deadLetters(Call call) {
        return new Page(call, "list-reader-dead-letters")
                .where("reader", readerOf(call))
                .where("before", Cursor.number(call))
                .read(database, ReaderDesk::letter, row -> Cursor.of(row.number("sequence")));
    }

    /**
     * Has the reader deal with one again; when it does, that is no dead letter any more.
     *
     * @throws ApiException 409 when it cannot, with why
     */
    public Answer replay(Call call) {
        WorkspaceId workspace = call.workspace();
        String reader = readerOf(call);
        long sequence = sequenceOf(call);
        Event event = database.read(
                        workspace.tenant(),
                        client -> client.sql(Statements.text("read-reader-dead-letter"))
                                .params(letterOf(call))
                                .query((row, number) -> EventLog.event(workspace, row))
                                .optional())
                .orElseThrow(ApiException::notFound);
        // It may call out, so no transaction is open; should the hub end before the next one, the event comes twice.
        Optional<String> failure = readers.again(reader, event);
        if (failure.isPresent()) {
            String told = EventReaders.shortened(failure.get());
            database.write(
                    workspace.tenant(),
                    client -> client.sql(Statements.text("fail-reader-dead-letter"))
                            .params(letterOf(call))
                            .param("failure", told)
                            .update());
            throw ApiException.conflict("still_failing", "The event could not be dealt with: " + told);
        }
        delete(call, "reader_dead_letter.replayed");
        return Answer.ok(Map.of("status", "success", "sequence", sequence, "replayed", 1));
    }

    /** Throws one away. */
    public Answer discard(Call call) {
        if (delete(call, "reader_dead_letter.discarded") == 0) {
            throw ApiException.notFound();
        }
        return Answer.empty(204);
    }

    private int delete(Call call, String action) {
        return database.write(call.workspace().tenant(), client -> {
            int rows = client.sql(Statements.text("delete-reader-dead-letter"))
                    .params(letterOf(call))
                    .update();
            if (rows > 0) {
                client.sql(Statements.text("insert-audit"))
                        .param("tenant", call.workspace().tenant())
                        .param("workspace", call.workspace().workspace())
                        .param("actor", call.caller().actor())
                        .param("action", action)
                        .param("subject", readerOf(call) + " " + sequenceOf(call))
                        .update();
            }
            return rows;
        });
    }

    private static Map<String, Object> letterOf(Call call) {
        return Map.of(
                "tenant", call.workspace().tenant(),
                "workspace", call.workspace().workspace(),
                "reader", readerOf(call),
                "sequence", sequenceOf(call));
    }

    private static String readerOf(Call call) {
        return call.path().split("/", -1)[1];
    }

    private static long sequenceOf(Call call) {
        try {
            return Long.parseLong(call.path().split("/", -1)[3]);
        } catch (NumberFormatException noNumber) {
            throw ApiException.notFound();
        }
    }

    private static Map<String, @Nullable Object> reader(Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("reader", row.text("reader"));
        view.put("position", row.number("position"));
        view.put("behind", row.number("behind"));
        view.put("failures", row.number("failures"));
        view.put("last_failure", row.text("last_failure"));
        view.put("dead_letters", row.number("dead_letters"));
        return view;
    }

    private static Map<String, @Nullable Object> letter(Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("sequence", row.number("sequence"));
        view.put("type", row.text("type"));
        view.put("subject", row.text("subject"));
        view.put("at", row.time("at"));
        view.put("failure", row.text("failure"));
        view.put("set_aside_at", row.time("set_aside_at"));
        view.put("data", row.json("data"));
        return view;
    }
}
