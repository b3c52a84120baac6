package io.tributary.command;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.DealView;
import io.tributary.deal.Stage;
import io.tributary.ingest.Command;
import io.tributary.ingest.Desk;
import io.tributary.ingest.FieldChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Follows the deletion of a deal in the system that it comes from: takes it out of the pipeline, or closes it as lost. A
 * record of it that comes later brings it back.
 */
public final class ArchiveDeal implements Command {
    private final UUID id;
    private final Instant at;
    private final String reason;
    private final boolean closed;

    /**
     * @param at when it was deleted
     * @param reason what its activity tells, without a full stop
     * @param closed whether it is closed as lost and stays among the others
     */
    public ArchiveDeal(UUID id, Instant at, String reason, boolean closed) {
        this.id = id;
        this.at = at;
        this.reason = reason;
        this.closed = closed;
    }

    @Override
    public String cause() {
        return "deletion";
    }

    @Override
    public String action() {
        return closed ? "deal.closed" : "deal.archived";
    }

    @Override
    public Set<UUID> deals() {
        return Set.of(id);
    }

    @Override
    public void run(Desk desk) {
        Deal before = desk.hasDeal(id) ? desk.deal(id) : null;
        if (before == null || (closed ? before.stage().closed() : before.archivedAt != null)) {
            desk.answer(200, Map::of);
            return;
        }
        Deal after = before.copy();
        Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
        if (closed) {
            replaced.put("stage_entered_at", before.stageEnteredAt.toString());
            FieldChange.set(after, DealField.STAGE, Stage.CLOSED_LOST, false, desk.origin(), replaced);
            FieldChange.set(after, DealField.PROBABILITY, new BigDecimal("0.00"), true, desk.origin(), replaced);
            after.stageEnteredAt = desk.now();
        } else {
            replaced.put("archived_at", null);
            after.archivedAt = at;
        }
        after.updatedAt = desk.now();
        desk.write(before, after, replaced);
        Map<String, @Nullable Object> data = DealView.summary(after);
        data.put("archived_at", after.archivedAt == null ? null : after.archivedAt.toString());
        desk.tell("deal.updated", id, data);
        desk.log(id, closed ? "closed" : "archived", reason);
        desk.updated(after);
    }
}
