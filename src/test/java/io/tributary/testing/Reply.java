package io.tributary.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tributary.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the hub answered. */
public final class Reply {
    private final HttpResponse<byte[]> response;

    Reply(HttpResponse<byte[]> response) {
        this.response = response;
    }

    public int status() {
        return response.statusCode();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    public String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** The body as JSON; a missing node when it is empty. */
    public JsonNode json() {
        try {
            return response.body().length == 0
                    ? MissingNode.getInstance()
                    : Json.mapper().readTree(response.body());
        } catch (IOException notJson) {
            throw new UncheckedIOException("answered no JSON but: " + text(), notJson);
        }
    }

    /** The value at a JSON pointer, such as {@code /deal/name}. */
    public JsonNode at(String pointer) {
        return json().at(pointer);
    }

    /** The value at a JSON pointer as text; empty when there is none. */
    public String textAt(String pointer) {
        return at(pointer).asText();
    }

    @Override
    public String toString() {
        return response.request().method() + " " + response.request().uri() + " -> " + status() + " " + text();
    }
}
