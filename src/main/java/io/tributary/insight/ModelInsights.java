package io.tributary.insight;

import dev.langchain4j.data.message.ChatMessage;
import io.tributary.event.Event;
import io.tributary.event.EventLog;
import io.tributary.json.Json;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Insights by a chat model: whom to ask about, what to ask, and what becomes of the answer. */
public final class ModelInsights {
    private static final Logger LOG = LoggerFactory.getLogger(ModelInsights.class);
    private static final int LONGEST_REASON = 300;

    private final TenantDatabase database;
    private final InsightDesk desk;
    private final InsightCheck check;
    private final String model;

    /** @param model the name of the model that is asked */
    public ModelInsights(TenantDatabase database, InsightDesk desk, String model) {
        this.database = database;
        this.desk = desk;
        this.check = InsightCheck.builtIn();
        this.model = model;
    }

    /**
     * The deals to ask about, as they are now: each that the events concern, once, however often it changed. One on which
     * the model was asked already by the same facts is left out, unless somebody wants it asked again.
     */
    public List<InsightRequest> due(WorkspaceId workspace, List<Event> events) {
        Set<UUID> wanted = events.stream()
                .filter(event -> event.type().equals(InsightNews.REQUESTED))
                .map(Event::subject)
                .collect(Collectors.toSet());
        return desk.known(workspace, InsightNews.concerned(events)).stream()
                .filter(known -> known.asked() == null
                        || wanted.contains(known.facts().deal().id()))
                .map(known -> new InsightRequest(workspace, known.facts()))
                .toList();
    }

    /**
     * Counts a call on behalf of the tenant.
     *
     * @param perDay how many calls a tenant may have in a day, by UTC
     * @return false when that many were made already
     */
    public boolean mayAsk(InsightRequest request, int perDay) {
        String tenant = request.workspace().tenant();
        return database.write(
                tenant,
                client -> client.sql(Statements.text("count-insight-call"))
                        .param("tenant", tenant)
                        .param("per_day", perDay)
                        .query(Integer.class)
                        .optional()
                        .isPresent());
    }

    /** What the model is asked. */
    public List<ChatMessage> messages(InsightRequest request) {
        return InsightPrompt.messages(request.facts());
    }

    /** Keeps what the model answered if it may be shown, and tells of it; else keeps why not, and the analyst's stay. */
    public void keep(InsightRequest request, String answer) {
        List<Insight> insights =
                ModelAnswer.read(answer, model, InsightPrompt.VERSION).orElse(null);
        String fault = insights == null
                ? "are not in the form that was asked for"
                : check.fault(insights, request.facts()).orElse(null);
        keep(request, fault == null ? insights : null, fault);
    }

    /** Notes that the model did not answer; it is asked again when the deal changes, or somebody wants it. */
    public void unanswered(InsightRequest request, @Nullable Throwable failure) {
        // The message may be a whole page of whatever the endpoint says.
        String reason = String.valueOf(failure).replaceAll("\\s+", " ");
        LOG.warn(
                "The model wrote no insights on {}: {}",
                request.facts().deal().id(),
                reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
        keep(request, null, "were not written, as the model did not answer");
    }

    /** Clears away what holds no longer in any case, and what was counted. */
    public void purge() {
        database
                .withoutTenant()
                .sql(Statements.text("list-every-workspace"))
                .query((row, number) -> row.getString("tenant_id"))
                .list()
                .stream()
                .distinct()
                .forEach(tenant -> database.write(
                        tenant,
                        client -> client.sql(Statements.text("delete-old-insights"))
                                .param("tenant", tenant)
                                .update()));
    }

    private void keep(InsightRequest request, @Nullable List<Insight> insights, @Nullable String refused) {
        WorkspaceId workspace = request.workspace();
        UUID deal = request.facts().deal().id();
        database.write(workspace.tenant(), client -> {
            client.sql(Statements.text("keep-insight"))
                    .param("tenant", workspace.tenant())
                    .param("workspace", workspace.workspace())
                    .param("deal_id", deal)
                    .param("facts_hash", request.facts().hash())
                    .param(
                            "items",
                            Optional.ofNullable(insights)
                                    .map(items -> Json.write(
                                            items.stream().map(Insight::view).toList()))
                                    .orElse(null),
                            Types.VARCHAR)
                    .param("refused", refused, Types.VARCHAR)
                    .param("model", model)
                    .param("prompt_version", InsightPrompt.VERSION)
                    .update();
            return insights == null
                    ? 0
                    : EventLog.append(client, workspace, List.of(InsightNews.ready(deal, insights)));
        });
    }
}
