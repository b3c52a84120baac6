package io.tributary.automation;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.event.EventLog;
import io.tributary.event.NewEvent;
import io.tributary.http.Call;
import io.tributary.pipeline.Cursor;
import io.tributary.pipeline.Filters;
import io.tributary.pipeline.Page;
import io.tributary.pipeline.Row;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What automations have left to people: to be looked at and settled. */
public final class Tasks {
    private static final List<String> STATES = List.of("open", "done");

    private final TenantDatabase database;

    public Tasks(TenantDatabase database) {
        this.database = database;
    }

    /** A page of tasks, newest first. */
    public Answer list(Call call) {
        return new Page(call, "list-tasks")
                .where("before", Cursor.id(call))
                .where("state", Filters.oneOf(call, "state", STATES))
                .where("deal_id", Filters.id(call, "deal_id"))
                .where("assignee", Filters.text(call, "assignee"))
                .read(database, Tasks::view, row -> Cursor.of(row.id("task_id")));
    }

    /** Settles a task, or opens it again; saying what is so already changes nothing. */
    public Answer settle(Call call) {
        UUID id = call.idAt(1);
        String state = state(call.jsonObject());
        WorkspaceId workspace = call.workspace();
        Map<String, @Nullable Object> task = database.write(workspace.tenant(), client -> {
            String before = statement(client, "lock-task", workspace, id)
                    .query(String.class)
                    .optional()
                    .orElseThrow(ApiException::notFound);
            if (!before.equals(state)) {
                statement(client, "settle-task", workspace, id)
                        .param("state", state)
                        .param("actor", call.caller().actor())
                        .update();
            }
            Map<String, @Nullable Object> now = view(new Row(
                    statement(client, "read-task", workspace, id).query().singleRow()));
            if (!before.equals(state)) {
                tell(client, call, id, state, now);
            }
            return now;
        });
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("task", task);
        return Answer.ok(body);
    }

    private static void tell(JdbcClient client, Call call, UUID id, String state, Map<String, @Nullable Object> task) {
        WorkspaceId workspace = call.workspace();
        UUID deal = UUID.fromString(String.valueOf(task.get("deal_id")));
        client.sql(Statements.text("insert-audit"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("actor", call.caller().actor())
                .param("action", state.equals("done") ? "task.done" : "task.reopened")
                .param("subject", id.toString())
                .update();
        client.sql(Statements.text("append-activities"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("deal_id", deal)
                .param("source", "manual")
                .param("actor", call.caller().actor())
                .param("types", new String[] {"task"})
                .param("texts", new String[] {(state.equals("done") ? "Done: " : "Open again: ") + task.get("title")})
                .update();
        EventLog.append(client, workspace, List.of(new NewEvent("task.updated", deal, task)));
    }

    private static JdbcClient.StatementSpec statement(JdbcClient client, String name, WorkspaceId workspace, UUID id) {
        return client.sql(Statements.text(name))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("task_id", id);
    }

    private static String state(Map<String, @Nullable Object> change) {
        Object state = change.get("state");
        if (change.size() == 1 && state instanceof String wanted && STATES.contains(wanted)) {
            return wanted;
        }
        throw ApiException.invalid(List.of(new FieldError(
                "state", state == null ? null : state.toString(), "is to be open or done, and the only field")));
    }

    private static Map<String, @Nullable Object> view(Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.text("task_id"));
        view.put("deal_id", row.text("deal_id"));
        view.put("deal_name", row.text("deal_name"));
        view.put("title", row.text("title"));
        view.put("text", row.text("text"));
        view.put("state", row.text("state"));
        view.put("assignee", row.text("assignee"));
        view.put("due_at", row.time("due_at"));
        view.put("automation", row.text("automation"));
        view.put("firing_id", row.text("firing_id"));
        view.put("created_at", row.time("created_at"));
        view.put("done_at", row.time("done_at"));
        view.put("done_by", row.text("done_by"));
        return view;
    }
}
