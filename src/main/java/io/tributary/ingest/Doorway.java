package io.tributary.ingest;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.http.Call;
import io.tributary.json.Json;
import io.tributary.tenant.Keys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes one record out of a request and hands it to the funnel. */
public final class Doorway {
    private final Mappings mappings;
    private final GroupCommit groupCommit;

    public Doorway(Mappings mappings, GroupCommit groupCommit) {
        this.mappings = mappings;
        this.groupCommit = groupCommit;
    }

    /** Takes the JSON object in the body as a record of {@code source}; a refused one is kept in quarantine. */
    public Answer takeJson(Call call, String source) {
        return take(call, source, call.json(), true);
    }

    /** Takes the JSON object in the body; whoever typed it in mends it at once, so a refused one is not kept. */
    public Answer takeTyped(Call call, String source) {
        return take(call, source, call.json(), false);
    }

    /** Takes {@code content}, made of the call by a route of its own. */
    public Answer takeContent(Call call, String source, Object content) {
        return take(call, source, content, true);
    }

    /**
     * Takes a web form; {@code content} is what it says, apart from what protects it.
     *
     * @param spamReasons why it looks like spam; empty when it does not
     */
    public Answer takeForm(Call call, String source, @Nullable Object content, List<String> spamReasons) {
        ByteBuffer sent = ByteBuffer.wrap(
                Keys.hash(call.caller().keyId() + "\n" + HexFormat.of().formatHex(contentHash(call))));
        return submit(
                call,
                source,
                entry(call, content, true)
                        .suspectedFor(spamReasons)
                        .repeatedBy(new UUID(sent.getLong(), sent.getLong())));
    }

    private Answer take(Call call, String source, @Nullable Object content, boolean kept) {
        return submit(call, source, entry(call, content, kept));
    }

    private static Entry entry(Call call, @Nullable Object content, boolean kept) {
        Sender sender = new Sender(
                call.caller().actor(), call.requestId(), call.caller().isPublicForm());
        return new Entry(1, JsonRecordReader.content(content), sender, kept, claim(call));
    }

    private Answer submit(Call call, String source, Entry entry) {
        return answer(groupCommit.submit(new Submission(call.workspace(), source, mappings.reader(source), entry)));
    }

    /** What a caller is sent of what became of a record. */
    public static Answer answer(Outcome outcome) {
        byte[] body = outcome.text().getBytes(StandardCharsets.UTF_8);
        return outcome.replayed() == null
                ? new Answer(outcome.status(), "application/json", body, java.util.Map.of())
                : Answer.replayed(outcome.status(), body);
    }

    /** What the call's {@code Idempotency-Key} claims; null without one. */
    public static @Nullable IdempotencyClaim claim(Call call) {
        return claim(call, () -> HexFormat.of().formatHex(contentHash(call)));
    }

    /** The same for a call whose body is not in memory. */
    public static @Nullable IdempotencyClaim claim(Call call, Supplier<String> bodyHash) {
        String key = call.idempotencyKey().orElse(null);
        if (key == null) {
            return null;
        }
        if (key.isBlank() || key.length() > 255) {
            throw ApiException.unparsable("An Idempotency-Key has 1 to 255 characters.");
        }
        return new IdempotencyClaim(call.path(), key, bodyHash.get());
    }

    /** By what the same content is known; of a form its fields, since each try may draw the lines between them anew. */
    private static byte[] contentHash(Call call) {
        return Keys.hash(
                call.form().isEmpty() ? new String(call.body(), StandardCharsets.ISO_8859_1) : Json.write(call.form()));
    }
}
