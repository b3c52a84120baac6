package io.tributary.insight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** An endpoint that speaks OpenAI's chat completions, and says what a test tells it to. */
final class FakeChat implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<String> answers = facts -> good();
    private volatile int status = 200;

    FakeChat() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    /** What it answers to the message with the facts. */
    void answering(UnaryOperator<String> with) {
        answers = with;
        status = 200;
    }

    /** From now on it fails. */
    void failing(int with) {
        status = with;
    }

    /** An answer that may be shown of any deal with a stage. */
    static String good() {
        return insights("Agree on the next step with the customer this week.");
    }

    /** An answer whose action says this. */
    static String insights(String action) {
        try {
            return JSON.writeValueAsString(Map.of(
                    "insights",
                    List.of(
                            insight("opportunity", "A promising deal", "The deal is active and its stage is known."),
                            insight("action", "Agree on the next step", action),
                            insight("market", "One of several", "Compare it with the other deals in the pipeline."))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> insight(String kind, String title, String text) {
        return Map.of("kind", kind, "title", title, "text", text, "evidence", List.of("stage"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode question = JSON.readTree(exchange.getRequestBody());
        asked.add(question);
        byte[] body;
        if (status == 200) {
            String facts = question.get("messages").get(1).get("content").asText();
            body = JSON.writeValueAsBytes(Map.of(
                    "id", "1",
                    "object", "chat.completion",
                    "model", "fake-1",
                    "choices",
                            List.of(Map.of(
                                    "index",
                                    0,
                                    "message",
                                    Map.of("role", "assistant", "content", answers.apply(facts)),
                                    "finish_reason",
                                    "stop")),
                    "usage", Map.of("prompt_tokens", 300, "completion_tokens", 200, "total_tokens", 500)));
        } else {
            body = "{\"error\":{\"message\":\"out of order\"}}".getBytes(StandardCharsets.UTF_8);
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    List<JsonNode> asked() {
        return List.copyOf(asked);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
