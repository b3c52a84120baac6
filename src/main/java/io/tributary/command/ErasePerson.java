package io.tributary.command;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.ingest.Command;
import io.tributary.ingest.Desk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes a person out of every deal, because the person wants to be forgotten; nothing of it is kept in history. */
public final class ErasePerson implements Command {
    private static final List<DealField> FIELDS = List.of(DealField.CONTACT_EMAIL, DealField.CONTACT_NAME);

    /** Where sources keep what else names a contact. */
    private static final List<String> METADATA =
            List.of("phone", "associated_contact_id", "associated_contact_email", "enrichment");

    private final UUID lead;

    public ErasePerson(UUID lead) {
        this.lead = lead;
    }

    @Override
    public String cause() {
        return "erase";
    }

    @Override
    public String action() {
        return "person.erased";
    }

    @Override
    public Set<UUID> leads() {
        return Set.of(lead);
    }

    @Override
    public boolean needsDealsOfLeads() {
        return true;
    }

    @Override
    public void run(Desk desk) {
        for (Deal before : desk.dealsOf(lead)) {
            Deal after = before.copy();
            FIELDS.forEach(field -> after.set(field, null, desk.origin()));
            Map<String, @Nullable Object> metadata = new LinkedHashMap<>(before.metadata());
            METADATA.forEach(metadata::remove);
            after.setMetadata(metadata);
            after.leadId = null;
            after.updatedAt = desk.now();
            desk.write(before, after, new LinkedHashMap<>());
            desk.tellUpdated(before, after);
            desk.log(after.id(), "erased", "The contact asked to be forgotten");
        }
        desk.answer(200, Map::of);
    }
}
