package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.http.Call;
import io.tributary.tenant.TenantDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tenant's keys, as its administrators see them: what each may do, never the key itself. */
public final class KeyList {
    private final TenantDatabase database;

    public KeyList(TenantDatabase database) {
        this.database = database;
    }

    /** A page of the keys of all the tenant's workspaces, newest first. */
    public Answer read(Call call) {
        return new Page(call, "list-keys")
                .where("before", Cursor.id(call))
                .read(database, KeyList::view, row -> Cursor.of(row.id("key_id")));
    }

    private static Map<String, @Nullable Object> view(Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("key_id", row.text("key_id"));
        view.put("name", row.text("name"));
        view.put("workspace_id", row.text("workspace_id"));
        view.put("scopes", row.json("scopes"));
        if (row.json("form") instanceof Map<?, ?> form) {
            form.forEach((name, value) -> view.put(String.valueOf(name), value));
        }
        view.put("created_at", row.time("created_at"));
        return view;
    }
}
