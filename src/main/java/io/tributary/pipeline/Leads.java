package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.http.Call;
import io.tributary.ingest.KnownReader;
import io.tributary.lead.Lead;
import io.tributary.lead.LeadView;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The workspace's leads. */
public final class Leads {
    /** What a lead's status may be. */
    public static final List<String> STATUSES =
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

    /** Whether a lead is spam now; one that does not exist is none. */
    public boolean isSpam(Call call, UUID id) {
        return database.read(
                call.workspace().tenant(),
                client -> find(client, "read-lead", call.workspace(), id)
                        .map(Lead::isSpam)
                        .orElse(false));
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
