package io.tributary.testing;

import io.tributary.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whoever calls a hub over HTTP: with one key, or with none. */
public class Caller {
    /** Where the API of deals begins; paths of none of the others are taken as below it. */
    public static final String BASE = "/api/sales/deals";

    /** Where paths begin that lie beside the API. */
    private static final List<String> BESIDE = List.of(
            "/api/", "/health", "/observe/", "/ws/", "/session", "/web/", "/webjars/", "/openapi.json", "/docs");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final String url;
    private final @Nullable String key;

    /** Calls the hub at {@code url} with {@code key}. */
    public Caller(String url, @Nullable String key) {
        this.url = url;
        this.key = key;
    }

    /** The same key at another hub. */
    public Caller at(String otherUrl) {
        return new Caller(otherUrl, key);
    }

    /** The hub it calls. */
    public String url() {
        return url;
    }

    /** The key it calls with; null for none. */
    public @Nullable String key() {
        return key;
    }

    /** Posts {@code body} as JSON; {@code headers} are names and values in turn. */
    public Reply post(String path, @Nullable Object body, String... headers) {
        return json("POST", path, body, headers);
    }

    public Reply patch(String path, @Nullable Object body, String... headers) {
        return json("PATCH", path, body, headers);
    }

    public Reply put(String path, @Nullable Object body, String... headers) {
        return json("PUT", path, body, headers);
    }

    public Reply get(String path, String... headers) {
        return send("GET", path, null, new byte[0], headers);
    }

    public Reply delete(String path, String... headers) {
        return send("DELETE", path, null, new byte[0], headers);
    }

    private Reply json(String method, String path, @Nullable Object body, String... headers) {
        return send(method, path, "application/json", Json.writeBytes(body), headers);
    }

    /** Sends exactly these bytes; without a content type when that is null. */
    public Reply send(String method, String path, @Nullable String contentType, byte[] body, String... headers) {
        String below = path.equals("/") || BESIDE.stream().anyMatch(path::startsWith) ? path : BASE + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + below))
                .timeout(PATIENCE)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Reply(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
