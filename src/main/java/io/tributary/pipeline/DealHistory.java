package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.http.Call;
import io.tributary.ingest.StoredDeal;
import io.tributary.json.Json;
import io.tributary.tenant.TenantDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was changed in a deal, newest first: what each change replaced, who made it and why. */
public final class DealHistory {
    private final TenantDatabase database;

    public DealHistory(TenantDatabase database) {
        this.database = database;
    }

    public Answer list(Call call) {
        UUID id = call.idAt(0);
        database.read(call.workspace().tenant(), client -> StoredDeal.of(client, call.workspace(), id));
        return new Page(call, "list-history")
                .where("deal_id", id)
                .where("before", Cursor.number(call))
                .read(database, DealHistory::view, row -> Cursor.of(row.number("history_id")));
    }

    private static Map<String, @Nullable Object> view(Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.text("history_id"));
        view.put("deal_id", row.text("subject_id"));
        view.put("at", row.time("at"));
        view.put("cause", row.text("cause"));
        view.put("source", row.text("source"));
        view.put("actor", row.text("actor"));
        view.put("import_id", row.text("import_id"));
        view.put("row", row.numberOrNull("import_row"));
        view.put("source_updated_at", row.time("source_updated_at"));
        view.put("undone", row.isTrue("undone"));
        view.put("replaced", Json.readStored(row.text("replaced")));
        return view;
    }
}
