package io.tributary.mapping;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tributary.deal.DealField;
import io.tributary.deal.FieldError;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.PersonName;
import io.tributary.deal.Warning;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the cases beside mapping files: {@code <source>.mapping.test.yaml} next to {@code <source>.mapping.yaml}. A case
 * gives a record or a table and says what becomes of it; see {@code docs/mapping-files.md}.
 */
public final class MappingCases {
    private static final String MAPPING = ".mapping.yaml";
    private static final String CASES = ".mapping.test.yaml";
    private static final Set<String> KEYS = Set.of(
            "name",
            "tenant",
            "given",
            "table",
            "overrides",
            "decimal",
            "date_order",
            "expect",
            "expect_rows",
            "expect_errors",
            "expect_warnings",
            "expect_system");
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /**
     * A case that did not come out as it says.
     *
     * @param file the file of the cases
     * @param name the case; empty when the file itself is at fault
     * @param problem what came out instead
     */
    public record Failure(String file, String name, String problem) {
        @Override
        public String toString() {
            return file + ": " + (name.isEmpty() ? "" : "\"" + name + "\": ") + problem;
        }
    }

    /**
     * What a run found.
     *
     * @param cases how many cases ran
     */
    public record Outcome(int cases, List<MappingException.Fault> faults, List<Failure> failures) {
        public boolean passed() {
            return faults.isEmpty() && failures.isEmpty();
        }
    }

    private final List<MappingException.Fault> faults = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private int cases;

    private MappingCases() {}

    /** Lints every mapping file below the folders named and runs the cases beside them; exit status 1 for a fault. */
    public static void main(String[] folders) throws IOException {
        boolean passed = true;
        int cases = 0;
        for (String folder : folders) {
            Outcome outcome = run(Path.of(folder));
            outcome.faults().forEach(System.out::println);
            outcome.failures().forEach(System.out::println);
            passed &= outcome.passed();
            cases += outcome.cases();
        }
        System.out.println(cases + " mapping cases, " + (passed ? "all as expected" : "some not as expected"));
        if (!passed) {
            System.exit(1);
        }
    }

    /** Lints every mapping file below the folder and runs the cases beside them. */
    public static Outcome run(Path folder) throws IOException {
        MappingCases run = new MappingCases();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(MAPPING))
                    .sorted()
                    .toList()) {
                run.check(file);
            }
        }
        return new Outcome(run.cases, List.copyOf(run.faults), List.copyOf(run.failures));
    }

    private void check(Path file) throws IOException {
        Path beside = Path.of(file.toString().replace(MAPPING, CASES));
        try {
            Mapping mapping = Mapping.parse(file.toString(), Files.readString(file));
            if (Files.exists(beside)) {
                runAll(beside.toString(), mapping, Files.readString(beside));
            }
        } catch (MappingException faulty) {
            faults.addAll(faulty.faults());
        }
    }

    /** Runs the cases of one file against a mapping. */
    public static List<Failure> run(String fileName, Mapping mapping, String cases) {
        MappingCases run = new MappingCases();
        run.runAll(fileName, mapping, cases);
        return List.copyOf(run.failures);
    }

    private void runAll(String file, Mapping mapping, String text) {
        List<?> entries;
        try {
            Map<?, ?> root = YAML.readValue(text, Map.class);
            entries = root != null && root.get("cases") instanceof List<?> list ? list : List.of();
        } catch (IOException malformed) {
            failures.add(new Failure(file, "", "is not YAML: " + malformed.getMessage()));
            return;
        }
        if (entries.isEmpty()) {
            failures.add(new Failure(file, "", "has no cases; write a list of them under \"cases:\""));
        }
        for (Object entry : entries) {
            cases++;
            if (entry instanceof Map<?, ?> one) {
                String name = String.valueOf(one.get("name"));
                for (String problem : problems(mapping, one)) {
                    failures.add(new Failure(file, name, problem));
                }
            } else {
                failures.add(new Failure(file, "", "a case is no object: " + entry));
            }
        }
    }

    private static List<String> problems(Mapping mapping, Map<?, ?> one) {
        Set<String> unknown = new TreeSet<>();
        one.keySet().forEach(key -> unknown.add(String.valueOf(key)));
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            return List.of("a case does not know " + unknown + "; it knows " + new TreeSet<>(KEYS));
        }
        ReadingContext context;
        try {
            context = context(object(one.get("tenant")));
        } catch (DateTimeException unknownZone) {
            return List.of("time_zone: " + unknownZone.getMessage());
        }
        if (one.get("table") instanceof List<?> table) {
            return tableProblems(mapping, one, table, context);
        }
        if (!(one.get("given") instanceof Map<?, ?>)) {
            return List.of("gives nothing; write the record under \"given:\" or the rows under \"table:\"");
        }
        return compare(one, mapping.normalise(new RawRecord(1, object(one.get("given"))), context), List.of());
    }

    private static List<String> tableProblems(Mapping mapping, Map<?, ?> one, List<?> table, ReadingContext context) {
        List<String[]> rows = new ArrayList<>();
        for (Object row : table) {
            rows.add(
                    row instanceof List<?> cells
                            ? cells.stream()
                                    .map(cell -> cell == null ? "" : cell.toString())
                                    .toArray(String[]::new)
                            : new String[] {String.valueOf(row)});
        }
        Map<String, @Nullable String> overrides = new LinkedHashMap<>();
        object(one.get("overrides"))
                .forEach((header, code) -> overrides.put(header, code == null ? null : code.toString()));
        HeaderPlan plan = mapping.plan(List.of(rows.get(0)), overrides);
        List<String> problems = new ArrayList<>();
        if (one.containsKey("expect_system")
                && !String.valueOf(one.get("expect_system")).equals(plan.system() + "")) {
            problems.add("is of " + plan.system() + ", expected " + one.get("expect_system"));
        }
        Evidence evidence = plan.evidence();
        rows.stream().skip(1).forEach(evidence::observe);
        Object decimal = one.get("decimal");
        Object order = one.get("date_order");
        ColumnStyles styles = evidence.decide(
                context.locale(),
                decimal == null ? null : decimal.toString().charAt(0),
                order == null ? null : DateOrder.valueOf(order.toString().toUpperCase(Locale.ROOT)));
        List<?> expected = one.get("expect_rows") instanceof List<?> list ? list : List.of(one);
        if (expected.size() != rows.size() - 1) {
            problems.add("has " + (rows.size() - 1) + " rows, expected " + expected.size());
            return problems;
        }
        for (int i = 1; i < rows.size(); i++) {
            Normalised normalised = plan.normalise(i, rows.get(i), context, styles);
            for (String problem : compare(object(expected.get(i - 1)), normalised, styles.warnings())) {
                problems.add("row " + i + ": " + problem);
            }
        }
        return problems;
    }

    private static ReadingContext context(Map<String, @Nullable Object> tenant) {
        Object defaults = tenant.get("default_values");
        return new ReadingContext(
                String.valueOf(tenant.getOrDefault("currency", "USD")),
                ZoneId.of(String.valueOf(tenant.getOrDefault("time_zone", "UTC"))),
                Locale.forLanguageTag(String.valueOf(tenant.getOrDefault("locale", "en-US"))),
                object(defaults));
    }

    private static List<String> compare(Map<?, ?> expected, Normalised normalised, List<Warning> ofTable) {
        List<String> problems = new ArrayList<>();
        boolean refusalExpected = expected.containsKey("expect_errors");
        if (normalised instanceof Normalised.Refused refused) {
            if (!refusalExpected) {
                problems.add("was refused: " + said(refused.errors()));
            } else {
                compareMessages("error", object(expected.get("expect_errors")), errors(refused.errors()), problems);
            }
            return problems;
        }
        Normalised.Taken taken = (Normalised.Taken) normalised;
        if (refusalExpected) {
            problems.add("was taken, expected errors " + expected.get("expect_errors"));
            return problems;
        }
        compareValues("", object(expected.get("expect")), values(taken.deal()), problems);
        List<Warning> warnings =
                Stream.concat(ofTable.stream(), taken.warnings().stream()).toList();
        compareMessages("warning", object(expected.get("expect_warnings")), warnings(warnings), problems);
        return problems;
    }

    /** Every message must be expected, by its field and a part of its sentence, and every expectation met. */
    private static void compareMessages(
            String kind, Map<String, @Nullable Object> expected, Map<String, String> actual, List<String> problems) {
        expected.forEach((field, part) -> {
            String message = actual.get(field);
            if (message == null) {
                problems.add("has no " + kind + " on " + field + ", only " + actual);
            } else if (!message.contains(String.valueOf(part))) {
                problems.add(
                        "the " + kind + " on " + field + " is \"" + message + "\", expected \"" + part + "\" in it");
            }
        });
        actual.forEach((field, message) -> {
            if (!expected.containsKey(field)) {
                problems.add("has an unexpected " + kind + " on " + field + ": \"" + message + "\"");
            }
        });
    }

    /** What is expected must be there and equal; what is not mentioned may be anything. */
    private static void compareValues(
            String path,
            Map<String, @Nullable Object> expected,
            Map<String, @Nullable Object> actual,
            List<String> problems) {
        expected.forEach((name, value) -> {
            String place = path + name;
            Object found = actual.get(name);
            if (!actual.containsKey(name) && (path.isEmpty() || value != null)) {
                problems.add("there is no " + place + " among " + actual.keySet());
            } else if (value instanceof Map<?, ?> && found instanceof Map<?, ?>) {
                compareValues(place + ".", object(value), object(found), problems);
            } else if (!same(value, found)) {
                problems.add(place + " is " + found + ", expected " + value);
            }
        });
    }

    private static boolean same(@Nullable Object expected, @Nullable Object actual) {
        if (expected == null || actual == null) {
            return expected == null && actual == null;
        }
        if (expected instanceof Number && actual instanceof Number) {
            return new BigDecimal(expected.toString()).compareTo(new BigDecimal(actual.toString())) == 0;
        }
        return expected.toString().equals(actual.toString());
    }

    /** The deal under the names of the API, with {@code assumed}, {@code metadata} and the lead's names. */
    private static Map<String, @Nullable Object> values(NormalisedDeal deal) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", deal.name());
        values.put("company", deal.company());
        values.put("value", deal.value());
        values.put("currency", deal.currency());
        values.put("stage", deal.stage().code());
        values.put("probability", deal.probability());
        values.put("expected_close_date", deal.expectedCloseDate());
        values.put("contact_email", deal.contactEmail());
        values.put("contact_name", deal.contactName());
        values.put("description", deal.description());
        values.put("phone", deal.phone());
        values.put("system", deal.system());
        values.put("external_id", deal.externalId());
        values.put("source_updated_at", deal.sourceUpdatedAt());
        values.put("assumed", deal.assumed().stream().map(DealField::code).toList());
        values.put("metadata", deal.metadata());
        PersonName contact = deal.contact();
        values.put("first_name", contact == null ? null : contact.firstName());
        values.put("last_name", contact == null ? null : contact.lastName());
        return values;
    }

    private static Map<String, String> errors(List<FieldError> errors) {
        return errors.stream()
                .collect(Collectors.toMap(
                        FieldError::field, FieldError::error, (a, b) -> a + "; " + b, LinkedHashMap::new));
    }

    private static Map<String, String> warnings(List<Warning> warnings) {
        return warnings.stream()
                .collect(
                        Collectors.toMap(Warning::field, Warning::message, (a, b) -> a + "; " + b, LinkedHashMap::new));
    }

    private static String said(List<FieldError> errors) {
        return errors.stream().map(error -> error.field() + " " + error.error()).collect(Collectors.joining("; "));
    }

    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, entry) -> object.put(String.valueOf(name), entry));
        }
        return object;
    }
}
