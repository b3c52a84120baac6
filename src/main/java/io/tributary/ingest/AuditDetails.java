package io.tributary.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the audit log tells of a change: each field as it was before and as it is after. */
final class AuditDetails {
    private AuditDetails() {}

    /**
     * The details of one change.
     *
     * @param replaced what was there before, by field, as history keeps it
     * @param view what was changed, as the API shows it now
     */
    static Map<String, @Nullable Object> of(
            Map<String, @Nullable Object> replaced, Map<String, @Nullable Object> view) {
        Map<String, @Nullable Object> before = new LinkedHashMap<>();
        Map<String, @Nullable Object> after = new LinkedHashMap<>();
        replaced.forEach((field, held) -> {
            if (view.containsKey(field)) {
                before.put(
                        field, held instanceof Map<?, ?> map && map.containsKey("assumed") ? map.get("value") : held);
                after.put(field, view.get(field));
            }
        });
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("before", before);
        details.put("after", after);
        return details;
    }
}
