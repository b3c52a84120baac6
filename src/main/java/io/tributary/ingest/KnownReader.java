package io.tributary.ingest;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.FieldOrigin;
import io.tributary.deal.Stage;
import io.tributary.json.Json;
import io.tributary.lead.Lead;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes deals and leads of the rows that the database gives. */
public final class KnownReader {
    private KnownReader() {}

    /** The deal in a row of {@code identify-deals} or of any statement with the same columns. */
    public static Deal deal(Map<String, @Nullable Object> row) {
        FieldOrigin origin = new FieldOrigin(
                text(row, "source"),
                text(row, "actor"),
                (UUID) row.get("import_id"),
                row.get("import_row") instanceof Number number ? Integer.valueOf(number.intValue()) : null,
                Objects.requireNonNull(instant(row.get("created_at"))),
                instant(row.get("source_updated_at")));
        Deal deal = new Deal((UUID) Objects.requireNonNull(row.get("deal_id")), origin);
        deal.set(DealField.NAME, row.get("name"), null);
        deal.set(DealField.COMPANY, row.get("company"), null);
        deal.set(DealField.VALUE, row.get("value"), null);
        deal.set(DealField.CURRENCY, row.get("currency"), null);
        deal.set(DealField.STAGE, Stage.ofCode(text(row, "stage")).orElseThrow(), null);
        deal.set(DealField.PROBABILITY, row.get("probability"), null);
        deal.set(DealField.EXPECTED_CLOSE_DATE, date(row.get("expected_close_date")), null);
        deal.set(DealField.CONTACT_EMAIL, row.get("contact_email"), null);
        deal.set(DealField.CONTACT_NAME, row.get("contact_name"), null);
        deal.set(DealField.DESCRIPTION, row.get("description"), null);
        readLineage(deal, (String) row.get("lineage"));
        for (String code : texts(row.get("assumed"))) {
            DealField.ofCode(code).ifPresent(deal.assumed()::add);
        }
        deal.leadId = (UUID) row.get("lead_id");
        deal.externalId = (String) row.get("external_id");
        deal.externalKeys().addAll(texts(row.get("external_keys")));
        deal.healthScore = (BigDecimal) Objects.requireNonNull(row.get("health_score"));
        deal.riskLevel = text(row, "risk_level");
        deal.scoredAt = Objects.requireNonNull(instant(row.get("scored_at")));
        deal.setMetadata(Json.readObject(text(row, "source_metadata")));
        deal.matchKey = (UUID) row.get("match_key");
        deal.legalForm = (String) row.get("legal_form");
        deal.baseValue = (BigDecimal) row.get("base_value");
        deal.spam = Boolean.TRUE.equals(row.get("spam"));
        deal.archivedAt = instant(row.get("archived_at"));
        deal.owner = (String) row.get("owner");
        deal.updatedAt = Objects.requireNonNull(instant(row.get("updated_at")));
        deal.stageEnteredAt = Objects.requireNonNull(instant(row.get("stage_entered_at")));
        deal.lastEngagementAt = instant(row.get("last_engagement_at"));
        deal.engagedOn =
                texts(row.get("engaged_on")).stream().map(LocalDate::parse).toList();
        deal.closeDatePushes = row.get("close_date_pushes") instanceof Number pushes ? pushes.intValue() : 0;
        deal.merged = Boolean.TRUE.equals(row.get("merged"));
        return deal;
    }

    /** The further names of the deal in this row. */
    static void names(Map<String, @Nullable Object> row, Known known) {
        if (Json.readStored((String) row.get("other_names")) instanceof List<?> names) {
            for (Object entry : names) {
                List<?> name = (List<?>) entry;
                known.addName(
                        (UUID) Objects.requireNonNull(row.get("deal_id")),
                        UUID.fromString(String.valueOf(name.get(0))),
                        (String) name.get(1));
            }
        }
    }

    /** The external ids by which the deal in this row was found. */
    static void keys(Map<String, @Nullable Object> row, Known known) {
        if (Json.readStored((String) row.get("found_by")) instanceof List<?> found) {
            for (Object entry : found) {
                List<?> key = (List<?>) entry;
                Instant time = key.get(2) == null
                        ? null
                        : OffsetDateTime.parse(String.valueOf(key.get(2))).toInstant();
                known.add(
                        key.get(0) + ":" + key.get(1),
                        new Known.HeldKey((UUID) Objects.requireNonNull(row.get("deal_id")), time));
            }
        }
    }

    /** The lead in a row of {@code identify-leads} or of any statement with the same columns. */
    public static Lead lead(Map<String, @Nullable Object> row) {
        Lead lead = new Lead(
                (UUID) Objects.requireNonNull(row.get("lead_id")),
                text(row, "email"),
                text(row, "source"),
                Objects.requireNonNull(instant(row.get("created_at"))));
        lead.firstName = (String) row.get("first_name");
        lead.lastName = (String) row.get("last_name");
        lead.company = (String) row.get("company");
        lead.phone = (String) row.get("phone");
        lead.status = text(row, "status");
        lead.spamReasons = texts(row.get("spam_reasons"));
        lead.metadata = Json.readObject(text(row, "metadata"));
        lead.updatedAt = Objects.requireNonNull(instant(row.get("updated_at")));
        return lead;
    }

    private static void readLineage(Deal deal, @Nullable String lineage) {
        if (lineage == null) {
            return;
        }
        Json.readObject(lineage).forEach((code, entry) -> {
            DealField field = DealField.ofCode(code).orElse(null);
            if (field != null && entry instanceof Map<?, ?> map) {
                deal.set(field, deal.get(field), origin(map));
            }
        });
    }

    /** The origin that {@code DealView.origin} wrote. */
    public static FieldOrigin origin(Map<?, ?> map) {
        Object importId = map.get("import_id");
        Object at = map.get("source_updated_at");
        return new FieldOrigin(
                String.valueOf(map.get("source")),
                String.valueOf(map.get("actor")),
                importId == null ? null : UUID.fromString(importId.toString()),
                map.get("row") instanceof Number number ? Integer.valueOf(number.intValue()) : null,
                Instant.parse(String.valueOf(map.get("at"))),
                at == null ? null : Instant.parse(at.toString()));
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return (String) Objects.requireNonNull(row.get(column));
    }

    private static @Nullable Instant instant(@Nullable Object value) {
        if (value instanceof OffsetDateTime moment) {
            return moment.toInstant();
        }
        return value instanceof Timestamp moment ? moment.toInstant() : null;
    }

    private static @Nullable LocalDate date(@Nullable Object value) {
        return value instanceof Date date ? date.toLocalDate() : (LocalDate) value;
    }

    private static List<String> texts(@Nullable Object json) {
        return Json.readStored((String) json) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** A stored object as a map that may be changed. */
    public static Map<String, @Nullable Object> named(Map<?, ?> map) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        map.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }

    /** A copy of {@code map} that keeps its order and may be changed. */
    static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> map) {
        return new LinkedHashMap<>(map);
    }
}
