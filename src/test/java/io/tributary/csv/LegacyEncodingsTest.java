package io.tributary.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class LegacyEncodingsTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/cases/encodings.csv", delimiter = '|')
    void text_of_many_languages_is_read_in_the_encoding_it_was_written_in(String encoding, String name, String company)
            throws IOException {
        Path file = folder.resolve("sent.csv");
        String text = "name,company,value\r\n\"" + name + "\",\"" + company + "\",1\r\n";
        Files.write(file, text.getBytes(Charset.forName(encoding)));

        assertThat(rows(CsvFile.open(file, CsvOptions.detect()))).containsExactly(List.of(name, company, "1"));
    }

    @Test
    void the_first_letter_beyond_ascii_may_stand_at_the_very_end() throws IOException {
        Path file = folder.resolve("late.csv");
        String text = "name,company\n" + "Fleet renewal,Orchard Ltd\n".repeat(40_000) + "Flotte,Müller Söhne\n";
        Files.write(file, text.getBytes(Charset.forName("windows-1252")));

        assertThat(CsvFile.open(file, CsvOptions.detect()).encodingName()).isEqualTo("windows-1252");

        Files.writeString(file, text);

        assertThat(CsvFile.open(file, CsvOptions.detect()).encodingName()).isEqualTo("UTF-8");
    }

    @Test
    void a_damaged_character_does_not_turn_utf8_into_something_else() throws IOException {
        Path file = folder.resolve("damaged.csv");
        byte[] text = ("name,company\n" + "Größe,Müller\n".repeat(20)).getBytes(StandardCharsets.UTF_8);
        text[text.length - 8] = (byte) 0xC3;
        Files.write(file, text);

        assertThat(CsvFile.open(file, CsvOptions.detect()).encodingName()).isEqualTo("UTF-8");
    }

    @Test
    void an_encoding_told_is_taken() throws IOException {
        Path file = folder.resolve("told.csv");
        Files.write(file, "name,company\nПривет,Ветер\n".getBytes(Charset.forName("IBM866")));

        CsvFile csv = CsvFile.open(file, new CsvOptions(null, Charset.forName("IBM866")));

        assertThat(rows(csv)).containsExactly(List.of("Привет", "Ветер"));
    }

    @Test
    void an_encoding_told_that_the_bytes_contradict_is_refused() throws IOException {
        Path file = folder.resolve("contradicted.csv");
        Files.write(file, "name,company\nGröße,Müller\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> CsvFile.open(file, new CsvOptions(null, StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        UnreadableCsvException.class,
                        e -> assertThat(e.reason()).isEqualTo(UnreadableCsvException.Reason.ENCODING))
                .hasMessage("The file is not in UTF-8, the encoding it is said to be in.");
    }

    private static List<List<String>> rows(CsvFile csv) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (RowReader reader = csv.rows()) {
            reader.forEachRemaining(row -> rows.add(List.of(row.cells())));
        }
        return rows;
    }
}
