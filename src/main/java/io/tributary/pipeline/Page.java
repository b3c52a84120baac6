package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.http.Call;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list: a statement that is asked for one row more than is shown, to know whether there is a next page. */
public final class Page {
    private final Call call;
    private final String statement;
    private final Map<String, @Nullable Object> parameters = new HashMap<>();

    /** A page of what {@code statement} lists in the caller's workspace. */
    public Page(Call call, String statement) {
        this.call = call;
        this.statement = statement;
        parameters.put("tenant", call.workspace().tenant());
        parameters.put("workspace", call.workspace().workspace());
        parameters.put("rows", call.limit() + 1);
    }

    public Page where(String parameter, @Nullable Object value) {
        parameters.put(parameter, value);
        return this;
    }

    public Page where(Map<String, @Nullable Object> several) {
        parameters.putAll(several);
        return this;
    }

    /** Reads the page; {@code cursor} tells of an entry how the list goes on after it. */
    public Answer read(
            TenantDatabase database, Function<Row, Map<String, @Nullable Object>> view, Function<Row, String> cursor) {
        List<Row> rows = database.read(call.workspace().tenant(), client -> {
            client.sql(Statements.text("plan-anew")).query(String.class).single();
            return client.sql(Statements.text(statement)).params(parameters).query().listOfRows().stream()
                    .map(Row::new)
                    .toList();
        });
        int limit = call.limit();
        boolean more = rows.size() > limit;
        List<Row> shown = more ? rows.subList(0, limit) : rows;
        return Answer.list(shown.stream().map(view).toList(), more ? cursor.apply(shown.get(limit - 1)) : null);
    }
}
