package io.tributary.salesforce;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the events of the Streaming API: JSON that holds the changed fields only, null where they were emptied. */
final class BayeuxEvents {
    private BayeuxEvents() {}

    /**
     * @param data what a message holds: {@code schema}, {@code payload} and {@code event}; of a PushTopic {@code sobject}
     *     in place of a payload
     */
    static ChangeEvent read(Map<String, Object> data) {
        if (SalesforceApi.at(data, "sobject", "Id") instanceof String id) {
            boolean deal = id.startsWith("006");
            return deal
                    ? ChangeEvent.of("GAP_UPDATE", "Opportunity", List.of(id), Map.of(), Set.of(), Instant.now())
                    : ChangeEvent.other();
        }
        Object header = SalesforceApi.at(data, "payload", "ChangeEventHeader");
        if (!(data.get("payload") instanceof Map<?, ?> payload) || header == null) {
            return ChangeEvent.other();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        Set<String> nulled = new LinkedHashSet<>();
        payload.forEach((name, value) -> {
            if (value == null) {
                nulled.add(String.valueOf(name));
            } else if (!"ChangeEventHeader".equals(name)) {
                fields.put(String.valueOf(name), plain(value));
            }
        });
        for (String list : List.of("nulledFields", "changedFields")) {
            texts(SalesforceApi.at(header, list)).stream()
                    .filter(name -> !fields.containsKey(name) && !name.contains("."))
                    .forEach(nulled::add);
        }
        return ChangeEvent.of(
                SalesforceApi.text(SalesforceApi.at(header, "changeType")),
                SalesforceApi.text(SalesforceApi.at(header, "entityName")),
                texts(SalesforceApi.at(header, "recordIds")),
                fields,
                nulled,
                SalesforceApi.at(header, "commitTimestamp") instanceof Number millis
                        ? Instant.ofEpochMilli(millis.longValue())
                        : Instant.now());
    }

    /** After which the stream goes on behind the event; null when it does not say. */
    static @Nullable String replay(Map<String, Object> data) {
        return SalesforceApi.at(data, "event", "replayId") instanceof Number id ? Long.toString(id.longValue()) : null;
    }

    private static List<String> texts(@Nullable Object list) {
        if (list instanceof Object[] some) {
            return java.util.Arrays.stream(some).map(String::valueOf).toList();
        }
        return list instanceof List<?> some ? some.stream().map(String::valueOf).toList() : List.of();
    }

    private static Object plain(Object value) {
        return value instanceof Double || value instanceof Float
                ? BigDecimal.valueOf(((Number) value).doubleValue())
                : value;
    }
}
