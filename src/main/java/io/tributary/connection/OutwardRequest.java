package io.tributary.connection;

import io.tributary.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call to the outside.
 *
 * @param timeout how long the answer as a whole may take
 * @param longestAnswer the most bytes that are read of it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutwardRequest(
        String method, URI uri, Map<String, String> headers, byte[] body, Duration timeout, int longestAnswer) {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int LONGEST_ANSWER = 10 * 1024 * 1024;

    public static OutwardRequest get(String url) {
        return of("GET", url, new byte[0]);
    }

    /** Any method with any body; say its {@code Content-Type} by {@link #header}. */
    public static OutwardRequest of(String method, String url, byte[] body) {
        return new OutwardRequest(method, URI.create(url), Map.of(), body, TIMEOUT, LONGEST_ANSWER);
    }

    public static OutwardRequest json(String method, String url, @Nullable Object body) {
        return of(method, url, Json.writeBytes(body)).header("Content-Type", "application/json");
    }

    public static OutwardRequest form(String url, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return of("POST", url, body.getBytes(StandardCharsets.US_ASCII))
                .header("Content-Type", "application/x-www-form-urlencoded");
    }

    public static OutwardRequest xml(String url, String body) {
        return of("POST", url, body.getBytes(StandardCharsets.UTF_8)).header("Content-Type", "text/xml; charset=utf-8");
    }

    public OutwardRequest header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new OutwardRequest(method, uri, more, body, timeout, longestAnswer);
    }

    public OutwardRequest bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    public OutwardRequest within(Duration limit) {
        return new OutwardRequest(method, uri, headers, body, limit, longestAnswer);
    }

    public OutwardRequest atMost(int bytes) {
        return new OutwardRequest(method, uri, headers, body, timeout, bytes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
