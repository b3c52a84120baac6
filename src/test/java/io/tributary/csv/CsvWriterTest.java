package io.tributary.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {

    private static final List<String> HEADER = List.of("name", "company", "note");

    @Test
    void writes_commas_doubled_quotes_and_crlf() throws IOException {
        assertThat(written(List.of(HEADER, List.of("Fleet, north", "The \"Quarry\"", "two\nlines"))))
                .isEqualTo("name,company,note\r\n\"Fleet, north\",\"The \"\"Quarry\"\"\",\"two\nlines\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-", "=", "+49 30 1234", "-1,234.50", "-5-"})
    void puts_an_apostrophe_before_what_a_spreadsheet_would_run(String cell) throws IOException {
        String line = written(List.of(List.of("x", cell)));

        assertThat(line.substring(2)).matches("(?s)\"?'.*").contains(cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1500.00", "+5", "plain", "'quoted'", "a=b", "5-3", "", "'-5"})
    void leaves_numbers_and_plain_text_alone(String cell) throws IOException {
        assertThat(written(List.of(List.of("x", cell, "y")))).isEqualTo("x," + cell + ",y\r\n");
    }

    @Test
    void a_number_with_a_decimal_comma_gets_no_apostrophe() throws IOException {
        assertThat(written(List.of(List.of("-3,5")))).isEqualTo("\"-3,5\"\r\n");
    }

    @Property(tries = 300)
    void what_is_written_reads_back_the_same(@ForAll("tables") List<List<String>> rows) throws IOException {
        List<List<String>> table = new ArrayList<>();
        table.add(HEADER);
        table.addAll(rows);

        assertThat(readBack(written(table))).isEqualTo(rows);
    }

    /** Rows whose first cell is no blank, because a row of blanks is a blank line to the reader. */
    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> cell =
                Arbitraries.strings().withChars("aZ09é漢 '\"\\,;|#=+-@.%\t\r\n").ofMaxLength(12);
        return cell.list()
                .ofSize(3)
                .map(CsvWriterTest::withSomethingInIt)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static List<String> withSomethingInIt(List<String> row) {
        return List.of(row.get(0) + "x", row.get(1), row.get(2) + "y");
    }

    private static String written(List<List<String>> rows) throws IOException {
        StringBuilder out = new StringBuilder();
        try (CsvWriter writer = new CsvWriter(out)) {
            for (List<String> row : rows) {
                writer.row(row);
            }
        }
        return out.toString();
    }

    private static List<List<String>> readBack(String text) throws IOException {
        Path file = Files.createTempFile("written", ".csv");
        try {
            Files.writeString(file, text);
            CsvFile csv = CsvFile.open(file, CsvOptions.detect().withKnownHeader(HEADER::contains));
            List<List<String>> rows = new ArrayList<>();
            try (RowReader reader = csv.rows()) {
                reader.forEachRemaining(row -> rows.add(List.of(row.cells())));
            }
            return rows;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Files.delete(file);
        }
    }
}
