package io.tributary.quarantine;

import io.tributary.http.Call;
import io.tributary.pipeline.Filters;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which records of the quarantine are meant; what is null does not matter.
 *
 * @param field a field that is at fault
 * @param error what is wrong with it, word for word
 * @param since only records that came at this moment or later
 */
record RejectedFilter(
        @Nullable String source,
        @Nullable UUID importId,
        @Nullable String field,
        @Nullable String error,
        @Nullable OffsetDateTime since) {

    /** The names of the filters. */
    static final List<String> NAMES = List.of("source", "import_id", "field", "error", "since");

    /** The filters in a call's query. */
    static RejectedFilter of(Call call) {
        return new RejectedFilter(
                Filters.text(call, "source"),
                Filters.id(call, "import_id"),
                Filters.text(call, "field"),
                Filters.text(call, "error"),
                Filters.moment(call, "since"));
    }

    /** The filters in a call's query, and in {@code body} those that the query does not name. */
    static RejectedFilter of(Call call, Map<String, @Nullable Object> body) {
        Map<String, String> query = new LinkedHashMap<>(call.query());
        for (String name : NAMES) {
            Object value = body.get(name);
            if (value != null) {
                query.putIfAbsent(name, value.toString());
            }
        }
        return of(call.asking(query));
    }

    /** As the statements want them. */
    Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("source", source);
        parameters.put("import_id", importId);
        parameters.put("field", field);
        parameters.put("error", error);
        parameters.put("since", since);
        return parameters;
    }
}
