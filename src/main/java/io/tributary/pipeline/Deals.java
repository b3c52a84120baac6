package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.DealView;
import io.tributary.deal.FieldOrigin;
import io.tributary.deal.Stage;
import io.tributary.health.Health;
import io.tributary.http.Call;
import io.tributary.ingest.KnownReader;
import io.tributary.ingest.Outcome;
import io.tributary.ingest.StoredDeal;
import io.tributary.insight.Insight;
import io.tributary.insight.InsightDesk;
import io.tributary.lead.LeadView;
import io.tributary.norms.DealHealth;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The workspace's deals, as they are read. */
public final class Deals {
    private static final List<String> STAGES =
            Arrays.stream(Stage.values()).map(Stage::code).toList();
    private static final List<String> RISK_LEVELS = List.of("low", "medium", "high");

    private final TenantDatabase database;
    private final DealHealth healths;
    private final InsightDesk insights;

    public Deals(TenantDatabase database, DealHealth healths, InsightDesk insights) {
        this.database = database;
        this.healths = healths;
        this.insights = insights;
    }

    /** A page of deals, newest first. */
    public Answer list(Call call) {
        WorkspaceId workspace = call.workspace();
        return new Page(call, "list-deals")
                .where("before", Cursor.id(call))
                .where("stage", Filters.oneOf(call, "stage", STAGES))
                .where("source", Filters.text(call, "source"))
                .where("risk_level", Filters.oneOf(call, "risk_level", RISK_LEVELS))
                .where("since", Filters.moment(call, "since"))
                .where("q", Filters.text(call, "q"))
                .where("archived", Filters.flag(call, "archived"))
                .read(
                        database,
                        row -> DealView.of(KnownReader.deal(row.columns()), workspace.tenant(), workspace.workspace()),
                        row -> Cursor.of(row.id("deal_id")));
    }

    /** One deal with everything that is known of it. */
    public Answer one(Call call) {
        WorkspaceId workspace = call.workspace();
        UUID id = call.idAt(0);
        return database.read(workspace.tenant(), client -> {
            Deal deal = StoredDeal.of(client, workspace, id);
            Health health = healths.of(workspace, deal);
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("status", "success");
            body.put("deal", DealView.of(deal, workspace.tenant(), workspace.workspace()));
            body.put("lead", lead(client, workspace, deal.leadId));
            body.put("sources", sources(deal));
            body.put("health", Outcome.health(health));
            body.put("insights", shown(insights.of(client, workspace, deal)));
            body.put("metrics", Ranks.of(client, workspace, id).orElseThrow(ApiException::notFound));
            body.put("lineage", lineage(deal));
            body.put("possible_duplicates", DuplicateList.of(client, workspace.tenant(), id));
            return Answer.ok(body);
        });
    }

    /** A page of what happened to a deal, newest first. */
    public Answer activities(Call call) {
        UUID id = call.idAt(0);
        database.read(call.workspace().tenant(), client -> StoredDeal.of(client, call.workspace(), id));
        return new Page(call, "list-deal-activities")
                .where("deal_id", id)
                .where("before", Cursor.number(call))
                .read(database, Feeds::activity, row -> Cursor.of(row.number("activity_id")));
    }

    private static @Nullable Map<String, @Nullable Object> lead(
            JdbcClient client, WorkspaceId workspace, @Nullable UUID lead) {
        return lead == null
                ? null
                : Leads.find(client, "read-lead", workspace, lead)
                        .map(LeadView::of)
                        .orElse(null);
    }

    private static Map<String, @Nullable Object> shown(List<Insight> insights) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("status", "ready");
        view.put("items", insights.stream().map(Insight::view).toList());
        return view;
    }

    /** Every source that had a part in the deal, and every system that knows it, with the ids it has there. */
    private static List<Map<String, @Nullable Object>> sources(Deal deal) {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        ids.put(deal.origin().source(), new ArrayList<>());
        deal.lineage().values().forEach(origin -> ids.computeIfAbsent(origin.source(), any -> new ArrayList<>()));
        for (String key : deal.externalKeys()) {
            int colon = key.indexOf(':');
            ids.computeIfAbsent(key.substring(0, colon), any -> new ArrayList<>())
                    .add(key.substring(colon + 1));
        }
        List<Map<String, @Nullable Object>> sources = new ArrayList<>();
        ids.forEach((source, externalIds) -> {
            Map<String, @Nullable Object> view = new LinkedHashMap<>();
            view.put("source", source);
            view.put("external_ids", externalIds);
            sources.add(view);
        });
        return sources;
    }

    /** Where each field that is set comes from. */
    private static Map<String, @Nullable Object> lineage(Deal deal) {
        Map<String, @Nullable Object> lineage = new LinkedHashMap<>();
        for (DealField field : DealField.values()) {
            FieldOrigin own = deal.lineage().get(field);
            if (deal.get(field) != null || own != null) {
                Map<String, @Nullable Object> origin = DealView.origin(own == null ? deal.origin() : own);
                origin.put("assumed", deal.assumed().contains(field));
                lineage.put(field.code(), origin);
            }
        }
        return lineage;
    }
}
