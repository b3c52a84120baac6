package io.tributary.undo;

import io.tributary.answer.ApiException;
import io.tributary.deal.Deal;
import io.tributary.deal.DealView;
import io.tributary.deal.OrderedId;
import io.tributary.duplicate.FoundPair;
import io.tributary.duplicate.Likenesses;
import io.tributary.identity.DealLikeness.Resemblance;
import io.tributary.ingest.Command;
import io.tributary.ingest.Desk;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person names two deals that may be one, whatever the hub thinks of them. */
final class AskPair implements Command {
    private final TenantDatabase database;
    private final UUID one;
    private final UUID other;

    AskPair(TenantDatabase database, UUID one, UUID other) {
        this.database = database;
        this.one = one;
        this.other = other;
    }

    @Override
    public String cause() {
        return "ask";
    }

    @Override
    public String action() {
        return "duplicate.named";
    }

    @Override
    public Set<UUID> deals() {
        return Set.of(one, other);
    }

    @Override
    public void run(Desk desk) {
        boolean ordered = FoundPair.isBefore(one, other);
        Deal first = desk.deal(ordered ? one : other);
        Deal second = desk.deal(ordered ? other : one);
        Resemblance resemblance = Likenesses.of(first)
                .compare(Likenesses.of(second))
                .orElseGet(() -> new Resemblance(
                        new BigDecimal("0.00"), "Named by " + desk.sender().actor() + "."));
        Pair pair = database.joined()
                .sql(Statements.text("ask-pair"))
                .param("tenant", desk.workspace().tenant())
                .param("workspace", desk.workspace().workspace())
                .param("pair_id", OrderedId.next())
                .param("first_deal", first.id())
                .param("second_deal", second.id())
                .param("score", resemblance.score())
                .param("why", resemblance.why())
                .param("actor", desk.sender().actor())
                .param("now", desk.now().atOffset(ZoneOffset.UTC))
                .query(Pair::of)
                .optional()
                .orElseThrow(() ->
                        ApiException.conflict("already_merged", "The two deals were merged; undo the merge first."));
        desk.audit(
                pair.id(),
                Map.of("deals", List.of(first.id().toString(), second.id().toString())));
        List<Map<String, @Nullable Object>> deals = List.of(first, second).stream()
                .map(deal -> DealView.of(
                        deal, desk.workspace().tenant(), desk.workspace().workspace()))
                .toList();
        desk.answer(201, () -> {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("status", "success");
            body.put(
                    "duplicate", Pair.view(pair.id(), deals, pair.score(), pair.why(), pair.state(), pair.createdAt()));
            return body;
        });
    }
}
