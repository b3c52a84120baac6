package io.tributary.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of the live feed: keeps every event it is sent, in order. */
public final class LiveClient implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final List<JsonNode> events = new ArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private @Nullable WebSocket socket;

    private LiveClient() {}

    /** Connects with a key in the handshake's header; {@code query} begins with a question mark or is empty. */
    public static LiveClient connect(String url, @Nullable String key, String query, String... headers) {
        LiveClient client = new LiveClient();
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(20));
        if (key != null) {
            builder.header("Authorization", "Bearer " + key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        client.socket = builder.buildAsync(
                        URI.create(url.replace("http://", "ws://") + "/ws/deals" + query), client.new Listener())
                .join();
        return client;
    }

    /** Connects with the caller's key to the caller's hub. */
    public static LiveClient connect(Caller caller, String query) {
        return connect(caller.url(), caller.key(), query);
    }

    /** The status with which a handshake is refused. */
    public static int refusal(String url, @Nullable String key, String query, String... headers) {
        try {
            connect(url, key, query, headers).close();
            throw new AssertionError("the handshake was accepted");
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    /** What it was sent so far. */
    public List<JsonNode> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** The numbers of what it was sent so far. */
    public List<Long> sequences() {
        return events().stream().map(event -> event.get("sequence").asLong()).toList();
    }

    /** Waits for an event and gives it. */
    public JsonNode await(Predicate<JsonNode> which) {
        AtomicReference<JsonNode> found = new AtomicReference<>();
        Eventually.becomesTrue(Duration.ofSeconds(30), () -> {
            events().stream().filter(which).findFirst().ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    /** Waits for the event of that number. */
    public JsonNode awaitSequence(long sequence) {
        return await(event -> event.get("sequence").asLong() == sequence);
    }

    public boolean isClosed() {
        return closed.isDone();
    }

    /** Waits until the hub closes the socket and gives its code. */
    public int closeCode() {
        return closed.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                synchronized (events) {
                    events.add(json(text.toString()));
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException noJson) {
            throw new UncheckedIOException("the feed sent no JSON but " + text, noJson);
        }
    }
}
