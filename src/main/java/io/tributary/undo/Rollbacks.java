package io.tributary.undo;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.Times;
import io.tributary.http.Call;
import io.tributary.ingest.Batch;
import io.tributary.ingest.Entry;
import io.tributary.ingest.Sender;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import io.tributary.undo.RollbackState.Phase;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rolls imports back, step by step, so that one of any size holds nobody up for long and goes on after a crash. */
public final class Rollbacks {
    private static final String SOURCE = "manual";
    private static final int DEALS_AT_A_TIME = 500;

    /** An import of more rows is rolled back while its caller does other things. */
    private static final long AWAITED_ROWS = 20_000;

    /** After this long without a step a rollback was cut off, and whoever looks for such goes on with it. */
    private static final String IDLE = "20 seconds";

    private final TenantDatabase database;

    public Rollbacks(TenantDatabase database) {
        this.database = database;
    }

    /** Whether the call only asks what a rollback would do. */
    public boolean isTrial(Call call) {
        return call.parameter("dry_run").map("true"::equals).orElse(false)
                || (call.body().length > 0
                        && Boolean.TRUE.equals(call.jsonObject().get("dry_run")));
    }

    /** Enters a rollback; from here on it will be done, whatever happens. */
    public RollbackRun begin(Call call) {
        UUID importId = call.idAt(1);
        boolean async = call.header("prefer").orElse("").contains("respond-async");
        boolean awaited = database.write(call.workspace().tenant(), client -> {
            Import found = lock(client, call.workspace(), importId);
            boolean waits = !async && found.received() <= AWAITED_ROWS;
            int entered = sql(client, "start-rollback", call.workspace(), importId)
                    .param("phase", Phase.CREATED.name())
                    .param("after_id", found.facts().firstId())
                    .param("after_time", Timestamp.from(found.facts().firstTime()))
                    .param("actor", call.caller().actor())
                    .param("now", Times.now().atOffset(ZoneOffset.UTC))
                    .param("worked_at", (waits ? Times.now() : Instant.EPOCH).atOffset(ZoneOffset.UTC))
                    .update();
            if (entered == 0) {
                throw ApiException.conflict("rolling_back", "This import is being rolled back already.");
            }
            sql(client, "insert-import-audit", call.workspace(), importId)
                    .param("actor", call.caller().actor())
                    .param("action", "import.rollback_started")
                    .param("source", found.facts().source())
                    .update();
            return waits;
        });
        return new RollbackRun(call.workspace(), importId, call.caller().actor(), call.requestId(), awaited);
    }

    private record Import(RollbackState.ImportFacts facts, String state, long received) {}

    private static Import lock(JdbcClient client, WorkspaceId workspace, UUID importId) {
        Import found = find(client, "lock-import", workspace, importId);
        switch (found.state()) {
            case "running" -> throw ApiException.conflict("import_running", "The import is running; cancel it first.");
            case "rolled_back" ->
                throw ApiException.conflict("already_rolled_back", "This import was rolled back already.");
            default -> {
                return found;
            }
        }
    }

    private static Import find(JdbcClient client, String statement, WorkspaceId workspace, UUID importId) {
        return sql(client, statement, workspace, importId)
                .query((row, number) -> new Import(
                        new RollbackState.ImportFacts(
                                row.getString("source"),
                                row.getString("file_name"),
                                row.getTimestamp("started_at").toInstant()),
                        row.getString("state"),
                        row.getLong("received")))
                .optional()
                .orElseThrow(ApiException::notFound);
    }

    /** Whether something is left to do. */
    public boolean hasNext(RollbackRun run) {
        return database.read(
                run.workspace().tenant(),
                client -> !state(client, run.workspace(), run.importId()).done());
    }

    /** The next step, as a batch of its own for the funnel. */
    public Batch next(RollbackRun run) {
        RollbackStep step = database.read(run.workspace().tenant(), client -> {
            RollbackState state = state(client, run.workspace(), run.importId());
            List<UUID> subjects = subjects(client, run, state);
            return new RollbackStep(database, run.importId(), state, subjects, subjects.size() < DEALS_AT_A_TIME);
        });
        Sender sender = new Sender(run.actor(), run.requestId(), false);
        return Batch.ofCommands(run.workspace(), SOURCE, List.of(Entry.of(step, sender, null)));
    }

    private static List<UUID> subjects(JdbcClient client, RollbackRun run, RollbackState state) {
        ImportTraces traces = new ImportTraces(client, run.importId());
        return switch (state.phase()) {
            case CREATED -> traces.created(run.workspace(), state.afterId(), DEALS_AT_A_TIME);
            case CHANGED -> traces.changed(run.workspace(), "deal", state.afterId(), DEALS_AT_A_TIME);
            case LEADS -> traces.changed(run.workspace(), "lead", state.afterId(), DEALS_AT_A_TIME);
            default -> List.of();
        };
    }

    /** What a rollback has come to, for whoever asked for it. */
    public Answer answer(RollbackRun run) {
        Map<String, @Nullable Object> body = database.read(run.workspace().tenant(), client -> {
            RollbackState state = state(client, run.workspace(), run.importId());
            return state.view(run.importId(), state.done() ? "rolled_back" : "rolling_back");
        });
        return Answer.ok(body);
    }

    /** That a rollback goes on by itself. */
    public Answer accepted(RollbackRun run) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "accepted");
        body.put("import_id", run.importId().toString());
        return new Answer(
                202,
                "application/json",
                io.tributary.json.Json.writeBytes(body),
                Map.of("Location", "/api/sales/deals/imports/" + run.importId() + "/rollback"));
    }

    /** What a rollback has come to or would come to. */
    public Answer show(Call call) {
        UUID importId = call.idAt(1);
        return database.read(call.workspace().tenant(), client -> {
            Import found = find(client, "find-import", call.workspace(), importId);
            return RollbackState.read(client, "read-rollback", call.workspace(), importId)
                    .map(state -> Answer.ok(state.view(importId, state.done() ? "rolled_back" : "rolling_back")))
                    .orElseGet(
                            () -> Answer.ok(new RollbackPreview(client, call.workspace(), importId).of(found.facts())));
        });
    }

    /** The rollbacks that nobody works on any more: their hub is gone, or nobody waits for them. */
    public List<RollbackRun> cutOff() {
        return database.withoutTenant()
                .sql(Statements.text("find-cut-off-rollbacks"))
                .param("idle", IDLE)
                .query((row, number) -> new RollbackRun(
                        new WorkspaceId(row.getString("tenant_id"), row.getString("workspace_id")),
                        row.getObject("import_id", UUID.class),
                        "hub",
                        "none",
                        false))
                .list();
    }

    private static RollbackState state(JdbcClient client, WorkspaceId workspace, UUID importId) {
        return RollbackState.read(client, "read-rollback", workspace, importId).orElseThrow(ApiException::notFound);
    }

    private static JdbcClient.StatementSpec sql(
            JdbcClient client, String statement, WorkspaceId workspace, UUID importId) {
        return client.sql(Statements.text(statement))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("import_id", importId);
    }
}
