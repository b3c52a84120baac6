package io.tributary.insight;

import io.tributary.answer.Answer;
import io.tributary.event.EventLog;
import io.tributary.event.NewEvent;
import io.tributary.http.Call;
import io.tributary.ingest.StoredDeal;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The insights on a deal, as callers read them and ask for them. */
public final class Insights {
    private final TenantDatabase database;
    private final InsightDesk desk;
    private final EventLog log;

    public Insights(TenantDatabase database, InsightDesk desk, EventLog log) {
        this.database = database;
        this.desk = desk;
        this.log = log;
    }

    /** The three insights on a deal. */
    public Answer read(Call call) {
        WorkspaceId workspace = call.workspace();
        UUID id = call.idAt(1);
        List<Insight> insights = database.read(
                workspace.tenant(), client -> desk.of(client, workspace, StoredDeal.of(client, workspace, id)));
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("deal_id", id.toString());
        body.put("items", insights.stream().map(Insight::view).toList());
        return Answer.ok(body);
    }

    /** Asks for a fresh analysis; the live feed tells when it is there. */
    public Answer request(Call call) {
        WorkspaceId workspace = call.workspace();
        UUID id = call.idAt(1);
        database.read(workspace.tenant(), client -> StoredDeal.of(client, workspace, id));
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("deal_id", id.toString());
        data.put("by", call.caller().actor());
        log.append(workspace, new NewEvent(InsightNews.REQUESTED, id, data));
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "accepted");
        body.put("deal_id", id.toString());
        return Answer.json(202, body);
    }
}
