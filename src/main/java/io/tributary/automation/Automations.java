package io.tributary.automation;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.http.Call;
import io.tributary.pipeline.Cursor;
import io.tributary.pipeline.Page;
import io.tributary.pipeline.Row;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;

/** The automations that run, as routes of the group {@code automations}, and how each stands in the caller's workspace. */
public final class Automations {
    private static final String GROUP = "automations";

    private final CamelContext camel;
    private final TenantDatabase database;

    public Automations(CamelContext camel, TenantDatabase database) {
        this.camel = camel;
        this.database = database;
    }

    /** Every automation by name. */
    public Answer list(Call call) {
        Map<String, Row> standing = standing(call.workspace());
        return Answer.list(
                routes().stream()
                        .map(route -> view(route, standing.get(route.getRouteId())))
                        .toList(),
                null);
    }

    /** Switches one on or off for the caller's workspace; what happens while it is off is not made up for. */
    public Answer change(Call call) {
        Route route = route(call);
        boolean enabled = enabled(call.jsonObject());
        WorkspaceId workspace = call.workspace();
        database.write(workspace.tenant(), client -> {
            client.sql(Statements.text("switch-automation"))
                    .param("tenant", workspace.tenant())
                    .param("workspace", workspace.workspace())
                    .param("automation", route.getRouteId())
                    .param("enabled", enabled)
                    .update();
            return client.sql(Statements.text("insert-audit"))
                    .param("tenant", workspace.tenant())
                    .param("workspace", workspace.workspace())
                    .param("actor", call.caller().actor())
                    .param("action", enabled ? "automation.enabled" : "automation.disabled")
                    .param("subject", route.getRouteId())
                    .update();
        });
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("automation", view(route, standing(workspace).get(route.getRouteId())));
        return Answer.ok(body);
    }

    /** What one has fired for, newest first. */
    public Answer firings(Call call) {
        return new Page(call, "list-firings")
                .where("automation", route(call).getRouteId())
                .where("before", Cursor.id(call))
                .read(database, Automations::firing, row -> Cursor.of(row.id("firing_id")));
    }

    private List<Route> routes() {
        return camel.getRoutes().stream()
                .filter(route -> GROUP.equals(route.getGroup()))
                .sorted(Comparator.comparing(Route::getRouteId))
                .toList();
    }

    private Route route(Call call) {
        String name = call.path().split("/", -1)[1];
        return routes().stream()
                .filter(route -> route.getRouteId().equals(name))
                .findFirst()
                .orElseThrow(ApiException::notFound);
    }

    private static boolean enabled(Map<String, @Nullable Object> change) {
        Object enabled = change.get("enabled");
        if (change.size() == 1 && enabled instanceof Boolean wanted) {
            return wanted;
        }
        throw ApiException.invalid(List.of(new FieldError(
                "enabled", enabled == null ? null : enabled.toString(), "is to be true or false, and the only field")));
    }

    private Map<String, Row> standing(WorkspaceId workspace) {
        return database.read(
                workspace.tenant(),
                client -> client
                        .sql(Statements.text("list-automations"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .query()
                        .listOfRows()
                        .stream()
                        .map(Row::new)
                        .collect(Collectors.toMap(row -> String.valueOf(row.text("automation")), Function.identity())));
    }

    private static Map<String, @Nullable Object> view(Route route, @Nullable Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("name", route.getRouteId());
        view.put("description", route.getDescription());
        view.put("enabled", row == null || row.isTrue("enabled"));
        view.put("fired", row == null ? 0 : row.number("fired"));
        view.put("last_fired_at", row == null ? null : row.time("last_fired_at"));
        boolean failing = row != null && row.number("failures") > 0;
        view.put("state", failing ? "failing" : "running");
        return view;
    }

    private static Map<String, @Nullable Object> firing(Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.text("firing_id"));
        view.put("automation", row.text("automation"));
        view.put("deal_id", row.text("deal_id"));
        view.put("deal_name", row.text("deal_name"));
        view.put("crossing", row.text("crossing"));
        view.put("fired_at", row.time("fired_at"));
        return view;
    }
}
