package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.http.Call;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every file, batch and bulk call that came in, as it is read. */
public final class ImportBook {
    private static final List<String> STATES = List.of("running", "done", "failed", "cancelled", "rolled_back");

    /** How many faults an answer lists; the quarantine has all. */
    private static final int LISTED = 100;

    private final TenantDatabase database;

    public ImportBook(TenantDatabase database) {
        this.database = database;
    }

    /** A page of imports, newest first, each without its faults. */
    public Answer list(Call call) {
        return new Page(call, "list-imports")
                .where("before", Cursor.id(call))
                .where("source", Filters.text(call, "source"))
                .where("state", Filters.oneOf(call, "state", STATES))
                .read(
                        database,
                        row -> {
                            Map<String, @Nullable Object> view = new LinkedHashMap<>();
                            view.put("id", row.text("import_id"));
                            addCounts(view, row);
                            addCourse(view, row);
                            return view;
                        },
                        row -> Cursor.of(row.id("import_id")));
    }

    /** One import: the answer its sender got or will get, and how far it has come. */
    public Answer one(Call call) {
        UUID id = call.idAt(1);
        return database.read(call.workspace().tenant(), client -> {
            Row row = client
                    .sql(Statements.text("read-import"))
                    .param("tenant", call.workspace().tenant())
                    .param("workspace", call.workspace().workspace())
                    .param("import_id", id)
                    .query()
                    .listOfRows()
                    .stream()
                    .findFirst()
                    .map(Row::new)
                    .orElseThrow(ApiException::notFound);
            Map<String, @Nullable Object> view = new LinkedHashMap<>();
            view.put("status", "success");
            addCounts(view, row);
            view.put("errors", errors(client, call, id, row));
            view.put("warnings", row.json("warnings"));
            view.put("dry_run", false);
            addCourse(view, row);
            return Answer.ok(view);
        });
    }

    private static void addCounts(Map<String, @Nullable Object> view, Row row) {
        view.put("source", row.text("source"));
        view.put("import_id", row.text("import_id"));
        for (String count : List.of("received", "created", "updated", "unchanged", "rejected")) {
            view.put(count, row.number(count));
        }
    }

    private static void addCourse(Map<String, @Nullable Object> view, Row row) {
        boolean ended = row.text("finished_at") != null;
        Map<String, @Nullable Object> progress = new LinkedHashMap<>();
        progress.put("position", row.number("position"));
        // How many rows a file has is known when it has been read to its end.
        progress.put("total", ended ? Long.valueOf(row.number("received")) : null);
        progress.put("bytes_read", row.number("read_bytes"));
        progress.put("bytes_total", row.numberOrNull("total_bytes"));
        view.put("state", row.text("state"));
        view.put("progress", progress);
        view.put("kind", row.text("kind"));
        view.put("file_name", row.text("file_name"));
        view.put("actor", row.text("actor"));
        view.put("failure", row.text("failure"));
        view.put("started_at", row.time("started_at"));
        view.put("finished_at", row.time("finished_at"));
    }

    /** The first faults; while an import runs, and when it broke off, they are in quarantine alone. */
    private static @Nullable Object errors(JdbcClient client, Call call, UUID id, Row row) {
        Object stored = row.json("errors");
        if (row.number("rejected") == 0 || !(stored instanceof List<?> list) || !list.isEmpty()) {
            return stored;
        }
        List<Map<String, @Nullable Object>> errors = new ArrayList<>();
        client
                .sql(Statements.text("read-import-errors"))
                .param("tenant", call.workspace().tenant())
                .param("import_id", id)
                .query()
                .listOfRows()
                .stream()
                .map(Row::new)
                .forEach(record -> addErrors(errors, record));
        return errors;
    }

    private static void addErrors(List<Map<String, @Nullable Object>> errors, Row record) {
        if (record.json("errors") instanceof List<?> faults) {
            for (Object fault : faults) {
                if (fault instanceof Map<?, ?> known && errors.size() < LISTED) {
                    Map<String, @Nullable Object> error = new LinkedHashMap<>();
                    error.put("row", record.number("import_row"));
                    known.forEach((name, value) -> error.put(String.valueOf(name), value));
                    error.put("rejected_id", record.text("rejected_id"));
                    errors.add(error);
                }
            }
        }
    }
}
