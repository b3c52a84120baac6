package io.tributary.command;

import io.tributary.deal.Deal;
import io.tributary.ingest.Command;
import io.tributary.ingest.Desk;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Scores deals anew because time has passed: nothing of what is known of them changes, so history keeps nothing. */
public final class RescoreDeals implements Command {
    private final Set<UUID> ids;

    public RescoreDeals(List<UUID> ids) {
        this.ids = Set.copyOf(ids);
    }

    @Override
    public String cause() {
        return "rescoring";
    }

    @Override
    public String action() {
        return "deals.rescored";
    }

    @Override
    public Set<UUID> deals() {
        return ids;
    }

    @Override
    public void run(Desk desk) {
        for (UUID id : ids) {
            if (desk.hasDeal(id)) {
                Deal before = desk.deal(id);
                desk.rescore(before, before.copy());
            }
        }
        desk.answer(200, Map::of);
    }
}
