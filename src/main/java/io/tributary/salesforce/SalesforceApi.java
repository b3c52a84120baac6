package io.tributary.salesforce;

import io.tributary.connection.Connection;
import io.tributary.connection.Outward;
import io.tributary.connection.OutwardException;
import io.tributary.connection.OutwardRequest;
import io.tributary.connection.OutwardResponse;
import io.tributary.salesforce.SalesforceException.Remedy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls of Salesforce's REST API that are used, each as its documentation describes it. */
final class SalesforceApi {
    private static final String VERSION = "/services/data/v61.0";

    /** Records a page; Salesforce may choose another number. With long texts in them 2,000 are too many to hold. */
    private static final String PAGE = "batchSize=500";

    /** Records that the Bulk API gives at once, for the same reason. */
    private static final int RESULTS = 500;

    private static final int LONGEST_PAGE = 64 * 1024 * 1024;

    private final Outward outward;
    private final SalesforceTokens tokens;

    SalesforceApi(Outward outward, SalesforceTokens tokens) {
        this.outward = outward;
        this.tokens = tokens;
    }

    /** How many Opportunities the organisation shows to whoever is signed in. */
    long count(Connection connection) throws SalesforceException {
        return count(connection, "SELECT COUNT() FROM Opportunity");
    }

    /** What a query that counts says. */
    long count(Connection connection, String soql) throws SalesforceException {
        Object answer = call(connection, VERSION + "/query?q=" + encoded(soql));
        return at(answer, "totalSize") instanceof Number number ? number.longValue() : 0;
    }

    /** One page of what a query finds, and where the next one is; null when it was the last. */
    record Page(
            List<Map<String, @Nullable Object>> records,
            @Nullable String next) {}

    /** The first page of a query, of deleted records too. */
    Page queryAll(Connection connection, String soql) throws SalesforceException {
        return page(connection, VERSION + "/queryAll?q=" + encoded(soql));
    }

    /**
     * The page at {@code path}.
     *
     * @param path as the page before named it
     */
    Page page(Connection connection, String path) throws SalesforceException {
        Object answer = call(connection, path);
        String next = text(at(answer, "nextRecordsUrl"));
        if (!next.isEmpty() && !next.startsWith("/services/data/")) {
            throw new SalesforceException("Salesforce named a next page that is none of its own", Remedy.WAIT, 0);
        }
        return new Page(records(at(answer, "records")), next.isEmpty() ? null : next);
    }

    /** What an object's fields are called, with their types; empty where the organisation does not tell. */
    Map<String, String> fields(Connection connection, String object) throws SalesforceException {
        Map<String, String> fields = new LinkedHashMap<>();
        Object answer;
        try {
            answer = call(connection, VERSION + "/sobjects/" + object + "/describe");
        } catch (SalesforceException e) {
            if (e.remedy() == Remedy.NONE) {
                return fields;
            }
            throw e;
        }
        if (at(answer, "fields") instanceof List<?> list) {
            list.forEach(field -> fields.put(text(at(field, "name")), text(at(field, "type"))));
        }
        return fields;
    }

    /** The first page of a query; of records that are not deleted. */
    Page query(Connection connection, String soql) throws SalesforceException {
        return page(connection, VERSION + "/query?q=" + encoded(soql));
    }

    /**
     * Has the Bulk API 2.0 read what a query finds, of deleted records too.
     *
     * @return the id of the job that does
     * @throws SalesforceException with {@link Remedy#NONE} or {@link Remedy#SIGN_IN} also where it is not offered
     */
    String createJob(Connection connection, String soql) throws SalesforceException {
        Map<String, String> job =
                Map.of("operation", "queryAll", "query", soql, "contentType", "CSV", "lineEnding", "LF");
        return text(at(
                json(exchange(connection, url -> OutwardRequest.json("POST", url, job), VERSION + "/jobs/query")),
                "id"));
    }

    /** How a job stands: {@code UploadComplete}, {@code InProgress}, {@code JobComplete}, {@code Failed}, {@code Aborted}. */
    String jobState(Connection connection, String job) throws SalesforceException {
        return text(at(call(connection, VERSION + "/jobs/query/" + encoded(job)), "state"));
    }

    /**
     * Some of what a job found.
     *
     * @param csv the records, below their names
     * @param locator of those that follow; null after the last
     */
    record Results(String csv, @Nullable String locator) {}

    /**
     * The results of a job that is complete.
     *
     * @param locator where the results before ended; null at first
     */
    Results results(Connection connection, String job, @Nullable String locator) throws SalesforceException {
        String path = VERSION + "/jobs/query/" + encoded(job) + "/results?maxRecords=" + RESULTS
                + (locator == null ? "" : "&locator=" + encoded(locator));
        OutwardResponse response =
                exchange(connection, url -> OutwardRequest.get(url).header("Accept", "text/csv"), path);
        String next = response.header("Sforce-Locator").orElse("null").strip();
        return new Results(response.text(), next.isEmpty() || next.equals("null") ? null : next);
    }

    private @Nullable Object call(Connection connection, String path) throws SalesforceException {
        return json(exchange(connection, url -> OutwardRequest.get(url).header("Sforce-Query-Options", PAGE), path));
    }

    private static @Nullable Object json(OutwardResponse response) throws SalesforceException {
        try {
            return response.json();
        } catch (OutwardException e) {
            throw new SalesforceException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What is answered with success; a session that has ended is renewed once. */
    private OutwardResponse exchange(Connection connection, Function<String, OutwardRequest> request, String path)
            throws SalesforceException {
        try {
            OutwardResponse response = send(connection, request, path);
            if (response.status() == 401) {
                tokens.forget(connection);
                response = send(connection, request, path);
            }
            if (response.ok()) {
                return response;
            }
            throw refusal(response);
        } catch (OutwardException e) {
            throw new SalesforceException(String.valueOf(e.getMessage()), e);
        }
    }

    private OutwardResponse send(Connection connection, Function<String, OutwardRequest> request, String path)
            throws SalesforceException, OutwardException {
        SalesforceTokens.Session session = tokens.session(connection);
        return outward.http()
                .send(request.apply(session.instance() + path)
                        .bearer(session.token())
                        .atMost(LONGEST_PAGE));
    }

    private static SalesforceException refusal(OutwardResponse response) {
        int status = response.status();
        String code = code(response);
        String said = code.isEmpty() ? "" : " (" + code + ")";
        if (code.equals("REQUEST_LIMIT_EXCEEDED") || code.equals("SERVER_UNAVAILABLE")) {
            return new SalesforceException("Salesforce's limit of calls is reached" + said, Remedy.WAIT, 60);
        }
        if (status == 401 || status == 403) {
            return new SalesforceException(
                    "Salesforce refuses the credentials: it answered " + status + said, Remedy.SIGN_IN, 0);
        }
        if (status == 429 || status == 408 || status == 423 || status >= 500) {
            return new SalesforceException("Salesforce answered " + status + said, Remedy.WAIT, retryAfter(response));
        }
        return new SalesforceException(
                "Salesforce does not take the call: it answered " + status + said, Remedy.NONE, 0);
    }

    private static String code(OutwardResponse response) {
        try {
            Object body = response.json();
            Object first = body instanceof List<?> list && !list.isEmpty() ? list.get(0) : body;
            String code = text(at(first, "errorCode"));
            return code.matches("[A-Z_]{1,80}") ? code : "";
        } catch (OutwardException noJson) {
            return "";
        }
    }

    private static int retryAfter(OutwardResponse response) {
        try {
            long seconds =
                    Long.parseLong(response.header("Retry-After").orElse("0").strip());
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

    static List<Map<String, @Nullable Object>> records(@Nullable Object list) {
        List<Map<String, @Nullable Object>> records = new ArrayList<>();
        if (list instanceof List<?> some) {
            for (Object one : some) {
                if (one instanceof Map<?, ?> map) {
                    Map<String, @Nullable Object> record = new LinkedHashMap<>();
                    map.forEach((key, value) -> record.put(String.valueOf(key), value));
                    records.add(record);
                }
            }
        }
        return records;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
