package io.tributary.enrichment;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.FieldOrigin;
import io.tributary.deal.Times;
import io.tributary.ingest.Command;
import io.tributary.ingest.Desk;
import io.tributary.ingest.FieldChange;
import io.tributary.lead.Lead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what others know of a deal's contact where nothing was given. It counts as assumed, so that whatever anybody
 * states later takes its place. What is no field of a deal or a lead is kept in their metadata under {@code enrichment}.
 */
final class EnrichDeal implements Command {
    static final String SOURCE = "enrichment";

    private static final List<DealField> FIELDS =
            List.of(DealField.COMPANY, DealField.CONTACT_NAME, DealField.DESCRIPTION);

    private final UUID id;
    private final UUID leadId;
    private final String connection;
    private final Map<String, Object> facts;

    EnrichDeal(UUID id, UUID leadId, String connection, Map<String, Object> facts) {
        this.id = id;
        this.leadId = leadId;
        this.connection = connection;
        this.facts = Map.copyOf(facts);
    }

    @Override
    public String cause() {
        return SOURCE;
    }

    @Override
    public String action() {
        return "deal.enriched";
    }

    @Override
    public Set<UUID> deals() {
        return Set.of(id);
    }

    @Override
    public Set<UUID> leads() {
        return Set.of(leadId);
    }

    @Override
    public boolean changesIdentity() {
        return facts.containsKey(DealField.COMPANY.code());
    }

    @Override
    public void run(Desk desk) {
        if (desk.hasLead(leadId)) {
            fill(desk, desk.lead(leadId));
        }
        if (desk.hasDeal(id)) {
            fill(desk, desk.deal(id));
        }
        desk.answer(200, Map::of);
    }

    private void fill(Desk desk, Deal before) {
        Deal after = before.copy();
        Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
        FieldOrigin from = desk.origin();
        for (DealField field : FIELDS) {
            Object value = facts.get(field.code());
            if (value != null && before.get(field) == null) {
                FieldChange.set(after, field, value, true, from, replaced);
            }
        }
        List<String> filled = new ArrayList<>(replaced.keySet());
        Map<String, @Nullable Object> metadata = with(desk, before.metadata());
        if (!metadata.equals(before.metadata())) {
            replaced.put("source_metadata", before.metadata());
            after.setMetadata(metadata);
            filled.add("enrichment");
        }
        if (replaced.isEmpty()) {
            return;
        }
        after.updatedAt = desk.now();
        desk.write(before, after, replaced);
        desk.tellUpdated(before, after);
        desk.log(id, "enriched", "Filled in " + String.join(", ", filled) + " from " + connection);
    }

    private void fill(Desk desk, Lead lead) {
        Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
        lead.company = filled(lead.company, "company", replaced);
        lead.phone = filled(lead.phone, "phone", replaced);
        lead.firstName = filled(lead.firstName, "first_name", replaced);
        lead.lastName = filled(lead.lastName, "last_name", replaced);
        Map<String, @Nullable Object> metadata = with(desk, lead.metadata);
        if (!metadata.equals(lead.metadata)) {
            replaced.put("metadata", lead.metadata);
            lead.metadata = metadata;
        }
        if (!replaced.isEmpty()) {
            desk.write(lead, replaced);
        }
    }

    private @Nullable String filled(@Nullable String held, String name, Map<String, @Nullable Object> replaced) {
        Object known = facts.get(name);
        if (known == null || held != null) {
            return held;
        }
        replaced.put(name, null);
        return known.toString();
    }

    /** The metadata with what is known laid under {@code enrichment}; as it is where that says nothing new. */
    private Map<String, @Nullable Object> with(Desk desk, Map<String, @Nullable Object> metadata) {
        Map<String, @Nullable Object> known = new LinkedHashMap<>(facts);
        known.put("from", connection);
        Map<String, @Nullable Object> held = new LinkedHashMap<>();
        if (metadata.get(SOURCE) instanceof Map<?, ?> earlier) {
            earlier.forEach((name, value) -> held.put(String.valueOf(name), value));
        }
        held.remove("at");
        if (Objects.equals(held, known)) {
            return metadata;
        }
        known.put("at", Times.text(desk.now()));
        Map<String, @Nullable Object> laid = new LinkedHashMap<>(metadata);
        laid.put(SOURCE, known);
        return laid;
    }
}
