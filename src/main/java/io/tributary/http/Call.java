package io.tributary.http;

import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.json.Json;
import io.tributary.json.UnreadableJsonException;
import io.tributary.tenant.Caller;
import io.tributary.tenant.WorkspaceId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request of a caller who was let in: everything a route needs of it, and nothing an outsider could use to steer one.
 *
 * @param path the path below the base, without a leading slash
 * @param uri path and query as they were received, nothing decoded
 * @param query the first value of each query parameter
 * @param headers the request's headers by lower-case name
 * @param form fields of a form, when the body is one
 * @param files uploaded files by field
 * @param remoteAddress where the request came from
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Call(
        Caller caller,
        String method,
        String path,
        String uri,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body,
        Map<String, Object> form,
        Map<String, Upload> files,
        String remoteAddress,
        String requestId) {

    /** One uploaded file: its name as the sender gave it, and where its bytes lie until the request ends. */
    public record Upload(@Nullable String fileName, Path file) {}

    /** The same request with other query parameters. */
    public Call asking(Map<String, String> parameters) {
        return new Call(caller, method, path, uri, parameters, headers, body, form, files, remoteAddress, requestId);
    }

    public WorkspaceId workspace() {
        return caller.workspace();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public Optional<String> idempotencyKey() {
        return header("idempotency-key");
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /** The content type without its parameters, lower case; empty when none was sent. */
    public String contentType() {
        String type = headers.getOrDefault("content-type", "");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(java.util.Locale.ROOT);
    }

    /** The id at {@code position} of the path; whatever is no id cannot exist. */
    public UUID idAt(int position) {
        String[] segments = path.split("/", -1);
        if (position < segments.length && segments[position].length() == 36) {
            try {
                return UUID.fromString(segments[position]);
            } catch (IllegalArgumentException noId) {
                throw ApiException.notFound();
            }
        }
        throw ApiException.notFound();
    }

    /** The body as JSON. */
    public @Nullable Object json() {
        try {
            return Json.read(body);
        } catch (UnreadableJsonException e) {
            throw ApiException.unparsable(String.valueOf(e.getMessage()));
        }
    }

    /** The body as a JSON object; valid JSON that is none is refused. */
    public Map<String, @Nullable Object> jsonObject() {
        return object(json())
                .orElseThrow(() -> ApiException.invalid(List.of(new FieldError("body", null, "is no JSON object"))));
    }

    /** {@code value} as an object, when it is one. */
    public static Optional<Map<String, @Nullable Object>> object(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            map.forEach((key, entry) -> object.put(String.valueOf(key), entry));
            return Optional.of(object);
        }
        return Optional.empty();
    }

    /** How many entries of a list are asked for: 50 unless said, 200 at most. */
    public int limit() {
        Optional<String> limit = parameter("limit");
        if (limit.isEmpty()) {
            return 50;
        }
        try {
            long number = Long.parseLong(limit.get().strip());
            if (number >= 1) {
                return (int) Math.min(number, 200);
            }
        } catch (NumberFormatException noNumber) {
            // Answered below, like a number out of range.
        }
        throw ApiException.invalid(List.of(new FieldError("limit", limit.get(), "is no number from 1 to 200")));
    }
}
