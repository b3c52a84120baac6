package io.tributary.answer;

import io.tributary.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request is answered with. */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copied nowhere
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    private static final String JSON = "application/json";

    public static Answer json(int status, @Nullable Object body) {
        return new Answer(status, JSON, Json.writeBytes(body), Map.of());
    }

    public static Answer ok(@Nullable Object body) {
        return json(200, body);
    }

    /** An answer given once already, as it was stored. */
    public static Answer replayed(int status, byte[] body) {
        return new Answer(status, JSON, body, Map.of("Idempotent-Replayed", "true"));
    }

    public static Answer empty(int status) {
        return new Answer(status, JSON, new byte[0], Map.of());
    }

    /** The shape of every list. */
    public static Answer list(List<?> items, @Nullable String nextCursor) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("items", items);
        body.put("next_cursor", nextCursor);
        return ok(body);
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more);
    }
}
