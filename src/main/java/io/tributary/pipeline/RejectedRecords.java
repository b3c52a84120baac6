package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.http.Call;
import io.tributary.tenant.TenantDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The quarantine, as it is read: each record as it came, with every fault found in it. */
public final class RejectedRecords {
    private final TenantDatabase database;

    public RejectedRecords(TenantDatabase database) {
        this.database = database;
    }

    /** A page of records, newest first. */
    public Answer list(Call call) {
        return new Page(call, "list-rejected")
                .where("before", Cursor.id(call))
                .where("source", Filters.text(call, "source"))
                .where("import_id", Filters.id(call, "import_id"))
                .read(database, RejectedRecords::view, row -> Cursor.of(row.id("rejected_id")));
    }

    private static Map<String, @Nullable Object> view(Row row) {
        Object imports = row.json("import_ids");
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.text("rejected_id"));
        view.put("source", row.text("source"));
        view.put("import_id", imports instanceof List<?> ids && !ids.isEmpty() ? ids.get(ids.size() - 1) : null);
        view.put("import_ids", imports);
        view.put("row", row.number("import_row"));
        view.put("raw", row.json("raw"));
        view.put("errors", row.json("errors"));
        view.put("actor", row.text("actor"));
        view.put("created_at", row.time("created_at"));
        return view;
    }
}
