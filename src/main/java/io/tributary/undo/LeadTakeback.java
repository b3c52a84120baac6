package io.tributary.undo;

import io.tributary.ingest.KnownReader;
import io.tributary.lead.Lead;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes an import's part in a lead back, as {@link Takeback} does for a deal. */
final class LeadTakeback {
    private LeadTakeback() {}

    /**
     * Changes {@code lead} to what it is without {@code anImport}.
     *
     * @return what that replaced, by field
     */
    static Map<String, @Nullable Object> apply(Lead lead, List<PastChange> changes, UUID anImport) {
        Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
        FieldPast.of(changes, lead.metadata)
                .forEach((field, past) -> past.without(change -> change.isOf(anImport))
                        .filter(without -> without.keptBy() == null)
                        .ifPresent(without -> put(lead, field, without.value(), replaced)));
        return replaced;
    }

    private static void put(Lead lead, String field, @Nullable Object value, Map<String, @Nullable Object> replaced) {
        Object held = held(lead, field);
        if (Objects.equals(held, value)) {
            return;
        }
        if (field.startsWith(FieldPast.METADATA)) {
            replaced.putIfAbsent("metadata", KnownReader.named(lead.metadata));
            Map<String, @Nullable Object> metadata = new LinkedHashMap<>(lead.metadata);
            String key = field.substring(FieldPast.METADATA.length());
            if (value == FieldPast.ABSENT) {
                metadata.remove(key);
            } else {
                metadata.put(key, value);
            }
            lead.metadata = metadata;
            return;
        }
        String text = value == null ? null : value.toString();
        switch (field) {
            case "first_name" -> lead.firstName = text;
            case "last_name" -> lead.lastName = text;
            case "company" -> lead.company = text;
            case "phone" -> lead.phone = text;
            case "status" -> lead.status = Objects.requireNonNullElse(text, "new");
            case "spam_reasons" ->
                lead.spamReasons = value instanceof List<?> reasons
                        ? reasons.stream().map(String::valueOf).toList()
                        : List.of();
            default -> {
                return;
            }
        }
        replaced.putIfAbsent(field, held);
    }

    private static @Nullable Object held(Lead lead, String field) {
        if (field.startsWith(FieldPast.METADATA)) {
            String key = field.substring(FieldPast.METADATA.length());
            return lead.metadata.containsKey(key) ? lead.metadata.get(key) : FieldPast.ABSENT;
        }
        return switch (field) {
            case "first_name" -> lead.firstName;
            case "last_name" -> lead.lastName;
            case "company" -> lead.company;
            case "phone" -> lead.phone;
            case "status" -> lead.status;
            case "spam_reasons" -> lead.spamReasons;
            default -> null;
        };
    }
}
