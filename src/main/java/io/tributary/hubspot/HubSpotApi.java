package io.tributary.hubspot;

import io.tributary.connection.Connection;
import io.tributary.connection.Outward;
import io.tributary.connection.OutwardException;
import io.tributary.connection.OutwardRequest;
import io.tributary.connection.OutwardResponse;
import io.tributary.hubspot.HubSpotException.Remedy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of HubSpot's CRM API that are used, each as its documentation describes it. */
final class HubSpotApi {
    /** How many ids one batch read may name. */
    static final int BATCH = 100;

    private final Outward outward;
    private final HubSpotTokens tokens;

    HubSpotApi(Outward outward, HubSpotTokens tokens) {
        this.outward = outward;
        this.tokens = tokens;
    }

    /** Reads up to {@link #BATCH} objects; those that do not exist are missing from the answer. */
    List<Map<String, @Nullable Object>> read(
            Connection connection, String objects, List<String> ids, List<String> properties) throws HubSpotException {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("properties", properties);
        body.put("inputs", ids.stream().map(id -> Map.of("id", id)).toList());
        return results(post(connection, "/crm/v3/objects/" + objects + "/batch/read", body));
    }

    /** A page of deals in the order of {@code sort}, by the filters of one group. */
    List<Map<String, @Nullable Object>> search(
            Connection connection, List<Map<String, String>> filters, String sort, List<String> properties)
            throws HubSpotException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("filterGroups", List.of(Map.of("filters", filters)));
        body.put("sorts", List.of(Map.of("propertyName", sort, "direction", "ASCENDING")));
        body.put("properties", properties);
        body.put("limit", HubSpotPoll.PAGE);
        return results(post(connection, "/crm/v3/objects/deals/search", body));
    }

    /** A page of the deals that are deleted, and where the next begins; null when it was the last. */
    Archived archived(Connection connection, @Nullable String after) throws HubSpotException {
        String place = after == null ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
        Object answer = call(
                connection,
                OutwardRequest.get(
                        connection.text("base_url") + "/crm/v3/objects/deals?archived=true&limit=100" + place));
        String next = text(at(answer, "paging", "next", "after"));
        return new Archived(results(answer), next.isEmpty() ? null : next);
    }

    record Archived(
            List<Map<String, @Nullable Object>> deals,
            @Nullable String next) {}

    /** The objects of one type that each of {@code ids} is associated with, those of the main association first. */
    Map<String, List<String>> associated(Connection connection, String from, String to, List<String> ids)
            throws HubSpotException {
        Map<String, List<String>> associated = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            return associated;
        }
        Map<String, Object> body =
                Map.of("inputs", ids.stream().map(id -> Map.of("id", id)).toList());
        for (Map<String, @Nullable Object> result :
                results(post(connection, "/crm/v4/associations/" + from + "/" + to + "/batch/read", body))) {
            List<String> others = new ArrayList<>();
            if (result.get("to") instanceof List<?> list) {
                list.stream().filter(HubSpotApi::isPrimary).forEach(one -> add(others, one));
                list.stream().filter(one -> !isPrimary(one)).forEach(one -> add(others, one));
            }
            associated.put(text(at(result, "from", "id")), others);
        }
        return associated;
    }

    private static void add(List<String> ids, Object associated) {
        String id = text(at(associated, "toObjectId"));
        if (!id.isEmpty()) {
            ids.add(id);
        }
    }

    private static boolean isPrimary(@Nullable Object associated) {
        return at(associated, "associationTypes") instanceof List<?> types
                && types.stream().anyMatch(type -> "Primary".equals(at(type, "label")));
    }

    /** The account's pipelines of deals, with their stages. */
    List<Map<String, @Nullable Object>> pipelines(Connection connection) throws HubSpotException {
        return results(call(connection, OutwardRequest.get(connection.text("base_url") + "/crm/v3/pipelines/deals")));
    }

    /** Sets properties of up to {@link #BATCH} deals. */
    void update(Connection connection, Map<String, Map<String, String>> propertiesByDeal) throws HubSpotException {
        List<Map<String, Object>> inputs = new ArrayList<>();
        propertiesByDeal.forEach((id, properties) -> inputs.add(Map.of("id", id, "properties", properties)));
        post(connection, "/crm/v3/objects/deals/batch/update", Map.of("inputs", inputs));
    }

    private @Nullable Object post(Connection connection, String path, Object body) throws HubSpotException {
        return call(connection, OutwardRequest.json("POST", connection.text("base_url") + path, body));
    }

    private @Nullable Object call(Connection connection, OutwardRequest request) throws HubSpotException {
        try {
            OutwardResponse response = outward.http().send(request.bearer(tokens.token(connection)));
            if (response.status() == 401 && tokens.forget(connection)) {
                response = outward.http().send(request.bearer(tokens.token(connection)));
            }
            if (response.ok()) {
                return response.json();
            }
            throw refusal(response);
        } catch (OutwardException e) {
            throw new HubSpotException(String.valueOf(e.getMessage()), e);
        }
    }

    private static HubSpotException refusal(OutwardResponse response) {
        int status = response.status();
        if (status == 401 || status == 403) {
            return new HubSpotException("HubSpot refuses the credentials: it answered " + status, Remedy.SIGN_IN, 0);
        }
        if (status == 429 || status == 408 || status == 423 || status >= 500) {
            return new HubSpotException("HubSpot answered " + status, Remedy.WAIT, retryAfter(response));
        }
        return new HubSpotException("HubSpot does not take the call: it answered " + status, Remedy.NONE, 0);
    }

    /** HubSpot's documentation speaks of milliseconds, HTTP of seconds; nobody waits for twenty minutes. */
    private static int retryAfter(OutwardResponse response) {
        try {
            long number =
                    Long.parseLong(response.header("Retry-After").orElse("0").strip());
            long seconds = number > 1000 ? (number + 999) / 1000 : number;
            return (int) Math.max(0, Math.min(seconds, 600));
        } catch (NumberFormatException noNumber) {
            return 0;
        }
    }

    static @Nullable Object at(@Nullable Object object, String... path) {
        Object here = object;
        for (String step : path) {
            here = here instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return here;
    }

    static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value);
    }

    private static List<Map<String, @Nullable Object>> results(@Nullable Object answer) {
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        if (at(answer, "results") instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Map<?, ?> map) {
                    Map<String, @Nullable Object> result = new LinkedHashMap<>();
                    map.forEach((key, value) -> result.put(String.valueOf(key), value));
                    results.add(result);
                }
            }
        }
        return results;
    }
}
