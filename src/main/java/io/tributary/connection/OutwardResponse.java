package io.tributary.connection;

import io.tributary.json.Json;
import io.tributary.json.UnreadableJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the outside answered.
 *
 * @param headers by lower-case name, of several the first
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutwardResponse(int status, Map<String, String> headers, byte[] body) {

    /** Whether the status is one of success. */
    public boolean ok() {
        return status >= 200 && status < 300;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as JSON. */
    public @Nullable Object json() throws OutwardException {
        try {
            return Json.read(body);
        } catch (UnreadableJsonException e) {
            throw new OutwardException("the answer is not JSON", e);
        }
    }
}
