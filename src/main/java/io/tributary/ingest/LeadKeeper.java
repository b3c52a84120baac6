package io.tributary.ingest;

import io.tributary.deal.FieldOrigin;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.PersonName;
import io.tributary.lead.Lead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes and fills the leads behind a batch's deals; what is known of a person is never overwritten, only completed. */
final class LeadKeeper {
    /** More touches than this tell nothing new and would let one visitor's row grow without end. */
    private static final int TOUCHES = 100;

    private static final String SPAM = "spam";
    private static final Set<String> SIGNS =
            Arrays.stream(SpamSign.values()).map(SpamSign::code).collect(Collectors.toUnmodifiableSet());

    private final Resolution resolution;
    private final Batch batch;

    LeadKeeper(Resolution resolution, Batch batch) {
        this.resolution = resolution;
        this.batch = batch;
    }

    /** Whether somebody has said that this lead is spam. */
    boolean isMarked(@Nullable UUID id) {
        Lead lead = resolution.known.lead(id);
        return lead != null && lead.spamReasons.contains(Lead.MARKED);
    }

    /**
     * The lead of the record's e-mail address; null when it states none.
     *
     * @param id the lead's id, which follows from the address
     */
    @Nullable
    Lead keep(@Nullable UUID id, Entry entry, NormalisedDeal incoming, FieldOrigin from) {
        String email = incoming.contactEmail();
        if (id == null || email == null) {
            return null;
        }
        Lead known = resolution.known.lead(id);
        if (known != null && entry.isSpam() && !known.isSpam()) {
            // Whoever sends spam may put anybody's address into it.
            return known;
        }
        if (known != null) {
            Map<String, @Nullable Object> replaced = complete(known, entry, incoming);
            if (!replaced.isEmpty() && !resolution.newLeads.containsKey(known.id())) {
                known.updatedAt = batch.now();
                resolution.changedLeads.put(known.id(), known);
                resolution.changes.add(new Resolution.Change(
                        known.id(), "lead", "ingest", entry.actor(), entry.row(), from.sourceUpdatedAt(), replaced));
            }
            return known;
        }
        Lead lead = new Lead(id, email, batch.source(), batch.now());
        if (entry.isSpam()) {
            lead.spamReasons = entry.spamReasons;
            lead.status = SPAM;
        }
        complete(lead, entry, incoming);
        resolution.newLeads.put(lead.id(), lead);
        resolution.known.add(lead);
        return lead;
    }

    private static Map<String, @Nullable Object> complete(Lead lead, Entry entry, NormalisedDeal incoming) {
        Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
        PersonName name = incoming.contact();
        if (name != null && lead.firstName == null && lead.lastName == null) {
            if (name.firstName() != null || name.lastName() != null) {
                replaced.put("first_name", null);
                replaced.put("last_name", null);
            }
            lead.firstName = name.firstName();
            lead.lastName = name.lastName();
        }
        if (lead.company == null && incoming.company() != null) {
            replaced.put("company", null);
            lead.company = incoming.company();
        }
        if (lead.phone == null && incoming.phone() != null) {
            replaced.put("phone", null);
            lead.phone = incoming.phone();
        }
        if (!entry.isSpam() && !lead.spamReasons.isEmpty() && SIGNS.containsAll(lead.spamReasons)) {
            // The address turns out to be somebody's after all.
            replaced.put("spam_reasons", lead.spamReasons);
            replaced.put("status", lead.status);
            lead.spamReasons = List.of();
            lead.status = lead.status.equals(SPAM) ? "new" : lead.status;
        }
        touch(lead, incoming, replaced);
        return replaced;
    }

    /** Keeps the first touch for good, and every later one that differs from the one before it. */
    private static void touch(Lead lead, NormalisedDeal incoming, Map<String, @Nullable Object> replaced) {
        Map<String, @Nullable Object> touch = new LinkedHashMap<>();
        incoming.metadata().forEach((key, value) -> {
            if (value != null && (key.startsWith("utm_") || CLICK_IDS.contains(key))) {
                touch.put(key, value);
            }
        });
        if (touch.isEmpty()) {
            return;
        }
        List<Object> touches = new ArrayList<>();
        if (lead.metadata.get("touches") instanceof List<?> known) {
            touches.addAll(known);
        }
        Object last = touches.isEmpty() ? lead.metadata.get("first_touch") : touches.get(touches.size() - 1);
        if (Objects.equals(last, touch) || touches.size() >= TOUCHES) {
            return;
        }
        replaced.put("metadata", new LinkedHashMap<>(lead.metadata));
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(lead.metadata);
        if (metadata.get("first_touch") == null) {
            metadata.put("first_touch", touch);
        } else {
            touches.add(touch);
            metadata.put("touches", touches);
        }
        lead.metadata = metadata;
    }

    private static final List<String> CLICK_IDS =
            List.of("gclid", "fbclid", "msclkid", "gbraid", "wbraid", "li_fat_id");
}
