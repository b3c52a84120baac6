package io.tributary.undo;

import io.tributary.answer.ApiException;
import io.tributary.deal.Deal;
import io.tributary.deal.DealView;
import io.tributary.ingest.Command;
import io.tributary.ingest.Desk;
import io.tributary.ingest.KnownReader;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes a merge apart: both deals are as they were, and what came in since stays with the one it belongs to. */
final class UndoMerge implements Command {
    private final TenantDatabase database;
    private final UUID mergeId;
    private final UUID keptId;

    UndoMerge(TenantDatabase database, UUID mergeId, UUID keptId) {
        this.database = database;
        this.mergeId = mergeId;
        this.keptId = keptId;
    }

    /** A merge as it stands. */
    private record Merge(
            UUID merged,
            boolean undone,
            long recordNumber,
            Instant at,
            @Nullable UUID later,
            boolean hasEarlier) {}

    @Override
    public String cause() {
        return PastChange.UNMERGE;
    }

    @Override
    public String action() {
        return "merge.undone";
    }

    @Override
    public Set<UUID> deals() {
        return Set.of(keptId);
    }

    @Override
    public boolean changesIdentity() {
        return true;
    }

    @Override
    public void run(Desk desk) {
        JdbcClient client = database.joined();
        Merge merge = lock(client, desk.workspace());
        if (!desk.hasDeal(keptId)) {
            throw ApiException.conflict(
                    "merged_again", "The deal was itself merged into another one since; undo that merge first.");
        }
        Deal now = desk.deal(keptId);
        List<Deal> before = before(client, desk.workspace());
        Deal keptBefore = before.get(0);
        Deal mergedBefore = before.get(1);
        Since since = new Since(
                now,
                keptBefore,
                mergedBefore,
                records(client, desk.workspace().tenant(), merge),
                history(client, desk.workspace().tenant(), merge),
                desk.settings());
        Apart apart = since.apart(desk.workspace(), merge.at());

        dropMissingLeads(client, desk, apart);
        sql(client, desk, "restore-merged-deal").update();
        giveBack(client, desk, merge, apart);
        keepRecords(client, desk, merge, apart);

        desk.restore(mergedBefore, apart.merged());
        Deal kept = apart.kept();
        kept.updatedAt = desk.now();
        kept.merged = merge.hasEarlier();
        Map<String, @Nullable Object> replaced = FieldValue.differences(now, kept);
        replaced.put("merge_id", mergeId.toString());
        replaced.put("merged_deal_id", merge.merged().toString());
        desk.audit(
                keptId,
                Map.of(
                        "merge_id", mergeId.toString(),
                        "merged_deal_id", merge.merged().toString()));
        desk.write(now, kept, replaced);
        tell(desk, now, kept, apart.merged());
    }

    /** A lead that is gone by now, with the import that had brought it, is no lead of either any more. */
    private static void dropMissingLeads(JdbcClient client, Desk desk, Apart apart) {
        for (Deal deal : List.of(apart.kept(), apart.merged())) {
            boolean missing = deal.leadId != null
                    && client.sql(Statements.text("read-lead"))
                            .param("tenant", desk.workspace().tenant())
                            .param("workspace", desk.workspace().workspace())
                            .param("lead_id", deal.leadId)
                            .query()
                            .listOfRows()
                            .isEmpty();
            if (missing) {
                deal.leadId = null;
            }
        }
    }

    private void tell(Desk desk, Deal now, Deal kept, Deal merged) {
        desk.tellUpdated(now, kept);
        desk.tellUpdated(merged, merged);
        desk.log(kept.id(), "unmerged", "Taken apart from “" + merged.name() + "”");
        desk.log(merged.id(), "unmerged", "Taken apart from “" + kept.name() + "”");
        String tenant = desk.workspace().tenant();
        String workspace = desk.workspace().workspace();
        desk.answer(200, () -> {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("status", "success");
            body.put("merge_id", mergeId.toString());
            body.put("deals", List.of(DealView.of(kept, tenant, workspace), DealView.of(merged, tenant, workspace)));
            return body;
        });
    }

    private Merge lock(JdbcClient client, WorkspaceId workspace) {
        Merge merge = client.sql(Statements.text("lock-merge"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("merge_id", mergeId)
                .query((row, number) -> new Merge(
                        row.getObject("merged_deal", UUID.class),
                        row.getString("state").equals("undone"),
                        row.getLong("record_number"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getObject("later_merge", UUID.class),
                        row.getBoolean("has_earlier")))
                .optional()
                .orElseThrow(ApiException::notFound);
        if (merge.undone()) {
            throw ApiException.conflict("already_undone", "This merge was undone already.");
        }
        if (merge.later() != null) {
            throw ApiException.conflict(
                    "merged_again", "The deal was merged again since; undo merge " + merge.later() + " first.");
        }
        return merge;
    }

    private List<Deal> before(JdbcClient client, WorkspaceId workspace) {
        return client
                .sql(Statements.text("read-merged-deals"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("merge_id", mergeId)
                .query()
                .listOfRows()
                .stream()
                .map(KnownReader::deal)
                .toList();
    }

    private List<MergedRecord> records(JdbcClient client, String tenant, Merge merge) {
        return client.sql(Statements.text("read-merged-records"))
                .param("tenant", tenant)
                .param("deal_id", keptId)
                .param("record_number", merge.recordNumber())
                .query(MergedRecord::of)
                .list();
    }

    private List<PastChange> history(JdbcClient client, String tenant, Merge merge) {
        return client
                .sql(Statements.text("read-history-since"))
                .param("tenant", tenant)
                .param("subjects", new UUID[] {keptId})
                .param("record_number", merge.recordNumber())
                .query(PastChange::of)
                .list()
                .stream()
                .filter(change -> !mergeId.toString().equals(change.replaced().get("merge_id")))
                .toList();
    }

    private void giveBack(JdbcClient client, Desk desk, Merge merge, Apart apart) {
        List<String> keys = apart.merged().externalKeys();
        Timestamp[] times = apart.ofMerged().stream()
                .map(record -> Timestamp.from(record.record().from().at()))
                .toArray(Timestamp[]::new);
        sql(client, desk, "undo-merge")
                .param("workspace", desk.workspace().workspace())
                .param("kept", keptId)
                .param("merged", merge.merged())
                .param("key_systems", ExternalKeys.systems(keys))
                .param("key_ids", ExternalKeys.ids(keys))
                .param("record_number", merge.recordNumber())
                .param("moved_times", times)
                .param("still_merged", merge.hasEarlier())
                .param("actor", desk.sender().actor())
                .param("now", desk.now().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** What came for the deal that comes back is its own history now, and its own to keep where it was merged itself. */
    private void keepRecords(JdbcClient client, Desk desk, Merge merge, Apart apart) {
        for (Apart.Moved moved : apart.moved()) {
            var from = moved.record().record().from();
            sql(client, desk, "insert-moved-change")
                    .param("workspace", desk.workspace().workspace())
                    .param("deal_id", merge.merged())
                    .param(
                            "history_id",
                            moved.record().number() - moved.record().place() + 1)
                    .param("at", from.at().atOffset(ZoneOffset.UTC))
                    .param("source", from.source())
                    .param("actor", from.actor())
                    .param("import_id", from.importId())
                    .param("import_row", from.importRow())
                    .param(
                            "source_updated_at",
                            from.sourceUpdatedAt() == null
                                    ? null
                                    : from.sourceUpdatedAt().atOffset(ZoneOffset.UTC))
                    .param("replaced", io.tributary.json.Json.write(moved.replaced()))
                    .update();
        }
        for (MergedRecord record : apart.ofMerged()) {
            sql(client, desk, "move-merged-record")
                    .param("deal_id", keptId)
                    .param("to_deal", merge.merged())
                    .param("still_merged", apart.merged().merged)
                    .param("record_number", record.number())
                    .param("place", record.place())
                    .update();
        }
        if (!merge.hasEarlier()) {
            sql(client, desk, "delete-merged-records")
                    .param("deal_id", keptId)
                    .param("record_number", merge.recordNumber())
                    .update();
        }
    }

    private JdbcClient.StatementSpec sql(JdbcClient client, Desk desk, String statement) {
        return client.sql(Objects.requireNonNull(Statements.text(statement)))
                .param("tenant", desk.workspace().tenant())
                .param("merge_id", mergeId);
    }
}
