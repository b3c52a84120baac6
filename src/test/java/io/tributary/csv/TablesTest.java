package io.tributary.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.tributary.testing.WorkbookFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that come packed: workbooks, gzip, zip, and what is made to do harm. */
class TablesTest {
    private static final String CSV = "name,company,value\nFleet,Orchard,\"1,200.50\"\nParts,Quarry,5\n";
    private static final String HEADER =
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>name</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>value</t></is></c></row>";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} in style {1} is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1234.5            | 0 | 1234.5",
                "1.234             | 0 | 1.2340",
                "0.1               | 0 | 0.1",
                "75000             | 0 | 75000",
                "1.5E5             | 0 | 150000",
                "0.30000000000000004 | 0 | 0.3",
                "-12               | 0 | -12",
                "46174             | 1 | 2026-06-01",
                "46174.75          | 4 | 2026-06-01T18:00",
                "0.6               | 2 | 60%",
                "1234.5            | 3 | € 1234.5",
                "1234.5            | 5 | 1234.5",
            })
    void a_number_of_a_workbook_is_read_by_its_format(String stored, int style, String text) throws Exception {
        String rows = HEADER + "<row r=\"2\"><c r=\"B2\" s=\"" + style + "\"><v>" + stored + "</v></c>"
                + "<c r=\"C2\" t=\"inlineStr\"><is><t>x</t></is></c></row>";

        assertThat(rows(unpacked(new WorkbookFile(rows).bytes())).get(0)).containsExactly("", text, "x");
    }

    @Test
    void texts_flags_errors_and_formulas_are_read_by_what_they_are() throws Exception {
        String rows = HEADER
                + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>say \"hi\", 5</t></is></c><c r=\"B2\" t=\"b\"><v>1</v></c></row>"
                + "<row r=\"3\"><c r=\"A3\" t=\"str\"><f>A2&amp;1</f><v>cached</v></c><c r=\"B3\"><f>2*21</f><v>42</v></c></row>"
                + "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t># no comment</t></is></c><c r=\"B4\" t=\"e\"><v>#REF!</v></c></row>"
                + "<row r=\"6\"><c r=\"A6\" t=\"inlineStr\"><is><t>two\nlines</t></is></c></row>";

        assertThat(rows(unpacked(new WorkbookFile(rows).bytes())))
                .containsExactly(
                        List.of("say \"hi\", 5", "TRUE"),
                        List.of("cached", "42"),
                        List.of("# no comment", "#REF!"),
                        List.of("two\nlines"));
    }

    @Test
    void a_compressed_file_is_read_as_what_is_in_it() throws Exception {
        assertThat(Files.readString(unpacked(gzip(CSV)))).isEqualTo(CSV);
    }

    @Test
    void the_one_table_of_an_archive_is_read_whatever_else_lies_beside_it() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("__MACOSX/._deals.csv", "rubbish");
        files.put("export/read me.txt", "hello");
        files.put("export/deals.CSV", CSV);

        assertThat(Files.readString(unpacked(WorkbookFile.zip(files)))).isEqualTo(CSV);
    }

    @Test
    void a_workbook_in_an_archive_is_read_too() throws Exception {
        byte[] workbook = new WorkbookFile(HEADER + "<row r=\"2\"><c r=\"B2\"><v>5</v></c></row>").bytes();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("deals.xlsx"));
            zip.write(workbook);
        }

        assertThat(rows(unpacked(bytes.toByteArray()))).containsExactly(List.of("", "5"));
    }

    @Test
    void an_archive_of_several_tables_is_refused_with_their_names() {
        assertThatThrownBy(() -> unpacked(WorkbookFile.zip(Map.of("a/north.csv", CSV, "south.csv", CSV))))
                .isInstanceOf(UnreadableCsvException.class)
                .hasMessageContaining("north.csv")
                .hasMessageContaining("south.csv")
                .hasMessageNotContaining("a/north");
    }

    @Test
    void an_archive_without_a_table_is_refused() {
        assertThatThrownBy(() -> unpacked(WorkbookFile.zip(Map.of("photo.jpg", "x"))))
                .isInstanceOf(UnreadableCsvException.class);
    }

    @Test
    void a_damaged_archive_or_workbook_is_refused_in_plain_words() throws IOException {
        byte[] workbook = new WorkbookFile(HEADER).bytes();
        for (int cut = 10; cut < workbook.length; cut += 97) {
            byte[] part = java.util.Arrays.copyOf(workbook, cut);
            assertThatThrownBy(() -> unpacked(part))
                    .isInstanceOf(UnreadableCsvException.class)
                    .hasMessageEndingWith(".");
        }
        byte[] broken = new WorkbookFile(HEADER)
                .with("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"")
                .bytes();
        assertThatThrownBy(() -> unpacked(broken)).isInstanceOf(UnreadableCsvException.class);
    }

    @Test
    void a_file_that_grows_a_thousandfold_is_not_unpacked() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThatThrownBy(() -> {
                    try (OutputStream out = new GZIPOutputStream(bytes)) {
                        byte[] zeros = new byte[1 << 20];
                        for (int i = 0; i < 200; i++) {
                            out.write(zeros);
                        }
                    }
                    unpacked(bytes.toByteArray());
                })
                .isInstanceOfSatisfying(
                        UnreadableCsvException.class,
                        e -> assertThat(e.reason()).isEqualTo(UnreadableCsvException.Reason.TOO_LARGE));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "entities       | xl/worksheets/sheet1.xml | `<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet><sheetData>&b;</sheetData></worksheet>`",
                "entities in texts | xl/sharedStrings.xml  | `<!DOCTYPE sst SYSTEM \"file:///etc/passwd\"><sst/>`",
                "a column far out | xl/worksheets/sheet1.xml | `<worksheet><sheetData><row r=\"1\"><c r=\"ZZZZZZZ1\"><v>1</v></c></row></sheetData></worksheet>`",
            })
    void a_workbook_made_to_do_harm_is_refused_before_it_is_read(String about, String part, String content) {
        byte[] workbook = new WorkbookFile(HEADER).with(part, content).bytes();

        assertThatThrownBy(() -> assertTimeout(Duration.ofSeconds(5), () -> unpacked(workbook)))
                .as(about)
                .isInstanceOf(UnreadableCsvException.class);
    }

    @Test
    void what_is_not_packed_is_left_as_it_is() throws Exception {
        Path file = folder.resolve("plain.csv");
        Files.writeString(file, CSV);

        assertThat(Tables.unpack(file, folder.resolve("unpacked"))).isFalse();
        assertThat(folder.resolve("unpacked")).doesNotExist();
    }

    private Path unpacked(byte[] content) throws IOException {
        Path file = folder.resolve("packed");
        Path plain = folder.resolve("plain");
        Files.write(file, content);
        Files.deleteIfExists(plain);
        assertThat(Tables.unpack(file, plain)).isTrue();
        return plain;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** The rows below the header. */
    private static List<List<String>> rows(Path plain) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        CsvFile csv =
                CsvFile.open(plain, new CsvOptions(null, null, name -> name.equals("name") || name.equals("value")));
        assertThat(csv.header()).startsWith("name", "value");
        try (RowReader reader = csv.rows()) {
            reader.forEachRemaining(row -> rows.add(List.of(row.cells())));
        }
        return rows;
    }
}
