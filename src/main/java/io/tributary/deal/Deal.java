package io.tributary.deal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deal of the pipeline, whole: what is said of it, where that came from, and what was worked out from it. Mutable
 * while a batch is resolved; {@link #copy()} keeps a state.
 */
public final class Deal {
    /** As the hub, HubSpot and Salesforce name it, and the exports of their reports. */
    private static final List<String> LOST_REASON = List.of(
            "lost_reason",
            "closed_lost_reason",
            "loss_reason",
            "Lost Reason",
            "Loss Reason",
            "Lost_Reason__c",
            "Loss_Reason__c",
            "Closed Lost Reason");

    private static final int LONGEST_REASON = 100;

    /** Enough to see a trend. */
    private static final int ENGAGEMENTS = 60;

    private final UUID id;
    private final EnumMap<DealField, Object> fields;
    private final EnumMap<DealField, FieldOrigin> lineage;
    private final EnumSet<DealField> assumed;
    private final FieldOrigin origin;
    private final List<String> externalKeys;
    private Map<String, @Nullable Object> metadata;

    public @Nullable UUID leadId;
    public @Nullable String externalId;
    public @Nullable UUID matchKey;
    public @Nullable String legalForm;

    /** The value in the tenant's own currency; null when there is none or no rate. */
    public @Nullable BigDecimal baseValue;

    public boolean spam;

    /** Whether another deal was merged into this one that may still be taken out again. */
    public boolean merged;

    /** Since when the deal is out of the pipeline because its system has deleted it; null while it is not. */
    public @Nullable Instant archivedAt;

    /** Who looks after the deal, a name or an e-mail address; null while nobody does. */
    public @Nullable String owner;

    public BigDecimal healthScore = BigDecimal.ZERO;
    public String riskLevel = "";
    public Instant scoredAt;
    public Instant updatedAt;
    public Instant stageEnteredAt;
    public @Nullable Instant lastEngagementAt;

    /** The days, by UTC, of the latest engagements, the earliest first, a day for each; bounded. */
    public List<LocalDate> engagedOn = List.of();

    /** How often the expected close date was moved to a later day. */
    public int closeDatePushes;

    /** The day, by UTC, on which time alone may have changed the score; null lets the funnel choose. */
    public @Nullable LocalDate rescoreOn;

    /** A deal as it first came, from {@code origin}. */
    public Deal(UUID id, FieldOrigin origin) {
        this.id = id;
        this.origin = origin;
        this.fields = new EnumMap<>(DealField.class);
        this.lineage = new EnumMap<>(DealField.class);
        this.assumed = EnumSet.noneOf(DealField.class);
        this.externalKeys = new ArrayList<>(1);
        this.metadata = new LinkedHashMap<>();
        this.scoredAt = origin.at();
        this.updatedAt = origin.at();
        this.stageEnteredAt = origin.at();
    }

    private Deal(Deal other) {
        this.id = other.id;
        this.origin = other.origin;
        this.fields = new EnumMap<>(other.fields);
        this.lineage = new EnumMap<>(other.lineage);
        this.externalKeys = new ArrayList<>(other.externalKeys);
        this.metadata = other.metadata;
        this.assumed = other.assumed.clone();
        this.leadId = other.leadId;
        this.externalId = other.externalId;
        this.matchKey = other.matchKey;
        this.legalForm = other.legalForm;
        this.baseValue = other.baseValue;
        this.spam = other.spam;
        this.merged = other.merged;
        this.archivedAt = other.archivedAt;
        this.owner = other.owner;
        this.healthScore = other.healthScore;
        this.riskLevel = other.riskLevel;
        this.scoredAt = other.scoredAt;
        this.updatedAt = other.updatedAt;
        this.stageEnteredAt = other.stageEnteredAt;
        this.lastEngagementAt = other.lastEngagementAt;
        this.engagedOn = other.engagedOn;
        this.closeDatePushes = other.closeDatePushes;
    }

    /** This deal as it is now, untouched by what happens to it later. */
    public Deal copy() {
        return new Deal(this);
    }

    public UUID id() {
        return id;
    }

    /** Where the deal first came from; holds for each field that {@link #originOf} says nothing else of. */
    public FieldOrigin origin() {
        return origin;
    }

    public @Nullable Object get(DealField field) {
        return fields.get(field);
    }

    /** Sets a field, or clears it, and notes where that came from. */
    public void set(DealField field, @Nullable Object value, @Nullable FieldOrigin from) {
        if (value == null) {
            fields.remove(field);
        } else {
            fields.put(field, value);
        }
        if (from == null) {
            lineage.remove(field);
        } else {
            lineage.put(field, from);
        }
    }

    /** The fields that hold a default or an estimate which nobody stated. */
    public Set<DealField> assumed() {
        return assumed;
    }

    /** Notes an engagement; the latest counts for how long the customer has been silent. */
    public void engage(Instant at) {
        List<LocalDate> days = new ArrayList<>(engagedOn);
        days.add(at.atZone(ZoneOffset.UTC).toLocalDate());
        Collections.sort(days);
        engagedOn = List.copyOf(days.subList(Math.max(0, days.size() - ENGAGEMENTS), days.size()));
        if (lastEngagementAt == null || at.isAfter(lastEngagementAt)) {
            lastEngagementAt = at;
        }
    }

    /** Why the deal was lost, as a source or a person put it, bounded; null when nobody said. */
    public @Nullable String lostReason() {
        for (String name : LOST_REASON) {
            if (metadata.get(name) instanceof String reason && !reason.isBlank()) {
                String said = reason.strip();
                return said.substring(
                        0, said.offsetByCodePoints(0, Math.min(said.codePointCount(0, said.length()), LONGEST_REASON)));
            }
        }
        return null;
    }

    /** Whether the deal has no part in the pipeline and its figures. */
    public boolean isAside() {
        return spam || archivedAt != null;
    }

    /** Whether the value is an estimate that nobody stated. */
    public boolean valueEstimated() {
        return assumed.contains(DealField.VALUE);
    }

    /** Where the value of {@code field} comes from. */
    public FieldOrigin originOf(DealField field) {
        return lineage.getOrDefault(field, origin);
    }

    /** The origins that differ from the deal's own. */
    public Map<DealField, FieldOrigin> lineage() {
        return lineage;
    }

    /** {@code system:id} of every record of another system that is this deal. */
    public List<String> externalKeys() {
        return externalKeys;
    }

    /** Whether some record of {@code system} is this deal. */
    public boolean hasKeyOf(String system) {
        for (String key : externalKeys) {
            if (key.length() > system.length() && key.charAt(system.length()) == ':' && key.startsWith(system)) {
                return true;
            }
        }
        return false;
    }

    public Map<String, @Nullable Object> metadata() {
        return metadata;
    }

    public void setMetadata(Map<String, @Nullable Object> metadata) {
        this.metadata = metadata;
    }

    public String name() {
        return (String) require(DealField.NAME);
    }

    public @Nullable String company() {
        return (String) get(DealField.COMPANY);
    }

    public @Nullable BigDecimal value() {
        return (BigDecimal) get(DealField.VALUE);
    }

    public String currency() {
        return (String) require(DealField.CURRENCY);
    }

    public Stage stage() {
        return (Stage) require(DealField.STAGE);
    }

    public BigDecimal probability() {
        return (BigDecimal) require(DealField.PROBABILITY);
    }

    public @Nullable LocalDate expectedCloseDate() {
        return (LocalDate) get(DealField.EXPECTED_CLOSE_DATE);
    }

    public @Nullable String text(DealField field) {
        return (String) get(field);
    }

    private Object require(DealField field) {
        Object value = fields.get(field);
        if (value == null) {
            throw new IllegalStateException("deal " + id + " has no " + field.code());
        }
        return value;
    }
}
