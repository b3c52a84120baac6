package io.tributary.enrichment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service that knows companies by domain, and asks for a key. */
final class FakeEnricher implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int failing;

    FakeEnricher() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    FakeEnricher knowing(String domain, String json) {
        known.put(domain, json);
        return this;
    }

    /** The next calls are answered by 503. */
    void fail(int times) {
        failing = times;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        asked.add(query);
        String json = known.get(query.substring(query.indexOf('=') + 1));
        int status = !"Bearer k-1".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                ? 401
                : failing > 0 ? 503 : json == null ? 404 : 200;
        failing = Math.max(0, failing - 1);
        byte[] body = status == 200 ? json.getBytes(StandardCharsets.UTF_8) : new byte[0];
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/companies";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
