package io.tributary.ingest;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.DealView;
import io.tributary.deal.FieldOrigin;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.Stage;
import io.tributary.deal.Times;
import io.tributary.json.Json;
import io.tributary.tenant.TenantSettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record as it was read, kept so that it can be laid over another deal later, as if it had come for that one. */
public final class StoredRecord {
    private final NormalisedDeal record;
    private final FieldOrigin from;
    private final boolean matchedByName;

    StoredRecord(NormalisedDeal record, FieldOrigin from, boolean matchedByName) {
        this.record = record;
        this.from = from;
        this.matchedByName = matchedByName;
    }

    /** When and from where it came. */
    public FieldOrigin from() {
        return from;
    }

    /**
     * Lays the record over {@code deal}, as the funnel would have.
     *
     * @return what it replaced, by field
     */
    public Map<String, @Nullable Object> applyTo(Deal deal, TenantSettings settings) {
        return new DealMerge(new Precedence(settings.fieldTrust())).apply(deal, record, from, matchedByName);
    }

    /** As JSON. */
    String text() {
        Map<String, @Nullable Object> stored = new LinkedHashMap<>();
        stored.put("name", record.name());
        stored.put("company", record.company());
        stored.put("value", record.value());
        stored.put("currency", record.currency());
        stored.put("stage", record.stage().code());
        stored.put("probability", record.probability());
        stored.put("expected_close_date", text(record.expectedCloseDate()));
        stored.put("contact_email", record.contactEmail());
        stored.put("contact_name", record.contactName());
        stored.put("description", record.description());
        stored.put("phone", record.phone());
        stored.put("system", record.system());
        stored.put("external_id", record.externalId());
        stored.put("source_updated_at", Times.text(record.sourceUpdatedAt()));
        stored.put("assumed", record.assumed().stream().map(DealField::code).toList());
        stored.put("metadata", record.metadata());
        stored.put("matched_by_name", matchedByName);
        stored.put("from", DealView.origin(from));
        return Json.write(stored);
    }

    /** The record in {@code json}, as {@link #text} wrote it. */
    public static StoredRecord read(String json) {
        Map<String, @Nullable Object> stored = Json.readObject(json);
        NormalisedDeal record = new NormalisedDeal(
                Objects.requireNonNull(text(stored.get("name"))),
                text(stored.get("company")),
                amount(stored.get("value")),
                text(stored.get("currency")),
                Stage.ofCode(String.valueOf(stored.get("stage"))).orElseThrow(),
                Objects.requireNonNull(amount(stored.get("probability"))),
                stored.get("expected_close_date") == null
                        ? null
                        : LocalDate.parse(String.valueOf(stored.get("expected_close_date"))),
                text(stored.get("contact_email")),
                text(stored.get("contact_name")),
                text(stored.get("description")),
                text(stored.get("phone")),
                text(stored.get("system")),
                text(stored.get("external_id")),
                moment(stored.get("source_updated_at")),
                fields(stored.get("assumed")),
                stored.get("metadata") instanceof Map<?, ?> map ? KnownReader.named(map) : Map.of(),
                null);
        return new StoredRecord(
                record,
                KnownReader.origin((Map<?, ?>) Objects.requireNonNull(stored.get("from"))),
                Boolean.TRUE.equals(stored.get("matched_by_name")));
    }

    private static Set<DealField> fields(@Nullable Object codes) {
        Set<DealField> fields = EnumSet.noneOf(DealField.class);
        if (codes instanceof List<?> list) {
            list.forEach(code -> DealField.ofCode(String.valueOf(code)).ifPresent(fields::add));
        }
        return fields;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable BigDecimal amount(@Nullable Object value) {
        return value == null ? null : new BigDecimal(value.toString()).setScale(2);
    }

    private static @Nullable Instant moment(@Nullable Object value) {
        return value == null ? null : Instant.parse(value.toString());
    }
}
