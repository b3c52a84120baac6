package io.tributary.undo;

import io.tributary.answer.ApiException;
import io.tributary.deal.Deal;
import io.tributary.deal.DealView;
import io.tributary.deal.FieldError;
import io.tributary.deal.OrderedId;
import io.tributary.ingest.Command;
import io.tributary.ingest.Desk;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person makes two deals one. Both are kept as they were, so that the merge comes apart again. */
final class MergeDeals implements Command {
    private final TenantDatabase database;
    private final Pair pair;
    private final @Nullable UUID keep;
    private final Map<String, UUID> choices;

    MergeDeals(TenantDatabase database, Pair pair, @Nullable UUID keep, Map<String, UUID> choices) {
        this.database = database;
        this.pair = pair;
        this.keep = keep;
        this.choices = choices;
    }

    @Override
    public String cause() {
        return PastChange.MERGE;
    }

    @Override
    public String action() {
        return "deal.merged";
    }

    @Override
    public Set<UUID> deals() {
        return pair.deals();
    }

    @Override
    public boolean changesIdentity() {
        return true;
    }

    @Override
    public void run(Desk desk) {
        Pair now = Pair.lock(database.joined(), desk.workspace(), pair.id()).orElseThrow(ApiException::notFound);
        if (now.state().equals(Pair.MERGED) || !desk.hasDeal(pair.first()) || !desk.hasDeal(pair.second())) {
            throw ApiException.conflict("already_merged", "One of the two deals is merged or gone already.");
        }
        Deal kept = desk.deal(kept(desk));
        Deal merged = desk.deal(pair.other(kept.id()));
        Survivor survivor = new Survivor(kept, merged, choices);
        Deal after = survivor.deal();
        after.updatedAt = desk.now();
        after.merged = true;
        UUID mergeId = OrderedId.next();
        keep(desk, mergeId, kept, merged);

        Map<String, @Nullable Object> replaced = survivor.replaced();
        replaced.put("merge_id", mergeId.toString());
        replaced.put("merged_deal_id", merged.id().toString());
        desk.audit(
                kept.id(),
                Map.of(
                        "merge_id", mergeId.toString(),
                        "merged_deal_id", merged.id().toString(),
                        "changed", List.copyOf(replaced.keySet())));
        desk.remove(merged);
        desk.write(kept, after, replaced);
        tell(desk, mergeId, kept, merged, after);
        desk.answer(200, () -> {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("status", "success");
            body.put("merge_id", mergeId.toString());
            body.put("merged_deal_id", merged.id().toString());
            body.put(
                    "deal",
                    DealView.of(
                            after, desk.workspace().tenant(), desk.workspace().workspace()));
            return body;
        });
    }

    private UUID kept(Desk desk) {
        if (keep != null) {
            if (!pair.deals().contains(keep)) {
                throw ApiException.invalid(
                        List.of(new FieldError("keep", keep.toString(), "is neither of the two deals")));
            }
            return keep;
        }
        Deal first = desk.deal(pair.first());
        Deal second = desk.deal(pair.second());
        return second.origin().at().isBefore(first.origin().at()) ? second.id() : first.id();
    }

    private void keep(Desk desk, UUID mergeId, Deal kept, Deal merged) {
        List<String> keys = merged.externalKeys();
        database.joined()
                .sql(Statements.text("keep-merge"))
                .param("tenant", desk.workspace().tenant())
                .param("workspace", desk.workspace().workspace())
                .param("merge_id", mergeId)
                .param("kept", kept.id())
                .param("merged", merged.id())
                .param("pair_id", pair.id())
                .param("key_systems", ExternalKeys.systems(keys))
                .param("key_ids", ExternalKeys.ids(keys))
                .param("actor", desk.sender().actor())
                .param("now", desk.now().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static void tell(Desk desk, UUID mergeId, Deal kept, Deal merged, Deal after) {
        Map<String, @Nullable Object> data = DealView.summary(after);
        data.put("merge_id", mergeId.toString());
        data.put("merged_deal_id", merged.id().toString());
        desk.tell("deal.merged", after.id(), data);
        desk.tellScore(kept, after);
        desk.log(after.id(), "merged", "Merged with “" + merged.name() + "”");
    }
}
