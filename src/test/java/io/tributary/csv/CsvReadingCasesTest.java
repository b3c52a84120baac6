package io.tributary.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each folder of {@code cases/csv-reading} is a file and what reading it gives, or the sentence that refuses it. */
class CsvReadingCasesTest {

    private static final Path CASES = Path.of("src/test/resources/cases/csv-reading");
    private static final Set<String> KNOWN = Set.of("deal name", "company", "amount", "stage", "name");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> every_file_is_read_as_its_case_says() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted().toList().stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
        }
    }

    private static void check(Path folder) throws IOException {
        Path error = folder.resolve("expected.error");
        Path input = folder.resolve("input.csv");
        if (Files.exists(error)) {
            assertThatThrownBy(() -> CsvFile.open(input, CsvOptions.detect()))
                    .isInstanceOf(UnreadableCsvException.class)
                    .satisfies(e -> assertThat(((UnreadableCsvException) e).reason() + ": " + e.getMessage())
                            .isEqualTo(Files.readString(error).strip()));
            return;
        }
        JsonNode expected = JSON.readTree(folder.resolve("expected.json").toFile());
        CsvOptions options = expected.path("known_names").asBoolean()
                ? CsvOptions.detect()
                        .withKnownHeader(cell -> KNOWN.contains(cell.strip().toLowerCase(Locale.ROOT)))
                : CsvOptions.detect();
        ObjectNode read = read(CsvFile.open(input, options));
        if (expected.has("known_names")) {
            read.set("known_names", expected.get("known_names"));
        }
        assertThat(read.toPrettyString()).isEqualTo(expected.toPrettyString());
    }

    private static ObjectNode read(CsvFile file) throws IOException {
        ObjectNode read = JSON.createObjectNode();
        read.put("encoding", file.encodingName());
        read.put("delimiter", String.valueOf(file.delimiter()));
        read.put("quote", file.quote() == null ? "" : file.quote().toString());
        read.set("header", JSON.valueToTree(file.header()));
        ArrayNode rows = read.putArray("rows");
        try (RowReader reader = file.rows()) {
            while (reader.hasNext()) {
                rows.add(JSON.valueToTree(Arrays.asList(reader.next().cells())));
            }
            read.put("trailer_rows", reader.trailerRows());
        }
        return read;
    }
}
