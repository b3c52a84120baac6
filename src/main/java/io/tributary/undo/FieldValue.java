package io.tributary.undo;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.DealView;
import io.tributary.deal.FieldOrigin;
import io.tributary.deal.Stage;
import io.tributary.ingest.FieldChange;
import io.tributary.ingest.KnownReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what history keeps of one field of a deal, and puts it back with where it came from. */
final class FieldValue {
    private static final List<String> OTHERS = List.of(
            "stage_entered_at", "last_engagement_at", "engaged_on", "close_date_pushes", "lead_id", "spam", "owner");

    private FieldValue() {}

    /** What {@code deal} holds in {@code field} now, in the form in which history keeps what was replaced. */
    static @Nullable Object of(Deal deal, String field) {
        if (field.startsWith(FieldPast.METADATA)) {
            String key = field.substring(FieldPast.METADATA.length());
            return deal.metadata().containsKey(key) ? deal.metadata().get(key) : FieldPast.ABSENT;
        }
        Optional<DealField> known = DealField.ofCode(field).filter(any -> !field.equals("external_id"));
        if (known.isPresent()) {
            Map<String, @Nullable Object> held = new LinkedHashMap<>();
            FieldOrigin own = deal.lineage().get(known.get());
            held.put("value", stored(deal.get(known.get())));
            held.put("assumed", deal.assumed().contains(known.get()));
            held.put("from", own == null ? null : DealView.origin(own));
            return held;
        }
        return switch (field) {
            case "stage_entered_at" -> deal.stageEnteredAt.toString();
            case "last_engagement_at" -> text(deal.lastEngagementAt);
            case "engaged_on" ->
                deal.engagedOn.stream().map(LocalDate::toString).toList();
            case "close_date_pushes" -> deal.closeDatePushes;
            case "lead_id" -> text(deal.leadId);
            case "external_id" -> deal.externalId;
            case "spam" -> deal.spam;
            case "owner" -> deal.owner;
            default -> null;
        };
    }

    /** What {@code before} held in each field that {@code after} holds otherwise, as history keeps it. */
    static Map<String, @Nullable Object> differences(Deal before, Deal after) {
        Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
        for (DealField field : DealField.values()) {
            compare(before, after, field.code(), replaced);
        }
        for (String field : OTHERS) {
            compare(before, after, field, replaced);
        }
        if (!before.metadata().equals(after.metadata())) {
            replaced.put("source_metadata", before.metadata());
        }
        return replaced;
    }

    private static void compare(Deal before, Deal after, String field, Map<String, @Nullable Object> replaced) {
        Object held = of(before, field);
        if (!Objects.equals(held, of(after, field))) {
            replaced.put(field, held);
        }
    }

    /**
     * Puts {@code value}, in the form of history, back into {@code field}.
     *
     * @param replaced gains what was there before
     * @return whether the field is one that can be put back, and is another now
     */
    static boolean put(Deal deal, String field, @Nullable Object value, Map<String, @Nullable Object> replaced) {
        if (field.startsWith(FieldPast.METADATA)) {
            return putMetadata(deal, field.substring(FieldPast.METADATA.length()), value, replaced);
        }
        Optional<DealField> known = DealField.ofCode(field).filter(any -> !field.equals("external_id"));
        if (known.isPresent()) {
            return value instanceof Map<?, ?> map && putField(deal, known.get(), map, replaced);
        }
        Object held = of(deal, field);
        if (Objects.equals(held, value)) {
            return false;
        }
        switch (field) {
            case "stage_entered_at" -> deal.stageEnteredAt = Instant.parse(String.valueOf(value));
            case "last_engagement_at" -> deal.lastEngagementAt = value == null ? null : Instant.parse(value.toString());
            case "engaged_on" ->
                deal.engagedOn = value instanceof List<?> days
                        ? days.stream()
                                .map(String::valueOf)
                                .map(LocalDate::parse)
                                .toList()
                        : List.of();
            case "close_date_pushes" -> deal.closeDatePushes = value instanceof Number number ? number.intValue() : 0;
            case "lead_id" -> deal.leadId = value == null ? null : UUID.fromString(value.toString());
            case "external_id" -> deal.externalId = text(value);
            case "spam" -> deal.spam = Boolean.TRUE.equals(value);
            case "owner" -> deal.owner = text(value);
            default -> {
                return false;
            }
        }
        replaced.putIfAbsent(field, held);
        return true;
    }

    private static boolean putMetadata(
            Deal deal, String key, @Nullable Object value, Map<String, @Nullable Object> replaced) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(deal.metadata());
        if (value == FieldPast.ABSENT) {
            metadata.remove(key);
        } else {
            metadata.put(key, value);
        }
        if (metadata.equals(deal.metadata())) {
            return false;
        }
        replaced.putIfAbsent("source_metadata", deal.metadata());
        deal.setMetadata(metadata);
        return true;
    }

    private static boolean putField(
            Deal deal, DealField field, Map<?, ?> held, Map<String, @Nullable Object> replaced) {
        FieldOrigin own = held.get("from") instanceof Map<?, ?> from ? KnownReader.origin(from) : null;
        boolean changed = FieldChange.set(
                deal,
                field,
                read(field, held.get("value")),
                Boolean.TRUE.equals(held.get("assumed")),
                own == null ? deal.origin() : own,
                replaced);
        if (changed) {
            deal.set(field, deal.get(field), own);
        }
        return changed;
    }

    private static @Nullable Object read(DealField field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = value.toString();
        return switch (field) {
            case VALUE, PROBABILITY -> new BigDecimal(text).setScale(2);
            case STAGE -> value instanceof Stage ? value : Stage.ofCode(text).orElseThrow();
            case EXPECTED_CLOSE_DATE -> LocalDate.parse(text);
            default -> text;
        };
    }

    private static @Nullable Object stored(@Nullable Object value) {
        if (value == null || value instanceof BigDecimal) {
            return value;
        }
        return value instanceof Stage stage ? stage.code() : value.toString();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
