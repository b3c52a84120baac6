package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.http.Call;
import io.tributary.tenant.TenantDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened in the workspace, newest first: the activity of its deals, and the audit log of who did what. */
public final class Feeds {
    private final TenantDatabase database;

    public Feeds(TenantDatabase database) {
        this.database = database;
    }

    public Answer activity(Call call) {
        return new Page(call, "list-activity")
                .where("before", Cursor.number(call))
                .read(database, Feeds::activity, row -> Cursor.of(row.number("activity_id")));
    }

    public Answer audit(Call call) {
        return new Page(call, "list-audit")
                .where("before", Cursor.number(call))
                .read(database, Feeds::auditEntry, row -> Cursor.of(row.number("audit_id")));
    }

    static Map<String, @Nullable Object> activity(Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.text("activity_id"));
        view.put("at", row.time("at"));
        view.put("type", row.text("type"));
        view.put("deal_id", row.text("deal_id"));
        view.put("deal_name", row.columns().get("deal_name"));
        view.put("source", row.text("source"));
        view.put("actor", row.text("actor"));
        view.put("import_id", row.text("import_id"));
        view.put("text", row.text("text"));
        return view;
    }

    private static Map<String, @Nullable Object> auditEntry(Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.text("audit_id"));
        view.put("at", row.time("at"));
        view.put("actor", row.text("actor"));
        view.put("action", row.text("action"));
        view.put("subject", row.text("subject"));
        view.put("source", row.text("source"));
        view.put("import_id", row.text("import_id"));
        view.put("details", row.json("details"));
        return view;
    }
}
