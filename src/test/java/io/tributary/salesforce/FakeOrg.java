package io.tributary.salesforce;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Salesforce organisation on the wire: OAuth, and the REST API with what is awkward about the real one: pages behind a
 * locator, deleted records that only queryAll gives, offsets without a colon, sessions that end, limits, failures.
 */
final class FakeOrg implements AutoCloseable {
    static final String ID = "00D5w000004qGTOEA2";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ").withZone(ZoneOffset.UTC);
    private static final Pattern BY_ID = Pattern.compile("WHERE Id IN \\(([^)]*)\\)$");
    private static final Pattern SINCE = Pattern.compile("WHERE SystemModstamp >= (\\S+) ORDER BY SystemModstamp, Id$");

    private static final Pattern BULK =
            Pattern.compile("^SELECT ([^(]*) FROM Opportunity WHERE SystemModstamp >= (\\S+)$");
    private static final Pattern ROLES = Pattern.compile(
            "FROM OpportunityContactRole WHERE OpportunityId IN \\(([^)]*)\\) ORDER BY OpportunityId, IsPrimary DESC$");
    private static final Pattern COUNTED =
            Pattern.compile("^SELECT COUNT\\(\\) FROM Opportunity WHERE SystemModstamp >= (\\S+)$");

    private record Held(Map<String, @Nullable Object> fields, Instant modified, boolean deleted) {}

    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final Map<String, Held> records = new TreeMap<>();
    private final Map<String, List<Object>> locators = new HashMap<>();
    private final Deque<Integer> failures = new ArrayDeque<>();
    private final List<Map<String, Object>> stages = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> signIns = new ArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private String validToken = "none yet";
    private int pageSize = 2000;
    private final Map<String, Job> jobs = new HashMap<>();
    private boolean offersBulk = true;
    private int asksUntilDone;
    private String outcome = "JobComplete";
    private int pieces;
    private int asked;
    private final Map<Integer, Integer> failingPieces = new HashMap<>();
    private Runnable whenClosed = () -> {};

    FakeOrg() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** An id of an Opportunity, as Salesforce writes it in its API. */
    static String id(long number) {
        return "0065w%010dAAA".formatted(number);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void put(long number, Instant modified, Map<String, ?> fields) {
        records.put(id(number), new Held(new LinkedHashMap<>(fields), modified, false));
    }

    synchronized void delete(long number, Instant at) {
        records.computeIfPresent(id(number), (id, held) -> new Held(held.fields(), at, true));
    }

    /** Deletes a record for good, so that queryAll does not give it either. */
    synchronized void purge(long number) {
        records.remove(id(number));
    }

    /** Adds a stage of the organisation's own. */
    void stage(String name, int probability, boolean closed, boolean won) {
        stages.add(Map.of(
                "ApiName", name,
                "MasterLabel", name,
                "DefaultProbability", (double) probability,
                "IsClosed", closed,
                "IsWon", won));
    }

    synchronized void pagesOf(int size) {
        pageSize = size;
    }

    /** The next calls of the API are answered so, one after the other. */
    synchronized void failNext(int... statuses) {
        for (int status : statuses) {
            failures.add(status);
        }
    }

    /** The next call fails, unless one will anyhow: what fails in a row is an outage, and is waited out. */
    synchronized void failOnce(int status) {
        if (failures.isEmpty()) {
            failures.add(status);
        }
    }

    synchronized void endSessions() {
        validToken = "none is";
    }

    /** The forms by which somebody signed in. */
    synchronized List<Map<String, String>> signIns() {
        return List.copyOf(signIns);
    }

    /** The records that are not deleted. */
    synchronized Map<String, Map<String, @Nullable Object>> live() {
        Map<String, Map<String, @Nullable Object>> live = new TreeMap<>();
        records.forEach((id, held) -> {
            if (!held.deleted()) {
                live.put(id, held.fields());
            }
        });
        return live;
    }

    void beforeItCloses(Runnable action) {
        whenClosed = action;
    }

    /** Has another server answer what begins with {@code path}. */
    void handOver(String path, URI other) {
        server.createContext(path, call -> {
            try (call) {
                HttpRequest.Builder request = HttpRequest.newBuilder(other.resolve(call.getRequestURI()))
                        .method(call.getRequestMethod(), BodyPublishers.ofInputStream(call::getRequestBody));
                for (String name : List.of("Content-Type", "Cookie")) {
                    call.getRequestHeaders()
                            .getOrDefault(name, List.of())
                            .forEach(value -> request.header(name, value));
                }
                HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
                for (String name : List.of("Content-Type", "Set-Cookie")) {
                    answer.headers()
                            .allValues(name)
                            .forEach(value -> call.getResponseHeaders().add(name, value));
                }
                call.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
                call.getResponseBody().write(answer.body());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            String path = call.getRequestURI().getPath();
            byte[] body = call.getRequestBody().readAllBytes();
            if (path.equals("/services/oauth2/token")) {
                send(call, 200, token(form(new String(body, StandardCharsets.UTF_8))));
                return;
            }
            Integer failure = nextFailure();
            if (failure != null) {
                String code = failure == 403 ? "REQUEST_LIMIT_EXCEEDED" : "UNKNOWN_EXCEPTION";
                send(call, failure, List.of(Map.of("errorCode", code, "message", "later")));
            } else if (!isValid(call.getRequestHeaders().getFirst("Authorization"))) {
                send(call, 401, List.of(Map.of("errorCode", "INVALID_SESSION_ID", "message", "Session expired")));
            } else if (path.endsWith("/describe")) {
                send(call, 200, Map.of("fields", List.of()));
            } else if (path.contains("/jobs/query")) {
                job(call, path, body);
            } else if (path.contains("/query/")) {
                send(call, 200, page(path.substring(path.lastIndexOf('/') + 1)));
            } else {
                String query = call.getRequestURI().getRawQuery();
                query(call, path.endsWith("/queryAll"), URLDecoder.decode(query.substring(2), StandardCharsets.UTF_8));
            }
        }
    }

    private synchronized @Nullable Integer nextFailure() {
        return failures.poll();
    }

    private synchronized boolean isValid(@Nullable String authorization) {
        return ("Bearer " + validToken).equals(authorization);
    }

    private synchronized Map<String, Object> token(Map<String, String> form) {
        signIns.add(form);
        validToken = "session-" + tokens.incrementAndGet();
        return Map.of(
                "access_token",
                validToken,
                "instance_url",
                url(),
                "id",
                url() + "/id/" + ID + "/0055w00000AbCdEAAV",
                "token_type",
                "Bearer");
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    /** A job of the Bulk API: what it found, line by line, and how often it says that it is still at work. */
    private static final class Job {
        private final List<String> lines = new ArrayList<>();
        private int asksUntilDone;
        private String outcome = "JobComplete";
    }

    private synchronized void job(HttpExchange call, String path, byte[] body) throws IOException {
        if (call.getRequestMethod().equals("POST")) {
            if (!offersBulk) {
                send(call, 403, List.of(Map.of("errorCode", "FUNCTIONALITY_NOT_ENABLED", "message", "no")));
                return;
            }
            Matcher asked =
                    BULK.matcher(Json.mapper().readTree(body).path("query").asText());
            boolean readable = asked.find()
                    && Json.mapper().readTree(body).path("operation").asText().equals("queryAll");
            if (!readable) {
                send(call, 400, List.of(Map.of("errorCode", "API_ERROR", "message", "no nested queries")));
                return;
            }
            Job job = new Job();
            job.asksUntilDone = asksUntilDone;
            job.outcome = outcome;
            Instant from = Instant.parse(asked.group(2));
            List<String> names = List.of(asked.group(1).split(", "));
            records.forEach((id, held) -> {
                if (!held.modified().isBefore(from)) {
                    job.lines.add(line(view(id, held), names));
                }
            });
            // In no order that means anything.
            Collections.shuffle(job.lines, new Random(job.lines.size()));
            job.lines.add(0, line(names));
            String id = "750R0000000" + jobs.size();
            jobs.put(id, job);
            send(call, 200, Map.of("id", id, "state", "UploadComplete"));
            return;
        }
        Job job = jobs.get(path.replaceAll(".*/jobs/query/([^/]+).*", "$1"));
        if (job == null) {
            send(call, 404, List.of(Map.of("errorCode", "NOT_FOUND", "message", "gone")));
        } else if (path.endsWith("/results")) {
            results(call, job);
        } else {
            send(call, 200, Map.of("state", job.asksUntilDone-- > 0 ? "InProgress" : job.outcome));
        }
    }

    private void results(HttpExchange call, Job job) throws IOException {
        Map<String, String> options = form(String.valueOf(call.getRequestURI().getRawQuery()));
        int from = Integer.parseInt(options.getOrDefault("locator", "MTA1").substring(3));
        int to = Math.min(job.lines.size(), from + Math.min(pageSize, Integer.parseInt(options.get("maxRecords"))));
        String text = job.lines.get(0) + "\n" + String.join("\n", job.lines.subList(from, to)) + "\n";
        Integer failure = failingPieces.remove(++asked);
        if (failure != null) {
            send(call, failure, List.of(Map.of("errorCode", "NOT_FOUND", "message", "not now")));
            return;
        }
        pieces++;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "text/csv");
        call.getResponseHeaders().add("Sforce-NumberOfRecords", Integer.toString(to - from));
        call.getResponseHeaders().add("Sforce-Locator", to < job.lines.size() ? "MTA" + to : "null");
        call.sendResponseHeaders(200, bytes.length);
        call.getResponseBody().write(bytes);
    }

    private static String line(Map<String, @Nullable Object> record, List<String> names) {
        List<String> cells = new ArrayList<>();
        for (String name : names) {
            Object value = record;
            for (String step : name.split("\\.", -1)) {
                value = value instanceof Map<?, ?> map ? map.get(step) : null;
            }
            cells.add(value == null ? "" : String.valueOf(value));
        }
        return line(cells);
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(","));
    }

    /** Whether jobs of the Bulk API may be made, how often one says that it is at work, and how it ends. */
    synchronized void bulk(boolean offered, int asks, String end) {
        offersBulk = offered;
        asksUntilDone = asks;
        outcome = end;
    }

    /** The so manieth time that results are asked for is answered by {@code status}. */
    synchronized void failPiece(int number, int status) {
        failingPieces.put(number, status);
    }

    /** Pieces of results that were fetched. */
    synchronized int pieces() {
        return pieces;
    }

    private void query(HttpExchange call, boolean all, String soql) throws IOException {
        Matcher roles = ROLES.matcher(soql);
        if (roles.find()) {
            send(
                    call,
                    200,
                    Map.of(
                            "done",
                            true,
                            "records",
                            roles(Set.of(roles.group(1).replace("'", "").split(", ")))));
            return;
        }
        Matcher counted = COUNTED.matcher(soql);
        if (counted.find()) {
            Instant from = Instant.parse(counted.group(1));
            send(call, 200, Map.of("totalSize", count(from)));
            return;
        }
        Matcher since = SINCE.matcher(soql);
        Matcher byId = BY_ID.matcher(soql);
        if (byId.find()) {
            Set<String> ids = Set.of(byId.group(1).replace("'", "").split(", "));
            send(call, 200, page(found(all, entry -> ids.contains(entry.getKey()))));
            return;
        }
        if (soql.endsWith("FROM OpportunityStage") && !stages.isEmpty()) {
            send(call, 200, Map.of("totalSize", stages.size(), "done", true, "records", stages));
            return;
        }
        if (!since.find()) {
            boolean counts = soql.equals("SELECT COUNT() FROM Opportunity");
            send(call, counts ? 200 : 400, counts ? Map.of("totalSize", live().size()) : List.of());
            return;
        }
        Instant from = Instant.parse(since.group(1));
        send(call, 200, page(found(all, entry -> !entry.getValue().modified().isBefore(from))));
    }

    private synchronized long count(Instant from) {
        return records.values().stream()
                .filter(held -> !held.modified().isBefore(from))
                .count();
    }

    private synchronized List<Object> roles(Set<String> ids) {
        List<Object> roles = new ArrayList<>();
        records.forEach((id, held) -> {
            Object first = Json.mapper()
                    .<com.fasterxml.jackson.databind.JsonNode>valueToTree(held.fields())
                    .at("/OpportunityContactRoles/records/0/Contact");
            if (ids.contains(id) && held.fields().containsKey("OpportunityContactRoles")) {
                roles.add(Map.of("OpportunityId", id, "Contact", first));
            }
        });
        return roles;
    }

    private synchronized String found(boolean all, Predicate<Map.Entry<String, Held>> wanted) {
        List<Object> found = new ArrayList<>();
        records.entrySet().stream()
                .filter(wanted)
                .filter(entry -> all || !entry.getValue().deleted())
                .sorted(Comparator.comparing((Map.Entry<String, Held> entry) ->
                                entry.getValue().modified())
                        .thenComparing(Map.Entry::getKey))
                .forEach(entry -> found.add(view(entry.getKey(), entry.getValue())));
        String locator = "01g" + locators.size();
        locators.put(locator + "-0", found);
        return locator + "-0";
    }

    private static Map<String, @Nullable Object> view(String id, Held held) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("attributes", Map.of("type", "Opportunity", "url", "/services/data/v61.0/sobjects/Opportunity/" + id));
        view.put("Id", id);
        view.put("Amount", null);
        view.put("CloseDate", null);
        view.put("Description", null);
        view.putAll(held.fields());
        view.put("IsDeleted", held.deleted());
        view.put("SystemModstamp", TIME.format(held.modified()));
        return view;
    }

    private synchronized Map<String, Object> page(String locator) {
        String name = locator.substring(0, locator.indexOf('-'));
        int from = Integer.parseInt(locator.substring(locator.indexOf('-') + 1));
        List<Object> found = locators.getOrDefault(name + "-0", List.of());
        int to = Math.min(found.size(), from + pageSize);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("totalSize", found.size());
        page.put("done", to == found.size());
        page.put("records", found.subList(from, to));
        if (to < found.size()) {
            page.put("nextRecordsUrl", "/services/data/v61.0/query/" + name + "-" + to);
        }
        return page;
    }

    private static void send(HttpExchange call, int status, Object body) throws IOException {
        byte[] bytes = Json.writeBytes(body);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        whenClosed.run();
        server.stop(0);
        threads.shutdownNow();
    }
}
