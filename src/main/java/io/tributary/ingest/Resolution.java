package io.tributary.ingest;

import io.tributary.deal.Deal;
import io.tributary.deal.Stage;
import io.tributary.lead.Lead;
import io.tributary.metrics.CounterDeltas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything a batch will write, worked out before the first row of it is. */
final class Resolution {
    /** What a change replaced. */
    record Change(
            UUID subject,
            String entity,
            String cause,
            String actor,
            int row,
            @Nullable Instant sourceUpdatedAt,
            Map<String, @Nullable Object> replaced) {}

    record NewKey(
            String system,
            String externalId,
            UUID dealId,
            @Nullable Instant sourceUpdatedAt) {}

    /** @param at when it happened; null for the moment of the batch */
    record NewActivity(
            UUID dealId,
            String type,
            String actor,
            String text,
            @Nullable Instant at) {}

    /** An event, and what makes its data; a large batch has that done beside it. */
    record NewEvent(String type, @Nullable UUID subject, Supplier<Map<String, @Nullable Object>> told) {
        NewEvent(String type, @Nullable UUID subject, Map<String, @Nullable Object> data) {
            this(type, subject, () -> data);
        }

        Map<String, @Nullable Object> data() {
            return told.get();
        }
    }

    /** A mail, or one known by name only, and the deal it leads to. */
    record NewMail(String key, String bodyHash, @Nullable String messageId, UUID dealId) {}

    /** A stage that a deal has left. */
    record Visit(UUID dealId, Instant enteredAt, Instant leftAt, Stage stage, Stage next) {}

    /** A record that came for a deal which may still come apart again. */
    record MergedRecord(
            UUID dealId,
            @Nullable String externalKey,
            @Nullable UUID matchKey,
            StoredRecord record) {}

    final Known known;

    /** Deals that are new, and deals that are changed, each in its last state. */
    final Map<UUID, Deal> created = new LinkedHashMap<>();

    final Map<UUID, Deal> updated = new LinkedHashMap<>();
    final Map<UUID, Lead> newLeads = new LinkedHashMap<>();
    final Map<UUID, Lead> changedLeads = new LinkedHashMap<>();
    final Map<String, NewKey> newKeys = new LinkedHashMap<>();
    final Map<String, Instant> touchedKeys = new LinkedHashMap<>();
    final List<Change> changes = new ArrayList<>();
    final List<NewActivity> activities = new ArrayList<>();
    final List<NewMail> mails = new ArrayList<>();
    final List<NewEvent> events = new ArrayList<>();
    final List<Visit> visits = new ArrayList<>();
    final CounterDeltas counters = new CounterDeltas();

    final List<MergedRecord> mergedRecords = new ArrayList<>();

    /** Deals that end with this batch, and deals that come back with it. */
    final Map<UUID, Deal> removed = new LinkedHashMap<>();

    final Map<UUID, Deal> restored = new LinkedHashMap<>();

    /** Deals whose name, company or contact is another now, as they were before the batch. */
    final Map<UUID, Deal> identityBefore = new LinkedHashMap<>();

    /** The number before the first activity and change of this batch, once they are written. */
    long recordsBefore;

    Resolution(Known known) {
        this.known = known;
    }

    /** Notes that {@code deal} is now as given. */
    void store(Deal deal) {
        if (created.containsKey(deal.id())) {
            created.put(deal.id(), deal);
        } else {
            updated.put(deal.id(), deal);
        }
    }
}
