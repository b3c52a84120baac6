package io.tributary.salesforce;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change event as an organisation sends it.
 *
 * @param fields what changed; null where a field was emptied
 */
record Told(String changeType, List<String> ids, Map<String, @Nullable Object> fields, Instant at) {

    /** Of one or more records, without fields. */
    static Told of(String changeType, Instant at, String... ids) {
        return new Told(changeType, List.of(ids), Map.of(), at);
    }
}
