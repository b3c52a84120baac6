package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.http.Call;
import io.tributary.tenant.TenantDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each source of the workspace is doing. */
public final class SourceStates {
    private final TenantDatabase database;

    public SourceStates(TenantDatabase database) {
        this.database = database;
    }

    /** A page of sources, by name. */
    public Answer list(Call call) {
        return new Page(call, "list-sources")
                .where("after", Cursor.name(call))
                .read(database, SourceStates::view, row -> Cursor.of(String.valueOf(row.text("source"))));
    }

    private static Map<String, @Nullable Object> view(Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("source", row.text("source"));
        view.put("state", failsNow(row) || row.isTrue("failing") ? "failing" : "ok");
        view.put("last_success", row.time("last_success"));
        view.put("last_failure", row.time("last_failure"));
        view.put("accepted", row.number("accepted"));
        view.put("rejected", row.number("rejected"));
        view.put("failures", row.number("failed"));
        view.put("lag_seconds", row.numberOrNull("lag_seconds"));
        return view;
    }

    /** Whether nothing was taken since something last went wrong. */
    private static boolean failsNow(Row row) {
        if (row.text("last_failure") == null) {
            return false;
        }
        return row.text("last_success") == null || row.moment("last_failure").isAfter(row.moment("last_success"));
    }
}
