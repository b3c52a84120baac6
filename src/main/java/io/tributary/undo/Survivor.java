package io.tributary.undo;

import io.tributary.answer.ApiException;
import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.FieldError;
import io.tributary.deal.FieldOrigin;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What two deals become as one: what the kept deal states stays, what it lacks or only assumes the other one fills,
 * unless a person has chosen otherwise for a field.
 */
final class Survivor {
    private static final String METADATA = "source_metadata";
    private static final Set<DealField> CHOOSABLE = Set.of(
            DealField.NAME,
            DealField.COMPANY,
            DealField.VALUE,
            DealField.CURRENCY,
            DealField.STAGE,
            DealField.PROBABILITY,
            DealField.EXPECTED_CLOSE_DATE,
            DealField.CONTACT_EMAIL,
            DealField.CONTACT_NAME,
            DealField.DESCRIPTION);

    private final Deal kept;
    private final Deal merged;
    private final Map<String, UUID> choices;
    private final Deal after;
    private final Map<String, @Nullable Object> replaced = new LinkedHashMap<>();

    Survivor(Deal kept, Deal merged, Map<String, UUID> choices) {
        this.kept = kept;
        this.merged = merged;
        this.choices = choices;
        this.after = kept.copy();
        choices.forEach(this::check);
    }

    private void check(String field, UUID choice) {
        boolean known = field.equals(METADATA)
                || DealField.ofCode(field).filter(CHOOSABLE::contains).isPresent();
        if (!known) {
            throw ApiException.invalid(
                    List.of(new FieldError("fields", field, "names no field of a deal that can be chosen")));
        }
        if (!choice.equals(kept.id()) && !choice.equals(merged.id())) {
            throw ApiException.invalid(
                    List.of(new FieldError("fields", choice.toString(), "is neither of the two deals, for " + field)));
        }
    }

    /** What was replaced in the kept deal, by field, as history keeps it. */
    Map<String, @Nullable Object> replaced() {
        return replaced;
    }

    /** The deal that remains. */
    Deal deal() {
        takeField(DealField.NAME);
        takeField(DealField.COMPANY);
        takeMoney();
        takeStage();
        takeField(DealField.EXPECTED_CLOSE_DATE);
        takeContact();
        takeField(DealField.CONTACT_NAME);
        takeField(DealField.DESCRIPTION);
        takeMetadata();
        takeKeys();
        if (kept.spam && !merged.spam) {
            FieldValue.put(after, "spam", false, replaced);
        }
        if (merged.lastEngagementAt != null
                && (after.lastEngagementAt == null || merged.lastEngagementAt.isAfter(after.lastEngagementAt))) {
            FieldValue.put(after, "last_engagement_at", merged.lastEngagementAt.toString(), replaced);
        }
        if (after.owner == null && merged.owner != null) {
            FieldValue.put(after, "owner", merged.owner, replaced);
        }
        return after;
    }

    private boolean takes(DealField field) {
        UUID choice = choices.get(field.code());
        if (choice != null) {
            return choice.equals(merged.id());
        }
        boolean lacking = kept.get(field) == null;
        boolean onlyAssumed =
                kept.assumed().contains(field) && !merged.assumed().contains(field);
        return merged.get(field) != null && (lacking || onlyAssumed);
    }

    private boolean takeField(DealField field) {
        if (!takes(field)) {
            return false;
        }
        take(field);
        return true;
    }

    /** The other deal's value, with where that came from; its currency and stage never stand without it. */
    private void take(DealField field) {
        FieldOrigin own = merged.originOf(field);
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("value", merged.get(field));
        value.put("assumed", merged.assumed().contains(field));
        value.put("from", io.tributary.deal.DealView.origin(own));
        FieldValue.put(after, field.code(), value, replaced);
    }

    private void takeMoney() {
        boolean taken = takeField(DealField.VALUE);
        boolean chosen = choices.containsKey(DealField.CURRENCY.code());
        if (chosen ? takes(DealField.CURRENCY) : taken || (kept.value() == null && takes(DealField.CURRENCY))) {
            take(DealField.CURRENCY);
        }
    }

    private void takeStage() {
        if (takeField(DealField.STAGE)) {
            FieldValue.put(after, "stage_entered_at", merged.stageEnteredAt.toString(), replaced);
            if (!choices.containsKey(DealField.PROBABILITY.code())) {
                take(DealField.PROBABILITY);
                return;
            }
        }
        takeField(DealField.PROBABILITY);
    }

    private void takeContact() {
        if (takeField(DealField.CONTACT_EMAIL) || kept.leadId == null) {
            if (merged.leadId != null) {
                FieldValue.put(after, "lead_id", merged.leadId.toString(), replaced);
            }
        }
    }

    private void takeMetadata() {
        boolean mergedFirst = merged.id().equals(choices.get(METADATA));
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(mergedFirst ? kept.metadata() : merged.metadata());
        metadata.putAll(mergedFirst ? merged.metadata() : kept.metadata());
        if (!metadata.equals(kept.metadata())) {
            replaced.put(METADATA, kept.metadata());
            after.setMetadata(metadata);
        }
    }

    private void takeKeys() {
        Set<String> keys = new LinkedHashSet<>(kept.externalKeys());
        keys.addAll(merged.externalKeys());
        after.externalKeys().clear();
        after.externalKeys().addAll(keys);
        if (kept.externalId == null && merged.externalId != null) {
            FieldValue.put(after, "external_id", merged.externalId, replaced);
        }
    }
}
