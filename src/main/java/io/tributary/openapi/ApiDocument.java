package io.tributary.openapi;

import io.tributary.answer.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * The description of the API as it is running: of each operation what the files say of it, and of one that they say
 * nothing of, a source that an integrator has added, its path and what its route says of itself.
 */
public final class ApiDocument {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}/]+)}");
    private static final String ADMIN = "/api/admin";

    /** What may come of every call that needs a key. */
    private static final Map<String, String> ALWAYS =
            Map.of("401", "Unauthorized", "403", "Forbidden", "503", "Unavailable");

    private final RunningApi running;
    private final Map<String, @Nullable Object> files = ApiFiles.merged();

    public ApiDocument(CamelContext context) {
        this.running = new RunningApi(context);
    }

    /** The description as JSON. */
    public Answer answer() {
        return Answer.ok(document());
    }

    Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> paths = new LinkedHashMap<>();
        for (ApiOperation operation : running.operations()) {
            Map<String, @Nullable Object> path = object(paths.computeIfAbsent(operation.path(), any -> {
                Map<String, @Nullable Object> methods = new LinkedHashMap<>();
                List<Object> parameters = parameters(operation.path());
                if (!parameters.isEmpty()) {
                    methods.put("parameters", parameters);
                }
                return methods;
            }));
            path.put(operation.method(), completed(operation));
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>(files);
        document.put("paths", paths);
        return document;
    }

    /** What the files say of an operation; null when they say nothing. */
    @Nullable
    Map<String, @Nullable Object> described(ApiOperation operation) {
        Object path = object(files.get("paths")).get(operation.path());
        Object method = path == null ? null : object(path).get(operation.method());
        return method == null ? null : object(method);
    }

    /** Every operation that the files describe. */
    List<ApiOperation> described() {
        List<ApiOperation> described = new ArrayList<>();
        object(files.get("paths"))
                .forEach((path, methods) -> object(methods)
                        .forEach((method, operation) -> described.add(new ApiOperation(
                                path, method, String.valueOf(object(operation).get("summary"))))));
        return described;
    }

    /** What the running routes take. */
    List<ApiOperation> running() {
        return running.operations();
    }

    private Map<String, @Nullable Object> completed(ApiOperation operation) {
        Map<String, @Nullable Object> own = described(operation);
        Map<String, @Nullable Object> completed = new LinkedHashMap<>();
        completed.put("summary", operation.summary());
        completed.put("operationId", operationId(operation));
        completed.put("tags", List.of(tag(operation.path())));
        if (own != null) {
            completed.putAll(own);
        }
        List<Object> parameters = new ArrayList<>();
        if (own != null && own.get("parameters") instanceof List<?> known) {
            parameters.addAll(known);
        }
        if (operation.path().startsWith(ADMIN)) {
            completed.put("security", List.of(Map.of("adminKey", List.of())));
        } else {
            parameters.add(reference("parameters", "tenant"));
            parameters.add(reference("parameters", "workspace"));
        }
        if (operation.method().equals("post")) {
            parameters.add(reference("parameters", "idempotencyKey"));
        }
        completed.put("parameters", parameters);
        Map<String, @Nullable Object> responses = new LinkedHashMap<>();
        if (own == null) {
            responses.put("200", Map.of("description", "Done"));
        } else {
            responses.putAll(object(own.get("responses")));
        }
        ALWAYS.forEach((status, name) -> responses.putIfAbsent(status, reference("responses", name)));
        completed.put("responses", responses);
        return completed;
    }

    private static List<Object> parameters(String path) {
        List<Object> parameters = new ArrayList<>();
        Matcher names = PARAMETER.matcher(path);
        while (names.find()) {
            Map<String, Object> parameter = new LinkedHashMap<>();
            parameter.put("name", names.group(1));
            parameter.put("in", "path");
            parameter.put("required", true);
            parameter.put("schema", Map.of("type", "string"));
            parameters.add(parameter);
        }
        return parameters;
    }

    private static String operationId(ApiOperation operation) {
        String path = operation
                .path()
                .replace("/api/sales/deals", "deals")
                .replaceAll("[{}]", "")
                .replaceAll("[^A-Za-z0-9]+", "-");
        return operation.method() + "-" + path.replaceAll("^-|-$", "");
    }

    private static String tag(String path) {
        if (path.startsWith(ADMIN)) {
            return "admin";
        }
        String[] segments = path.split("/", -1);
        return segments.length < 5 || segments[4].startsWith("{") ? "deals" : segments[4];
    }

    private static Map<String, String> reference(String kind, String name) {
        return Map.of("$ref", "#/components/" + kind + "/" + name);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}
