package io.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.json.Json;
import io.tributary.testing.Books;
import io.tributary.testing.Leaks;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each source makes of what it is sent. A case is a folder {@code cases/<endpoint>/<what happens>}: its
 * {@code input.json} is posted to that endpoint, after each record of {@code before.json} where there is one,
 * and the answer must hold what {@code expected.json} or {@code expected.error.json} names. Fields not named there may be
 * anything; null means null or absent.
 */
@WithHub
class SourceCasesTest {

    /** One folder; it is shown by the end of its path. */
    record Case(Path folder) {
        /** The endpoint's path below the base: every folder between {@code cases} and the case's own. */
        String source() {
            Path parent = folder.getParent();
            String last = parent.getFileName().toString();
            Path above = parent.getParent();
            return above.endsWith("cases") ? last : above.getFileName() + "/" + last;
        }

        @Override
        public String toString() {
            return source() + "/" + folder.getFileName();
        }
    }

    static List<Case> cases() throws IOException, URISyntaxException {
        Path all = Path.of(SourceCasesTest.class.getResource("/cases").toURI());
        try (Stream<Path> files = Files.walk(all)) {
            return files.filter(file -> file.endsWith("input.json"))
                    .map(file -> new Case(file.getParent()))
                    .sorted((one, other) -> one.toString().compareTo(other.toString()))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_record_becomes_what_its_case_says(Case each, TestHub hub, Tenant tenant) throws IOException {
        boolean taken = Files.exists(each.folder().resolve("expected.json"));
        if (Files.exists(each.folder().resolve("before.json"))) {
            for (JsonNode record : read(each.folder().resolve("before.json"))) {
                Reply earlier = tenant.post("/" + each.source(), record);
                assertThat(earlier.status()).as(earlier.toString()).isIn(200, 201);
            }
        }

        Reply reply = tenant.post("/" + each.source(), read(each.folder().resolve("input.json")));

        JsonNode expected = read(each.folder().resolve(taken ? "expected.json" : "expected.error.json"));
        List<String> differences = differences(expected, reply.json(), "");
        assertThat(differences).as(reply.toString()).isEmpty();
        if (taken) {
            assertThat(reply.status()).isEqualTo(reply.textAt("/action").equals("created") ? 201 : 200);
        } else {
            assertThat(reply.status()).isEqualTo(422);
            Leaks.none(reply);
        }
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void every_case_says_what_is_expected_and_says_it_once() throws Exception {
        assertThat(cases())
                .hasSizeGreaterThan(15)
                .allSatisfy(each -> assertThat(Stream.of("expected.json", "expected.error.json")
                                .filter(name -> Files.exists(each.folder().resolve(name))))
                        .hasSize(1));
    }

    @Test
    void an_answer_that_differs_is_told_by_the_place_of_the_difference() throws IOException {
        JsonNode expected = Json.mapper().readTree("{\"a\":{\"b\":1.50,\"c\":null,\"d\":[{\"e\":1}]}}");

        assertThat(differences(
                        expected, Json.mapper().readTree("{\"a\":{\"b\":1.5,\"d\":[{\"e\":1,\"f\":2}]},\"g\":3}"), ""))
                .isEmpty();
        assertThat(differences(expected, Json.mapper().readTree("{\"a\":{\"b\":2,\"c\":0,\"d\":[]}}"), ""))
                .hasSize(3)
                .anySatisfy(difference -> assertThat(difference).startsWith("/a/b"));
    }

    /** Where {@code actual} lacks or contradicts something of {@code expected}. */
    private static List<String> differences(JsonNode expected, JsonNode actual, String place) {
        List<String> differences = new ArrayList<>();
        if (expected.isObject() && actual.isObject()) {
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                differences.addAll(
                        differences(field.getValue(), actual.path(field.getKey()), place + "/" + field.getKey()));
            }
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                differences.addAll(differences(expected.get(i), actual.get(i), place + "/" + i));
            }
        } else if (!isSame(expected, actual)) {
            differences.add(place + " is " + actual + ", not " + expected);
        }
        return differences;
    }

    private static boolean isSame(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return expected.isNull() ? actual.isNull() || actual.isMissingNode() : expected.equals(actual);
    }

    private static JsonNode read(Path file) throws IOException {
        return Json.mapper().readTree(Files.readAllBytes(file));
    }
}
