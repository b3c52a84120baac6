package io.tributary.salesforce;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tributary.connection.Connection;
import io.tributary.salesforce.SalesforceException.Remedy;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first load of a large organisation by the Bulk API 2.0: one job reads everything on Salesforce's side, and its
 * results are fetched piece by piece.
 */
final class BulkLoad {
    /** From here on a job is worth its wait. Below, Salesforce itself advises to ask for pages. */
    private static final long LARGE = 10_000;

    private static final Set<String> NUMBERS = Set.of("currency", "double", "int", "long", "percent");

    /** What every organisation has, also one that does not tell the types of its fields. */
    private static final Map<String, String> STANDARD = Map.of(
            "Amount", "currency",
            "Probability", "percent",
            "IsClosed", "boolean",
            "IsWon", "boolean",
            "IsDeleted", "boolean");

    private final SalesforceApi api;
    private final SalesforceRecords records;

    BulkLoad(SalesforceApi api, SalesforceRecords records) {
        this.api = api;
        this.records = records;
    }

    /**
     * A piece of what was found.
     *
     * @param locator of the next piece; null after the last
     */
    record Piece(
            List<Map<String, @Nullable Object>> records,
            @Nullable String locator) {}

    /** Whether what was changed since then is read by a job rather than by pages. */
    boolean isWanted(Connection connection, Instant since) throws SalesforceException {
        return switch (connection.text("first_load")) {
            case "bulk" -> true;
            case "auto" ->
                api.count(connection, "SELECT COUNT() FROM Opportunity WHERE SystemModstamp >= " + seconds(since))
                        >= LARGE;
            default -> false;
        };
    }

    /** Makes the job; empty where the organisation does not offer it to whoever is signed in. */
    Optional<String> begin(Connection connection, Instant since) throws SalesforceException {
        try {
            return Optional.of(api.createJob(
                            connection, records.selectFlat(connection) + " WHERE SystemModstamp >= " + seconds(since)))
                    .filter(job -> !job.isEmpty());
        } catch (SalesforceException e) {
            // Credentials that are no good for anything are refused with the first page too, and told then.
            if (e.remedy() == Remedy.WAIT) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** How a job stands. */
    enum State {
        RUNNING,
        COMPLETE,
        /** It failed, was ended by somebody, or is gone, as it is a week after it was made. */
        LOST
    }

    State state(Connection connection, String job) throws SalesforceException {
        try {
            return switch (api.jobState(connection, job)) {
                case "UploadComplete", "InProgress" -> State.RUNNING;
                case "JobComplete" -> State.COMPLETE;
                default -> State.LOST;
            };
        } catch (SalesforceException e) {
            return lostOr(e);
        }
    }

    /** The next piece of a job's results; empty when they are gone. */
    Optional<Piece> next(Connection connection, String job, @Nullable String locator) throws SalesforceException {
        SalesforceApi.Results results;
        try {
            results = api.results(connection, job, locator);
        } catch (SalesforceException e) {
            lostOr(e);
            return Optional.empty();
        }
        List<Map<String, @Nullable Object>> found = read(results.csv(), records.types(connection));
        records.addContacts(connection, found);
        return Optional.of(new Piece(found, results.locator()));
    }

    private static State lostOr(SalesforceException failure) throws SalesforceException {
        if (failure.remedy() != Remedy.NONE) {
            throw failure;
        }
        return State.LOST;
    }

    private static Instant seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Records as a query by REST would give them: {@code Account.Name} is in the account, what is blank is null, and
     * numbers and truths are what they are by {@code types}.
     */
    static List<Map<String, @Nullable Object>> read(String csv, Map<String, String> types) throws SalesforceException {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(csv)) {
            for (NamedCsvRecord line : lines) {
                Map<String, @Nullable Object> record = new LinkedHashMap<>();
                line.getFieldsAsMap().forEach((name, text) -> put(record, name, text, types));
                found.add(record);
            }
        } catch (IOException | RuntimeException e) {
            throw new SalesforceException("Salesforce's results are no CSV that can be read", Remedy.WAIT, 0);
        }
        return found;
    }

    private static void put(Map<String, @Nullable Object> record, String name, String text, Map<String, String> types) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            String type = types.getOrDefault(name, STANDARD.getOrDefault(name, "string"));
            record.put(name, value(text, type));
        } else if (!text.isEmpty()) {
            Map<String, @Nullable Object> other = new LinkedHashMap<>();
            if (record.get(name.substring(0, dot)) instanceof Map<?, ?> begun) {
                begun.forEach((key, value) -> other.put(String.valueOf(key), value));
            }
            other.put(name.substring(dot + 1), text);
            record.put(name.substring(0, dot), other);
        }
    }

    private static @Nullable Object value(String text, String type) {
        if (text.isEmpty()) {
            return null;
        }
        if (type.equals("boolean")) {
            return Boolean.valueOf(text);
        }
        try {
            return NUMBERS.contains(type) ? new BigDecimal(text) : text;
        } catch (NumberFormatException noNumber) {
            return text;
        }
    }
}
