package io.tributary.undo;

import io.tributary.answer.ApiException;
import io.tributary.deal.DealView;
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

/** A person says that two deals are not one: the pair is never offered again. */
final class DismissPair implements Command {
    private final TenantDatabase database;
    private final Pair pair;

    DismissPair(TenantDatabase database, Pair pair) {
        this.database = database;
        this.pair = pair;
    }

    @Override
    public String cause() {
        return "dismiss";
    }

    @Override
    public String action() {
        return "duplicate.dismissed";
    }

    @Override
    public Set<UUID> deals() {
        return pair.deals();
    }

    @Override
    public void run(Desk desk) {
        Pair now = Pair.lock(database.joined(), desk.workspace(), pair.id()).orElseThrow(ApiException::notFound);
        if (now.state().equals(Pair.MERGED)) {
            throw ApiException.conflict("already_merged", "The two deals were merged; undo the merge first.");
        }
        database.joined()
                .sql(Statements.text("dismiss-pair"))
                .param("tenant", desk.workspace().tenant())
                .param("workspace", desk.workspace().workspace())
                .param("pair_id", pair.id())
                .param("actor", desk.sender().actor())
                .param("now", desk.now().atOffset(ZoneOffset.UTC))
                .update();
        desk.audit(
                pair.id(),
                Map.of("deals", List.of(pair.first().toString(), pair.second().toString())));
        List<Map<String, @Nullable Object>> deals = List.of(pair.first(), pair.second()).stream()
                .filter(desk::hasDeal)
                .map(id -> DealView.of(
                        desk.deal(id),
                        desk.workspace().tenant(),
                        desk.workspace().workspace()))
                .toList();
        desk.answer(200, () -> {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("status", "success");
            body.put(
                    "duplicate",
                    Pair.view(pair.id(), deals, pair.score(), pair.why(), Pair.DISMISSED, pair.createdAt()));
            return body;
        });
    }
}
