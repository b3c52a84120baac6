package io.tributary.command;

import io.tributary.deal.Deal;
import io.tributary.ingest.Command;
import io.tributary.ingest.Desk;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Scores deals anew because time has passed: nothing of what is known of them changes, so history keeps nothing. */
public final class RescoreDeals implements Command {
    private final Set<UUID> ids;
    private final Instant dueAt;

    /** @param dueAt when they were found to be due; one that was scored since is passed over */
    public RescoreDeals(List<UUID> ids, Instant dueAt) {
        this.ids = Set.copyOf(ids);
        this.dueAt = dueAt;
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
            Deal before = desk.hasDeal(id) ? desk.deal(id) : null;
            if (before != null && !before.scoredAt.isAfter(dueAt)) {
                desk.rescore(before, before.copy());
            }
        }
        desk.answer(200, Map::of);
    }
}
