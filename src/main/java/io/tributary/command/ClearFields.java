package io.tributary.command;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.FieldOrigin;
import io.tributary.ingest.Command;
import io.tributary.ingest.Desk;
import io.tributary.ingest.FieldChange;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Follows the emptying of fields in the system that a deal comes from. What another system or a person has said since, or
 * what the same system has said later, stays.
 */
public final class ClearFields implements Command {
    /** What a system may empty without the deal becoming another one. */
    public static final Set<DealField> CLEARABLE =
            Set.of(DealField.VALUE, DealField.EXPECTED_CLOSE_DATE, DealField.DESCRIPTION);

    private final UUID id;
    private final Set<DealField> fields;
    private final @Nullable Instant at;

    /**
     * @param fields some of {@link #CLEARABLE}
     * @param at when the other system changed the record; null when it does not say
     */
    public ClearFields(UUID id, Set<DealField> fields, @Nullable Instant at) {
        this.id = id;
        this.fields = Set.copyOf(fields);
        this.at = at;
    }

    @Override
    public String cause() {
        return "ingest";
    }

    @Override
    public String action() {
        return "deal.edited";
    }

    @Override
    public Set<UUID> deals() {
        return Set.of(id);
    }

    @Override
    public void run(Desk desk) {
        Deal before = desk.hasDeal(id) ? desk.deal(id) : null;
        if (before == null) {
            desk.answer(200, Map::of);
            return;
        }
        Deal after = before.copy();
        Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
        FieldOrigin here = desk.origin();
        FieldOrigin from = new FieldOrigin(here.source(), here.actor(), null, null, here.at(), at);
        for (DealField field : CLEARABLE) {
            if (fields.contains(field) && isOurs(before, field, here.source())) {
                FieldChange.set(after, field, null, false, from, replaced);
            }
        }
        if (replaced.isEmpty()) {
            desk.unchanged(before);
            return;
        }
        after.updatedAt = desk.now();
        desk.write(before, after, replaced);
        desk.tellUpdated(before, after);
        desk.log(id, "updated", "Emptied " + String.join(", ", replaced.keySet()) + ", as in " + here.source());
        desk.updated(after);
    }

    private boolean isOurs(Deal deal, DealField field, String source) {
        if (deal.get(field) == null) {
            return false;
        }
        FieldOrigin held = deal.originOf(field);
        Instant heldAt = held.sourceUpdatedAt();
        return held.source().equals(source) && (at == null || heldAt == null || !heldAt.isAfter(at));
    }
}
