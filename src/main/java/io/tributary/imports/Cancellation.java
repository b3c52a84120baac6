package io.tributary.imports;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.http.Call;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends imports that run, at the wish of somebody: what they have taken stays, what is left is not taken. */
public final class Cancellation {
    private final TenantDatabase database;
    private final ImportQueue queue;

    public Cancellation(TenantDatabase database, ImportQueue queue) {
        this.database = database;
        this.queue = queue;
    }

    /** Ends the import that the path names. */
    public Answer cancel(Call call) {
        UUID id = call.idAt(1);
        boolean ended = database.write(call.workspace().tenant(), client -> {
            int rows = client.sql(Statements.text("cancel-import"))
                    .param("tenant", call.workspace().tenant())
                    .param("workspace", call.workspace().workspace())
                    .param("import_id", id)
                    .update();
            if (rows == 1) {
                client.sql(Statements.text("insert-import-audit"))
                        .param("tenant", call.workspace().tenant())
                        .param("workspace", call.workspace().workspace())
                        .param("actor", call.caller().actor())
                        .param("action", "import.cancelled")
                        .param("import_id", id)
                        .param("source", null)
                        .update();
                return true;
            }
            boolean exists = client
                    .sql(Statements.text("read-import"))
                    .param("tenant", call.workspace().tenant())
                    .param("workspace", call.workspace().workspace())
                    .param("import_id", id)
                    .query()
                    .listOfRows()
                    .stream()
                    .findFirst()
                    .isPresent();
            if (!exists) {
                throw ApiException.notFound();
            }
            return false;
        });
        if (!ended) {
            throw ApiException.conflict("not_running", "The import does not run any more, so it cannot be cancelled.");
        }
        queue.all().stream().filter(file -> file.takes(id)).forEach(QueuedImport::cancel);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("import_id", id.toString());
        body.put("state", "cancelled");
        return Answer.ok(body);
    }
}
