package io.tributary.undo;

import io.tributary.deal.Deal;
import io.tributary.deal.DealView;
import io.tributary.deal.Times;
import io.tributary.ingest.Command;
import io.tributary.ingest.Desk;
import io.tributary.json.Json;
import io.tributary.lead.Lead;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.undo.RollbackState.Counts;
import io.tributary.undo.RollbackState.Phase;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One step of a rollback, in a transaction of its own together with how far the rollback has come: whoever goes on after
 * a crash finds either both or neither.
 */
final class RollbackStep implements Command {
    private static final int ROWS_AT_A_TIME = 10_000;

    private final TenantDatabase database;
    private final UUID importId;
    private final RollbackState state;
    private final ImportTraces traces;
    private final List<UUID> subjects;
    private final boolean last;

    /**
     * @param subjects the deals or leads of this step, in the order of their ids
     * @param last whether nothing is left of the phase after them
     */
    RollbackStep(TenantDatabase database, UUID importId, RollbackState state, List<UUID> subjects, boolean last) {
        this.database = database;
        this.importId = importId;
        this.state = state;
        this.traces = new ImportTraces(database.joined(), importId);
        this.subjects = subjects;
        this.last = last;
    }

    @Override
    public String cause() {
        return PastChange.ROLLBACK;
    }

    @Override
    public String action() {
        return "import.rollback";
    }

    @Override
    public Set<UUID> deals() {
        return state.phase() == Phase.CREATED || state.phase() == Phase.CHANGED ? new TreeSet<>(subjects) : Set.of();
    }

    @Override
    public Set<UUID> leads() {
        return state.phase() == Phase.LEADS ? new TreeSet<>(subjects) : Set.of();
    }

    @Override
    public boolean changesIdentity() {
        return true;
    }

    @Override
    public void run(Desk desk) {
        RollbackState now = RollbackState.read(database.joined(), "lock-rollback", desk.workspace(), importId)
                .orElseThrow();
        desk.answer(200, Map::of);
        boolean elsewhere = now.done()
                || now.phase() != state.phase()
                || !now.afterId().equals(state.afterId())
                || !now.afterTime().equals(state.afterTime());
        if (elsewhere) {
            // Another hub has done this step meanwhile.
            return;
        }
        desk.audit(importId, Map.of("phase", state.phase().name().toLowerCase(java.util.Locale.ROOT)));
        List<Object> newer = new ArrayList<>(now.newer());
        switch (state.phase()) {
            case CREATED -> created(desk, newer);
            case CHANGED -> changed(desk, newer);
            case LEADS -> leads(desk);
            case NEW_LEADS -> newLeads(desk);
            case REJECTED -> rejected(desk);
            case FINISH -> finish(desk, newer);
        }
    }

    private void created(Desk desk, List<Object> newer) {
        long removed = 0;
        long kept = 0;
        Map<UUID, Map<String, @Nullable Object>> touched = traces.touched(desk.workspace(), subjects);
        for (UUID id : subjects) {
            if (!desk.hasDeal(id)) {
                continue;
            }
            Deal deal = desk.deal(id);
            Map<String, @Nullable Object> by = touched.get(id);
            if (by != null || deal.merged) {
                kept++;
                Newer.add(newer, deal, null, by == null ? Map.of("cause", PastChange.MERGE) : by);
                continue;
            }
            removed++;
            desk.remove(deal);
            desk.tell("deal.removed", id, told(deal));
        }
        advance(desk, new Counts(removed, 0, kept, 0, 0, 0), newer);
    }

    private Map<String, @Nullable Object> told(Deal deal) {
        Map<String, @Nullable Object> data = DealView.summary(deal);
        data.put("import_id", importId.toString());
        return data;
    }

    private void changed(Desk desk, List<Object> newer) {
        Map<UUID, List<PastChange>> histories = traces.histories(desk.workspace(), subjects);
        List<UUID> missing = subjects.stream().filter(id -> !desk.hasDeal(id)).toList();
        long kept = traces.tellMergedAway(desk.workspace(), missing, newer);
        List<UUID> takenBack = new ArrayList<>();
        List<UUID> restored = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<String> forgotten = new ArrayList<>();
        for (UUID id : subjects) {
            if (!desk.hasDeal(id) || importId.equals(desk.deal(id).origin().importId())) {
                // Gone, or kept as a whole although the import made it.
                continue;
            }
            takenBack.add(id);
            Deal before = desk.deal(id);
            Takeback takeback = Takeback.of(before, histories.getOrDefault(id, List.of()), importId);
            keys.addAll(before.externalKeys());
            forgotten.addAll(takeback.forgottenKeys());
            takeback.kept().forEach((field, by) -> Newer.add(newer, before, field, by.told()));
            kept += takeback.kept().isEmpty() ? 0 : 1;
            if (!takeback.replaced().isEmpty()) {
                restored.add(id);
                restore(desk, before, takeback);
            }
        }
        traces.forget(desk.workspace(), state.anImport().source(), takenBack, restored, keys, forgotten);
        advance(desk, new Counts(0, restored.size(), kept, 0, 0, 0), newer);
    }

    private void restore(Desk desk, Deal before, Takeback takeback) {
        Deal after = takeback.after();
        after.updatedAt = desk.now();
        Map<String, @Nullable Object> replaced = new LinkedHashMap<>(takeback.replaced());
        String fields = String.join(", ", replaced.keySet());
        replaced.put(PastChange.ROLLED_BACK, importId.toString());
        desk.write(before, after, replaced);
        desk.tellUpdated(before, after);
        desk.log(
                before.id(),
                "rolled_back",
                "Took back " + fields + " of " + state.anImport().shown());
    }

    private void leads(Desk desk) {
        Map<UUID, List<PastChange>> histories = traces.histories(desk.workspace(), subjects);
        long restored = 0;
        for (UUID id : subjects) {
            if (!desk.hasLead(id)) {
                continue;
            }
            Lead lead = desk.lead(id);
            Map<String, @Nullable Object> replaced =
                    LeadTakeback.apply(lead, histories.getOrDefault(id, List.of()), importId);
            if (!replaced.isEmpty()) {
                restored++;
                replaced.put(PastChange.ROLLED_BACK, importId.toString());
                desk.write(lead, replaced);
            }
        }
        traces.forget(desk.workspace(), state.anImport().source(), subjects, List.of(), List.of(), List.of());
        advance(desk, new Counts(0, 0, 0, 0, restored, 0), state.newer());
    }

    private void newLeads(Desk desk) {
        Map<String, @Nullable Object> row = sql(desk, "delete-import-leads")
                .param("after_time", Timestamp.from(state.afterTime()))
                .param("after_id", state.afterId())
                .param("rows", ROWS_AT_A_TIME)
                .query()
                .singleRow();
        long removed = number(row, "removed");
        boolean more = number(row, "looked_at") == ROWS_AT_A_TIME;
        Instant lastTime = row.get("last_time") instanceof Timestamp time ? time.toInstant() : state.afterTime();
        UUID lastId = row.get("last_id") instanceof UUID id ? id : state.afterId();
        advance(desk, new Counts(0, 0, 0, removed, 0, 0), state.newer(), more, lastId, lastTime);
    }

    private void rejected(Desk desk) {
        Map<String, @Nullable Object> row = sql(desk, "delete-import-rejected")
                .param("after_id", state.afterId())
                .param("rows", ROWS_AT_A_TIME)
                .query()
                .singleRow();
        long removed = number(row, "removed");
        boolean more = number(row, "looked_at") == ROWS_AT_A_TIME;
        UUID lastId = row.get("last_id") instanceof UUID id ? id : state.afterId();
        advance(desk, new Counts(0, 0, 0, 0, 0, removed), state.newer(), more, lastId, state.afterTime());
    }

    private void finish(Desk desk, List<Object> newer) {
        long kept = traces.tellMergedAway(desk.workspace(), newer);
        sql(desk, "finish-rollback").update();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("import_id", importId.toString());
        data.put("source", state.anImport().source());
        data.put("state", "rolled_back");
        data.put("removed", state.counts().removed());
        data.put("restored", state.counts().restored());
        desk.tell("import.progress", null, data);
        save(
                desk,
                Phase.FINISH,
                RollbackState.FIRST_ID,
                state.afterTime(),
                new Counts(0, 0, kept, 0, 0, 0),
                newer,
                true);
    }

    private void advance(Desk desk, Counts counts, List<Object> newer) {
        UUID lastId = subjects.isEmpty() ? state.afterId() : subjects.get(subjects.size() - 1);
        advance(desk, counts, newer, !last, lastId, state.afterTime());
    }

    private void advance(Desk desk, Counts counts, List<Object> newer, boolean more, UUID lastId, Instant lastTime) {
        Phase next = more ? state.phase() : state.phase().next();
        UUID from = more ? lastId : next == Phase.CREATED ? state.anImport().firstId() : RollbackState.FIRST_ID;
        save(desk, next, from, more ? lastTime : state.anImport().firstTime(), counts, newer, false);
    }

    private void save(
            Desk desk, Phase phase, UUID afterId, Instant afterTime, Counts counts, List<Object> newer, boolean done) {
        sql(desk, "advance-rollback")
                .param("phase", phase.name())
                .param("after_id", afterId)
                .param("after_time", Timestamp.from(afterTime))
                .param("removed", counts.removed())
                .param("restored", counts.restored())
                .param("kept", counts.kept())
                .param("leads_removed", counts.leadsRemoved())
                .param("leads_restored", counts.leadsRestored())
                .param("rejected_removed", counts.rejected())
                .param("newer", Json.write(newer))
                .param("now", Times.now().atOffset(ZoneOffset.UTC))
                .param("done", done)
                .update();
    }

    private JdbcClient.StatementSpec sql(Desk desk, String statement) {
        return database.joined()
                .sql(Statements.text(statement))
                .param("tenant", desk.workspace().tenant())
                .param("workspace", desk.workspace().workspace())
                .param("import_id", importId);
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }
}
