package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.deal.Times;
import io.tributary.http.Call;
import io.tributary.ingest.KnownReader;
import io.tributary.json.Json;
import io.tributary.lead.Lead;
import io.tributary.lead.LeadView;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The workspace's leads. */
public final class Leads {
    private static final List<String> STATUSES =
            List.of("new", "qualified", "disqualified", "contacted", "converted", "spam");

    private final TenantDatabase database;

    public Leads(TenantDatabase database) {
        this.database = database;
    }

    /** A page of leads, newest first. */
    public Answer list(Call call) {
        Cursor.Place before = Cursor.place(call);
        return new Page(call, "list-leads")
                .where("before_time", before.moment().atOffset(ZoneOffset.UTC))
                .where("before", before.id())
                .where("status", Filters.oneOf(call, "status", STATUSES))
                .where("source", Filters.text(call, "source"))
                .where("q", Filters.text(call, "q"))
                .read(
                        database,
                        row -> LeadView.of(KnownReader.lead(row.columns())),
                        row -> Cursor.of(new Cursor.Place(row.moment("created_at"), row.id("lead_id"))));
    }

    public Answer one(Call call) {
        return database.read(
                call.workspace().tenant(),
                client -> shown(find(client, "read-lead", call.workspace(), call.idAt(1))
                        .orElseThrow(ApiException::notFound)));
    }

    /** Changes the status of a lead, the one thing of it that people decide. */
    public Answer change(Call call) {
        UUID id = call.idAt(1);
        String status = status(call.jsonObject());
        return database.write(call.workspace().tenant(), client -> {
            Lead lead = find(client, "lock-lead", call.workspace(), id).orElseThrow(ApiException::notFound);
            if (!lead.status.equals(status)) {
                write(client, call, lead, status);
            }
            return shown(lead);
        });
    }

    private static String status(Map<String, @Nullable Object> change) {
        List<FieldError> faults = new ArrayList<>();
        change.forEach((name, value) -> {
            if (!name.equals("status")) {
                faults.add(new FieldError(name, String.valueOf(value), "cannot be changed; only status can"));
            }
        });
        Object status = change.get("status");
        if (!(status instanceof String) || !STATUSES.contains(status)) {
            String sent = status == null ? null : status.toString();
            faults.add(new FieldError("status", sent, "is not one of " + String.join(", ", STATUSES)));
        }
        if (!faults.isEmpty()) {
            throw ApiException.invalid(faults);
        }
        return String.valueOf(status);
    }

    private static void write(JdbcClient client, Call call, Lead lead, String status) {
        Instant now = Times.now();
        Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
        replaced.put("status", lead.status);
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("lead_id", lead.id().toString());
        data.put("status", status);
        data.put("previous_status", lead.status);
        client.sql(Statements.text("change-lead-status"))
                .param("tenant", call.workspace().tenant())
                .param("workspace", call.workspace().workspace())
                .param("lead_id", lead.id())
                .param("status", status)
                .param("actor", call.caller().actor())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("replaced", Json.write(replaced))
                .param("data", Json.write(data))
                .update();
        lead.status = status;
        lead.updatedAt = now;
    }

    static Optional<Lead> find(JdbcClient client, String statement, WorkspaceId workspace, UUID id) {
        return client
                .sql(Statements.text(statement))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("lead_id", id)
                .query()
                .listOfRows()
                .stream()
                .findFirst()
                .map(KnownReader::lead);
    }

    private static Answer shown(Lead lead) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("lead", LeadView.of(lead));
        return Answer.ok(body);
    }
}
