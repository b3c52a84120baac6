package io.tributary.command;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.FieldOrigin;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.Stage;
import io.tributary.ingest.Command;
import io.tributary.ingest.Desk;
import io.tributary.ingest.FieldChange;
import io.tributary.lead.Lead;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes the fields of one deal as somebody asks: all of them, or none where one cannot be read. */
final class EditDeal implements Command {
    private static final Set<String> ALSO_STATED = Set.of("owner", "source_metadata");

    private final UUID id;
    private final DealPatch patch;
    private final @Nullable UUID leadId;

    /** @param leadId the lead of the e-mail address that the patch states; null when it states none */
    EditDeal(UUID id, DealPatch patch, @Nullable UUID leadId) {
        this.id = id;
        this.patch = patch;
        this.leadId = leadId;
    }

    @Override
    public String cause() {
        return "edit";
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
    public Set<UUID> leads() {
        return leadId == null ? Set.of() : Set.of(leadId);
    }

    @Override
    public boolean changesIdentity() {
        return patch.names(DealField.NAME) || patch.names(DealField.COMPANY);
    }

    @Override
    public void run(Desk desk) {
        Deal before = desk.deal(id);
        DealPatch.Read read = patch.read(before, desk.workspace(), desk.settings());
        Deal after = before.copy();
        Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
        NormalisedDeal stated = read.deal();
        FieldOrigin from = desk.origin();
        for (DealField field : patch.fields()) {
            apply(desk, after, field, stated, from, replaced);
        }
        if (patch.names(DealField.VALUE) && !patch.names(DealField.CURRENCY) && stated.currency() != null) {
            FieldChange.set(after, DealField.CURRENCY, stated.currency(), false, from, replaced);
        }
        follow(before, after, stated, from, replaced);
        relate(desk, before, after, stated, replaced);
        if (patch.namesOwner() && !Objects.equals(before.owner, patch.owner())) {
            replaced.put("owner", before.owner);
            after.owner = patch.owner();
        }
        Map<String, @Nullable Object> metadata = patch.metadata(before.metadata());
        if (!metadata.equals(before.metadata())) {
            replaced.put("source_metadata", before.metadata());
            after.setMetadata(metadata);
        }
        read.warnings().forEach(desk::warn);
        if (replaced.isEmpty()) {
            desk.unchanged(before);
            return;
        }
        after.updatedAt = desk.now();
        desk.write(before, after, replaced);
        desk.tellUpdated(before, after);
        desk.log(id, "edited", "Changed " + String.join(", ", stated(replaced.keySet())) + " by hand");
        if (replaced.containsKey("owner")) {
            desk.log(id, "owner", after.owner == null ? "Nobody looks after it" : after.owner + " looks after it");
        }
        desk.updated(after);
    }

    /** What somebody asked to change, without what follows from it. */
    private static List<String> stated(Set<String> changed) {
        return changed.stream()
                .filter(name -> DealField.ofCode(name).isPresent() || ALSO_STATED.contains(name))
                .toList();
    }

    private void apply(
            Desk desk,
            Deal after,
            DealField field,
            NormalisedDeal stated,
            FieldOrigin from,
            Map<String, @Nullable Object> replaced) {
        boolean cleared = patch.clears(field);
        if (!cleared && FieldChange.isSame(after.get(field), value(field, stated))) {
            // Sent along as it stands, which makes no statement of an estimate.
            return;
        }
        switch (field) {
            case CURRENCY ->
                FieldChange.set(
                        after,
                        field,
                        cleared ? desk.settings().currency() : stated.currency(),
                        cleared,
                        from,
                        replaced);
            case PROBABILITY -> FieldChange.set(after, field, stated.probability(), cleared, from, replaced);
            default -> FieldChange.set(after, field, cleared ? null : value(field, stated), false, from, replaced);
        }
    }

    private static @Nullable Object value(DealField field, NormalisedDeal stated) {
        return switch (field) {
            case NAME -> stated.name();
            case COMPANY -> stated.company();
            case VALUE -> stated.assumed().contains(DealField.VALUE) ? null : stated.value();
            case CURRENCY -> stated.currency();
            case STAGE -> stated.stage();
            case PROBABILITY -> stated.probability();
            case EXPECTED_CLOSE_DATE -> stated.expectedCloseDate();
            case CONTACT_EMAIL -> stated.contactEmail();
            case CONTACT_NAME -> stated.contactName();
            case DESCRIPTION -> stated.description();
            default -> throw new IllegalArgumentException("a person does not edit " + field.code());
        };
    }

    /** A probability that nobody stated follows the stage, and so does that of a deal which is decided. */
    private void follow(
            Deal before, Deal after, NormalisedDeal stated, FieldOrigin from, Map<String, @Nullable Object> replaced) {
        Stage stage = after.stage();
        if (stage == before.stage()) {
            return;
        }
        replaced.put("stage_entered_at", before.stageEnteredAt.toString());
        after.stageEnteredAt = from.at();
        if (!patch.names(DealField.PROBABILITY)
                && (stage.closed() || after.assumed().contains(DealField.PROBABILITY))) {
            FieldChange.set(after, DealField.PROBABILITY, stated.probability(), true, from, replaced);
        }
    }

    /** The deal belongs to whoever its e-mail address names. */
    private static void relate(
            Desk desk, Deal before, Deal after, NormalisedDeal stated, Map<String, @Nullable Object> replaced) {
        if (!replaced.containsKey(DealField.CONTACT_EMAIL.code())) {
            return;
        }
        Lead lead = after.text(DealField.CONTACT_EMAIL) == null ? null : desk.leadOf(stated);
        UUID now = lead == null ? null : lead.id();
        if (!Objects.equals(before.leadId, now)) {
            replaced.put("lead_id", before.leadId == null ? null : before.leadId.toString());
            after.leadId = now;
        }
    }
}
