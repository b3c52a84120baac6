package io.tributary.ingest;

import io.tributary.deal.Deal;
import io.tributary.lead.Lead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the pipeline knows already of a batch: the deals and leads its records may be, growing as they are taken. */
final class Known {
    /** Which deal an external id leads to, and how new the newest record of that id was. */
    record HeldKey(UUID dealId, @Nullable Instant sourceUpdatedAt) {}

    private final Map<UUID, Deal> deals = new HashMap<>();
    private final Map<String, HeldKey> keys = new HashMap<>();
    private final Map<UUID, List<UUID>> byMatchKey = new HashMap<>();
    private final Map<UUID, Lead> leads = new HashMap<>();
    private final Set<UUID> askedLeads = new HashSet<>();
    private final Map<String, UUID> mails = new HashMap<>();
    private final Map<String, UUID> threads = new HashMap<>();

    /** By deal, the further match keys under which it is known, with the legal form that stood there. */
    private final Map<UUID, Map<UUID, @Nullable String>> otherNames = new HashMap<>();

    void add(Deal deal) {
        deals.put(deal.id(), deal);
        if (deal.matchKey != null) {
            byMatchKey.computeIfAbsent(deal.matchKey, key -> new ArrayList<>(1)).add(deal.id());
        }
    }

    /** A deal is known by another name too, that of a deal which was merged into it. */
    void addName(UUID dealId, UUID matchKey, @Nullable String legalForm) {
        otherNames.computeIfAbsent(dealId, any -> new HashMap<>(2)).put(matchKey, legalForm);
        byMatchKey.computeIfAbsent(matchKey, key -> new ArrayList<>(1)).add(dealId);
    }

    /** The legal form of a deal's company under the name of {@code matchKey}; null when it shows none. */
    @Nullable
    String legalForm(Deal deal, UUID matchKey) {
        Map<UUID, @Nullable String> names = otherNames.get(deal.id());
        if (names == null || matchKey.equals(deal.matchKey) || !names.containsKey(matchKey)) {
            return deal.legalForm;
        }
        return names.get(matchKey);
    }

    /** A deal that is no more. */
    void remove(Deal deal) {
        deals.remove(deal.id());
    }

    /** A deal in its new state. */
    void replace(Deal before, Deal after) {
        deals.put(after.id(), after);
        if (after.matchKey != null && !after.matchKey.equals(before.matchKey)) {
            byMatchKey
                    .computeIfAbsent(after.matchKey, key -> new ArrayList<>(1))
                    .add(after.id());
        }
    }

    void add(String externalKey, HeldKey held) {
        keys.put(externalKey, held);
    }

    void add(Lead lead) {
        leads.put(lead.id(), lead);
    }

    /** These leads are about to be looked for, so that nobody needs to ask for them again. */
    List<UUID> ask(Set<UUID> ids) {
        askedLeads.addAll(ids);
        return List.copyOf(ids);
    }

    /** Whether the lead was looked for, found or not. */
    boolean isAsked(UUID lead) {
        return askedLeads.contains(lead);
    }

    /** A mail that leads to a deal; the newest is added first. */
    void addMail(String key, String bodyHash, UUID deal) {
        mails.putIfAbsent(key + bodyHash, deal);
        threads.putIfAbsent(key, deal);
    }

    /** The deal of this very mail. */
    @Nullable
    UUID mail(String key, String bodyHash) {
        return mails.get(key + bodyHash);
    }

    /** The deal that a mail of this key belongs to, whatever its body. */
    @Nullable
    UUID thread(String key) {
        return threads.get(key);
    }

    /** The deals of all known mails. */
    Iterable<UUID> dealsOfMails() {
        return threads.values();
    }

    @Nullable
    HeldKey key(@Nullable String externalKey) {
        return externalKey == null ? null : keys.get(externalKey);
    }

    @Nullable
    Deal deal(UUID id) {
        return deals.get(id);
    }

    @Nullable
    Lead lead(@Nullable UUID id) {
        return id == null ? null : leads.get(id);
    }

    Iterable<Deal> deals() {
        return deals.values();
    }

    /** Deals of this lead, oldest first. */
    List<Deal> dealsOf(UUID lead) {
        List<Deal> found = new ArrayList<>();
        for (Deal deal : deals.values()) {
            if (lead.equals(deal.leadId)) {
                found.add(deal);
            }
        }
        found.sort((one, other) -> one.id().compareTo(other.id()));
        return found;
    }

    /** Deals of this match key, oldest first. */
    List<Deal> matching(UUID matchKey) {
        List<Deal> found = new ArrayList<>(1);
        for (UUID id : byMatchKey.getOrDefault(matchKey, List.of())) {
            Deal deal = deals.get(id);
            if (deal != null
                    && (matchKey.equals(deal.matchKey)
                            || otherNames.getOrDefault(id, Map.of()).containsKey(matchKey))
                    && !found.contains(deal)) {
                found.add(deal);
            }
        }
        return found;
    }
}
