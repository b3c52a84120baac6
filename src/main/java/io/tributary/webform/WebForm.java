package io.tributary.webform;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.deal.Times;
import io.tributary.http.Call;
import io.tributary.ingest.Doorway;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a web form, sent by a visitor's browser or by the server behind a page. */
public final class WebForm {
    private static final String SOURCE = "web_form";

    private final Doorway doorway;
    private final SubmissionRate rate;

    public WebForm(Doorway doorway, SubmissionRate rate) {
        this.doorway = doorway;
        this.rate = rate;
    }

    /**
     * Takes the form in {@code call}.
     *
     * @return what became of it, or 303 to where the form wants its visitor sent
     * @throws ApiException 400 when the body is no form, 415 for a type that forms do not have, 422 when the form asks
     *     for a redirect that its key does not allow, 429 when one address sends too much
     */
    public Answer take(Call call) {
        if (call.caller().isPublicForm()) {
            int seconds = rate.secondsToWait(
                    call.caller().keyId(), call.caller().form().perMinute(), call.remoteAddress());
            if (seconds > 0) {
                throw ApiException.tooMany(seconds);
            }
        }
        return switch (call.contentType()) {
            case "application/json" -> takeJson(call);
            case "application/x-www-form-urlencoded", "multipart/form-data" -> takePosted(call);
            default ->
                throw ApiException.of(
                        415,
                        "unsupported_media_type",
                        "A form is application/json, application/x-www-form-urlencoded or multipart/form-data.");
        };
    }

    private Answer takeJson(Call call) {
        Object json = call.json();
        Optional<Map<String, @Nullable Object>> fields = Call.object(json);
        // What is no object is refused, and kept, like any other record that says nothing.
        return fields.isEmpty()
                ? doorway.takeForm(call, SOURCE, json, List.of())
                : take(call, FormSubmission.of(fields.get(), call.caller().isPublicForm(), Times.now()));
    }

    private Answer takePosted(Call call) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(call.form());
        call.files().forEach((field, file) -> fields.putIfAbsent(field, file.fileName()));
        if (fields.isEmpty() || isWithoutBoundary(call)) {
            throw ApiException.unparsable("The body holds no form fields.");
        }
        FormSubmission submission = FormSubmission.of(fields, call.caller().isPublicForm(), Times.now());
        String target = submission.redirect();
        if (!submission.staysWithin(call.caller().form().redirects())) {
            throw ApiException.invalid(
                    List.of(new FieldError("redirect", target, "is not among the addresses this form may lead to")));
        }
        Answer answer = take(call, submission);
        return target == null || answer.status() >= 300
                ? answer
                : Answer.empty(303).with("Location", target);
    }

    /** Without the line that parts its fields, a multipart body would be read as something else. */
    private static boolean isWithoutBoundary(Call call) {
        return call.contentType().startsWith("multipart/")
                && !call.header("content-type")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .contains("boundary=");
    }

    private Answer take(Call call, FormSubmission submission) {
        return doorway.takeForm(call, SOURCE, submission.content(), submission.spamReasons());
    }
}
