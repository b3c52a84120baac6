package io.tributary.undo;

import io.tributary.deal.Deal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What newer changes keep when an import is rolled back, as it is told: the first hundred of it. */
final class Newer {
    private static final int LISTED = 100;

    private Newer() {}

    /** @param field null where the whole deal stays */
    static void add(List<Object> newer, Deal deal, @Nullable String field, Map<String, ? extends @Nullable Object> by) {
        Object value = field == null ? null : FieldValue.of(deal, field);
        add(
                newer,
                deal.id(),
                deal.name(),
                field,
                value instanceof Map<?, ?> held && held.containsKey("assumed") ? held.get("value") : value,
                by);
    }

    static void add(
            List<Object> newer,
            UUID deal,
            @Nullable String name,
            @Nullable String field,
            @Nullable Object value,
            Map<String, ? extends @Nullable Object> by) {
        if (newer.size() < LISTED) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("deal_id", deal.toString());
            entry.put("name", name);
            entry.put("field", field);
            entry.put("value", value == FieldPast.ABSENT ? null : value);
            entry.put("by", by);
            newer.add(entry);
        }
    }
}
