package io.tributary.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeCsvTest {

    @TempDir
    Path folder;

    @Test
    void ten_thousand_columns_are_read() throws IOException {
        String header = IntStream.range(0, 10_000).mapToObj(i -> "column " + i).collect(Collectors.joining(","));
        String row = String.join(",", Collections.nCopies(10_000, "7"));
        CsvFile csv = open(header + "\n" + row + "\n" + row + "\n");

        assertThat(csv.header()).hasSize(10_000);
        assertThat(count(csv)).isEqualTo(2);
    }

    @Test
    void a_cell_of_five_megabytes_is_read() throws IOException {
        String large = "a \"\"large\"\" cell\n".repeat(350_000);
        CsvFile csv = open("name,note\nFleet,\"" + large + "\"\nParts,small\n");

        try (RowReader rows = csv.rows()) {
            assertThat(rows.next().cells()[1]).hasSize(350_000 * "a \"large\" cell\n".length());
            assertThat(rows.next().cells()).containsExactly("Parts", "small");
            assertThat(rows.hasNext()).isFalse();
        }
    }

    @Test
    void a_stray_quote_does_not_swallow_the_rest_of_a_large_file() throws IOException {
        Path file = folder.resolve("stray.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("name,company,value\nFleet,\"Orchard,1\n");
            for (int i = 0; i < 1_000_000; i++) {
                out.write("Parts renewal,Quarry,2\n");
            }
        }

        assertThat(count(CsvFile.open(file, CsvOptions.detect()))).isEqualTo(1_000_001);
    }

    @Test
    void a_hundred_thousand_stray_quotes_cost_no_more_than_time_in_proportion() throws IOException {
        CsvFile csv = open("name,company,value\n" + "Fleet,\"\"Orchard\"\",1\n".repeat(100_000));

        assertThat(count(csv)).isEqualTo(100_000);
    }

    @Test
    void a_line_of_too_many_cells_is_refused() throws IOException {
        assertThatThrownBy(() -> open("name,company\nFleet" + ",".repeat(CsvFile.MAX_COLUMNS + 1) + "x\n"))
                .isInstanceOfSatisfying(
                        UnreadableCsvException.class,
                        e -> assertThat(e.reason()).isEqualTo(UnreadableCsvException.Reason.TOO_MANY_COLUMNS));
    }

    @Test
    void a_cell_beyond_the_limit_is_refused() throws IOException {
        assertThatThrownBy(() -> open("name,company\nFleet," + "x".repeat(2 * CsvFile.MAX_CELL_CHARACTERS + 1) + "\n"))
                .isInstanceOfSatisfying(
                        UnreadableCsvException.class,
                        e -> assertThat(e.reason()).isEqualTo(UnreadableCsvException.Reason.TOO_LARGE_CELL));
    }

    @Test
    void rows_are_numbered_from_one_in_every_pass_and_progress_ends_at_the_size() throws IOException {
        CsvFile csv = open("name,value\n\n\"two\nlines\",1\n\nFleet,2\n");

        for (int pass = 0; pass < 2; pass++) {
            try (RowReader rows = csv.rows()) {
                assertThat(rows.next().row()).isEqualTo(1);
                assertThat(rows.next()).isEqualTo(new CsvRow(2, new String[] {"Fleet", "2"}));
                assertThat(rows.hasNext()).isFalse();
                assertThat(rows.bytesRead()).isEqualTo(csv.size());
            }
        }
    }

    private CsvFile open(String text) throws IOException {
        Path file = folder.resolve("large.csv");
        Files.writeString(file, text);
        return CsvFile.open(file, CsvOptions.detect());
    }

    private static int count(CsvFile csv) throws IOException {
        int count = 0;
        try (RowReader rows = csv.rows()) {
            while (rows.hasNext()) {
                rows.next();
                count++;
            }
        }
        return count;
    }
}
