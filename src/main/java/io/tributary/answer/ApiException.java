package io.tributary.answer;

import io.tributary.deal.FieldError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request that is refused: its status, a code to count it by, and one sentence for whoever sent it. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<FieldError> details;
    private final int retryAfterSeconds;
    private final @Nullable UUID rejectedId;

    private ApiException(
            int status,
            String code,
            String sentence,
            List<FieldError> details,
            int retryAfterSeconds,
            @Nullable UUID rejectedId) {
        super(sentence, null, false, false);
        this.status = status;
        this.code = code;
        this.details = List.copyOf(details);
        this.retryAfterSeconds = retryAfterSeconds;
        this.rejectedId = rejectedId;
    }

    public static ApiException of(int status, String code, String sentence) {
        return new ApiException(status, code, sentence, List.of(), 0, null);
    }

    public static ApiException unparsable(String sentence) {
        return of(400, "unparsable", sentence);
    }

    public static ApiException unauthorized() {
        return of(401, "unauthorized", "A valid key is needed: send it as \"Authorization: Bearer <key>\".");
    }

    public static ApiException forbidden(String sentence) {
        return of(403, "forbidden", sentence);
    }

    /** The same for what does not exist and for what belongs to another tenant. */
    public static ApiException notFound() {
        return of(404, "not_found", "There is nothing here by that name.");
    }

    public static ApiException conflict(String code, String sentence) {
        return of(409, code, sentence);
    }

    public static ApiException invalid(List<FieldError> details) {
        return invalid(details, null);
    }

    /** Parsable but wrong; {@code rejectedId} names the record in quarantine, where it was kept. */
    public static ApiException invalid(List<FieldError> details, @Nullable UUID rejectedId) {
        return new ApiException(422, "validation_failed", sentence(details), details, 0, rejectedId);
    }

    public static ApiException tooMany(int retryAfterSeconds) {
        return new ApiException(
                429, "too_many_requests", "Too many requests; wait a moment.", List.of(), retryAfterSeconds, null);
    }

    public static ApiException inProgress() {
        return new ApiException(
                409,
                "in_progress",
                "A request with this Idempotency-Key is still running; send it again in a moment.",
                List.of(),
                1,
                null);
    }

    public static ApiException unavailable() {
        return new ApiException(
                503,
                "unavailable",
                "The hub cannot confirm a commit now; send the same request again in a moment.",
                List.of(),
                2,
                null);
    }

    private static String sentence(List<FieldError> details) {
        if (details.size() == 1) {
            return "The field " + details.get(0).field() + " " + details.get(0).error() + ".";
        }
        return details.size() + " fields cannot be taken; details names each.";
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** Seconds after which another try makes sense; 0 when none does. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** The body in the one error format. */
    public Map<String, @Nullable Object> body(@Nullable String source, String requestId) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "error");
        body.put("error", getMessage());
        body.put("source", source);
        body.put("code", code);
        body.put("details", details.stream().map(ApiException::detail).toList());
        body.put("request_id", requestId);
        if (rejectedId != null) {
            body.put("rejected_id", rejectedId.toString());
        }
        return body;
    }

    private static Map<String, @Nullable Object> detail(FieldError error) {
        Map<String, @Nullable Object> detail = new LinkedHashMap<>();
        detail.put("field", error.field());
        detail.put("error", error.error());
        if (error.value() != null) {
            detail.put("value", error.value());
        }
        return detail;
    }
}
