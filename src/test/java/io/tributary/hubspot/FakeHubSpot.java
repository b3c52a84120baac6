package io.tributary.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * HubSpot's CRM API on the wire, with what is awkward about the real one: an index that lags behind, at most 200 results
 * a page and 10,000 a search, many deals changed at one moment, properties that are text or absent, deleted deals that
 * reads do not give, tokens that expire, 429 with milliseconds, failures and slow answers on demand.
 */
final class FakeHubSpot implements AutoCloseable {
    private final List<String> forms = new CopyOnWriteArrayList<>();
    private static final int SEARCH_CAP = 10_000;

    /** A deal as the account has it. */
    private record Held(Map<String, String> properties, Instant modified, boolean archived, Instant indexed) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final Map<Long, Held> deals = new TreeMap<>();
    private final Map<String, Map<String, String>> contacts = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> companies = new LinkedHashMap<>();
    private final Map<Long, List<String>> contactsOfDeal = new LinkedHashMap<>();
    private final Map<Long, List<String>> companiesOfDeal = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> written = new LinkedHashMap<>();
    private final Deque<Integer> failures = new ArrayDeque<>();
    private final AtomicLong batchReads = new AtomicLong();
    private final AtomicInteger searches = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger tokens = new AtomicInteger();
    private Duration indexLag = Duration.ZERO;
    private @Nullable String validToken;
    private Runnable whenClosed = () -> {};

    FakeHubSpot() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void put(long id, Instant modified, Map<String, String> properties) {
        deals.put(
                id,
                new Held(Map.copyOf(properties), modified, false, Instant.now().plus(indexLag)));
    }

    synchronized void archive(long id, Instant at) {
        Held held = deals.get(id);
        deals.put(id, new Held(held.properties(), at, true, Instant.now().plus(indexLag)));
    }

    synchronized void restore(long id, Instant at) {
        Held held = deals.get(id);
        deals.put(id, new Held(held.properties(), at, false, Instant.now().plus(indexLag)));
    }

    /** The deals that are not deleted, with their properties. */
    synchronized Map<Long, Map<String, String>> live() {
        Map<Long, Map<String, String>> live = new TreeMap<>();
        deals.forEach((id, held) -> {
            if (!held.archived()) {
                live.put(id, held.properties());
            }
        });
        return live;
    }

    synchronized void contact(String id, Map<String, String> properties, long... of) {
        contacts.put(id, properties);
        for (long deal : of) {
            contactsOfDeal.computeIfAbsent(deal, any -> new ArrayList<>()).add(id);
        }
    }

    synchronized void company(String id, Map<String, String> properties, long... of) {
        companies.put(id, properties);
        for (long deal : of) {
            companiesOfDeal.computeIfAbsent(deal, any -> new ArrayList<>()).add(id);
        }
    }

    /** The next calls are answered so, one after the other. */
    synchronized void failNext(int... statuses) {
        for (int status : statuses) {
            failures.add(status);
        }
    }

    synchronized void lagBehind(Duration lag) {
        indexLag = lag;
    }

    /** From now on only the token that the next renewal gives is valid. */
    synchronized void expireTokens() {
        validToken = "none is";
    }

    /** How many entries batch reads have given so far. */
    long entriesRead() {
        return batchReads.get();
    }

    int searches() {
        return searches.get();
    }

    /** How often properties were written. */
    int writes() {
        return writes.get();
    }

    int tokensGiven() {
        return tokens.get();
    }

    /** What was written into a deal's properties. */
    synchronized Map<String, String> written(String id) {
        return written.getOrDefault(id, Map.of());
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            byte[] body = call.getRequestBody().readAllBytes();
            URI uri = call.getRequestURI();
            Integer failure = nextFailure();
            if (failure != null) {
                if (failure == 429) {
                    call.getResponseHeaders().add("Retry-After", "1100");
                }
                send(call, failure, Map.of("status", "error", "category", failure == 429 ? "RATE_LIMITS" : "ERROR"));
                return;
            }
            if (uri.getPath().equals("/oauth/v1/token")) {
                forms.add(new String(body, StandardCharsets.UTF_8));
                send(call, 200, token());
                return;
            }
            if (!isValid(call.getRequestHeaders().getFirst("Authorization"))) {
                send(call, 401, Map.of("status", "error", "category", "EXPIRED_AUTHENTICATION"));
                return;
            }
            JsonNode json = body.length == 0
                    ? Json.mapper().createObjectNode()
                    : Json.mapper().readTree(body);
            route(call, uri, json);
        }
    }

    /** What the token endpoint was asked, form by form. */
    List<String> forms() {
        return List.copyOf(forms);
    }

    private synchronized @Nullable Integer nextFailure() {
        return failures.poll();
    }

    private synchronized boolean isValid(@Nullable String authorization) {
        return authorization != null && (validToken == null || authorization.equals("Bearer " + validToken));
    }

    private synchronized Map<String, Object> token() {
        validToken = "token-" + tokens.incrementAndGet();
        return Map.of("access_token", validToken, "refresh_token", "again", "expires_in", 1800);
    }

    private void route(HttpExchange call, URI uri, JsonNode json) throws IOException {
        switch (uri.getPath()) {
            case "/crm/v3/objects/deals/batch/read" -> batchRead(call, json);
            case "/crm/v3/objects/contacts/batch/read" -> send(call, 200, objects(contacts, json));
            case "/crm/v3/objects/companies/batch/read" -> send(call, 200, objects(companies, json));
            case "/crm/v3/objects/deals/search" -> search(call, json);
            case "/crm/v3/objects/deals" -> send(call, 200, archivedPage(String.valueOf(uri.getQuery())));
            case "/crm/v4/associations/deals/contacts/batch/read" ->
                send(call, 200, associations(json, contactsOfDeal));
            case "/crm/v4/associations/deals/companies/batch/read" ->
                send(call, 200, associations(json, companiesOfDeal));
            case "/crm/v4/associations/contacts/deals/batch/read" -> send(call, 200, dealsOf(json, contactsOfDeal));
            case "/crm/v4/associations/companies/deals/batch/read" -> send(call, 200, dealsOf(json, companiesOfDeal));
            case "/crm/v3/pipelines/deals" -> send(call, 200, pipelines());
            case "/crm/v3/objects/deals/batch/update" -> update(call, json);
            default -> send(call, 404, Map.of("status", "error"));
        }
    }

    private synchronized void batchRead(HttpExchange call, JsonNode json) throws IOException {
        if (json.path("inputs").size() > 100) {
            send(call, 400, Map.of("status", "error", "category", "VALIDATION_ERROR"));
            return;
        }
        List<Object> found = new ArrayList<>();
        for (JsonNode input : json.path("inputs")) {
            long id = input.path("id").asLong();
            Held held = deals.get(id);
            if (held != null && !held.archived()) {
                found.add(view(id, held, json));
            }
        }
        batchReads.addAndGet(found.size());
        send(
                call,
                found.size() == json.path("inputs").size() ? 200 : 207,
                Map.of("status", "COMPLETE", "results", found));
    }

    private static Map<String, Object> view(long id, Held held, JsonNode json) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (JsonNode name : json.path("properties")) {
            if (held.properties().containsKey(name.asText())) {
                properties.put(name.asText(), held.properties().get(name.asText()));
            }
        }
        properties.put("hs_object_id", Long.toString(id));
        properties.put("hs_lastmodifieddate", held.modified().toString());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", Long.toString(id));
        view.put("properties", properties);
        view.put("updatedAt", held.modified().toString());
        view.put("archived", held.archived());
        return view;
    }

    private synchronized void search(HttpExchange call, JsonNode json) throws IOException {
        searches.incrementAndGet();
        Predicate<Map.Entry<Long, Held>> wanted = entry ->
                !entry.getValue().archived() && !entry.getValue().indexed().isAfter(Instant.now());
        for (JsonNode filter : json.path("filterGroups").path(0).path("filters")) {
            wanted = wanted.and(matching(filter));
        }
        boolean byId = json.path("sorts").path(0).path("propertyName").asText().equals("hs_object_id");
        Comparator<Map.Entry<Long, Held>> order = byId
                ? Map.Entry.comparingByKey()
                : Comparator.comparing(entry -> entry.getValue().modified());
        List<Object> results = deals.entrySet().stream()
                .filter(wanted)
                .sorted(order)
                .limit(Math.min(json.path("limit").asInt(10), 200))
                .map(entry -> (Object) view(entry.getKey(), entry.getValue(), json))
                .toList();
        if (json.path("after").asInt() >= SEARCH_CAP) {
            send(call, 400, Map.of("status", "error"));
            return;
        }
        send(call, 200, Map.of("total", results.size(), "results", results));
    }

    private static Predicate<Map.Entry<Long, Held>> matching(JsonNode filter) {
        long value = Long.parseLong(filter.path("value").asText());
        boolean byId = filter.path("propertyName").asText().equals("hs_object_id");
        return entry -> {
            long own = byId ? entry.getKey() : entry.getValue().modified().toEpochMilli();
            return switch (filter.path("operator").asText()) {
                case "GTE" -> own >= value;
                case "GT" -> own > value;
                case "EQ" -> own == value;
                default -> throw new IllegalArgumentException(filter.toString());
            };
        };
    }

    private synchronized Map<String, Object> archivedPage(String query) {
        long after = query.contains("after=") ? Long.parseLong(query.replaceAll(".*after=", "")) : 0;
        List<Map.Entry<Long, Held>> page = deals.entrySet().stream()
                .filter(entry -> entry.getValue().archived() && entry.getKey() > after)
                .limit(100)
                .toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "results",
                page.stream()
                        .map(entry -> {
                            Map<String, Object> view = new LinkedHashMap<>();
                            view.put("id", Long.toString(entry.getKey()));
                            view.put("archived", true);
                            view.put("archivedAt", entry.getValue().modified().toString());
                            return view;
                        })
                        .toList());
        if (page.size() == 100) {
            answer.put(
                    "paging",
                    Map.of("next", Map.of("after", Long.toString(page.get(99).getKey()))));
        }
        return answer;
    }

    private static synchronized Map<String, Object> objects(Map<String, Map<String, String>> held, JsonNode json) {
        List<Object> results = new ArrayList<>();
        for (JsonNode input : json.path("inputs")) {
            String id = input.path("id").asText();
            if (held.containsKey(id)) {
                results.add(Map.of("id", id, "properties", held.get(id)));
            }
        }
        return Map.of("results", results);
    }

    private static synchronized Map<String, Object> associations(JsonNode json, Map<Long, List<String>> held) {
        List<Object> results = new ArrayList<>();
        for (JsonNode input : json.path("inputs")) {
            List<String> others = held.get(input.path("id").asLong());
            if (others != null) {
                List<Object> to = new ArrayList<>();
                for (String other : others) {
                    boolean primary = other.equals(others.get(others.size() - 1));
                    to.add(Map.of(
                            "toObjectId",
                            Long.parseLong(other),
                            "associationTypes",
                            List.of(primary ? Map.of("typeId", 5, "label", "Primary") : Map.of("typeId", 341))));
                }
                results.add(Map.of("from", Map.of("id", input.path("id").asText()), "to", to));
            }
        }
        return Map.of("status", "COMPLETE", "results", results);
    }

    private static synchronized Map<String, Object> dealsOf(JsonNode json, Map<Long, List<String>> held) {
        List<Object> results = new ArrayList<>();
        for (JsonNode input : json.path("inputs")) {
            String id = input.path("id").asText();
            List<Object> to = new ArrayList<>();
            held.forEach((deal, others) -> {
                if (others.contains(id)) {
                    to.add(Map.of("toObjectId", deal, "associationTypes", List.of()));
                }
            });
            results.add(Map.of("from", Map.of("id", id), "to", to));
        }
        return Map.of("results", results);
    }

    private static Map<String, Object> pipelines() {
        List<Object> stages = new ArrayList<>();
        stages.add(stage("qualifiedtobuy", "Qualified To Buy", "0.4", "false"));
        stages.add(stage("closedwon", "Closed Won", "1.0", "true"));
        stages.add(stage("closedlost", "Closed Lost", "0.0", "true"));
        stages.add(stage("7731", "Legal review", "0.65", "false"));
        stages.add(stage("7732", "Signed", "1.0", "true"));
        stages.add(stage("7733", "Went away", "0.0", "true"));
        return Map.of("results", List.of(Map.of("id", "default", "label", "Sales", "stages", stages)));
    }

    private static Map<String, Object> stage(String id, String label, String probability, String closed) {
        return Map.of("id", id, "label", label, "metadata", Map.of("probability", probability, "isClosed", closed));
    }

    private synchronized void update(HttpExchange call, JsonNode json) throws IOException {
        writes.incrementAndGet();
        for (JsonNode input : json.path("inputs")) {
            Map<String, String> properties = new LinkedHashMap<>();
            input.path("properties")
                    .properties()
                    .forEach(field ->
                            properties.put(field.getKey(), field.getValue().asText()));
            String id = input.path("id").asText();
            written.put(id, properties);
            Held held = deals.get(Long.parseLong(id));
            if (held != null) {
                Map<String, String> more = new LinkedHashMap<>(held.properties());
                more.putAll(properties);
                put(Long.parseLong(id), Instant.now(), more);
            }
        }
        send(call, 200, Map.of("status", "COMPLETE"));
    }

    private static void send(HttpExchange call, int status, Object body) throws IOException {
        byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
    }

    /** What is to be done before it closes. */
    void beforeItCloses(Runnable action) {
        whenClosed = action;
    }

    @Override
    public void close() {
        whenClosed.run();
        server.stop(0);
        threads.shutdownNow();
    }
}
