package io.tributary.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.json.Json;
import io.tributary.tenant.TenantSettings;
import io.tributary.testing.Books;
import io.tributary.testing.Eventually;
import io.tributary.testing.Leaks;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.Upload;
import io.tributary.testing.WithHub;
import io.tributary.testing.WorkbookFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What an upload reads, what its preview and its dry run tell before, and what comes back to be mended. */
@WithHub
class CsvUploadTest {
    private static final String UPLOAD = "/csv/upload";
    private static final String PREVIEW = "/csv/preview";

    @Test
    void a_workbook_a_compressed_file_and_an_archive_are_taken_like_the_table_in_them(Tenant tenant)
            throws IOException {
        String rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Deal Name</t></is></c>"
                + "<c r=\"B1\" t=\"inlineStr\"><is><t>Amount</t></is></c><c r=\"C1\" t=\"inlineStr\"><is><t>Close Date</t></is></c></row>"
                + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Fleet</t></is></c><c r=\"B2\" s=\"3\"><v>1234.567</v></c><c r=\"C2\" s=\"1\"><v>46174</v></c></row>";
        Reply workbook = Upload.of("deals.xlsx", new WorkbookFile(rows).bytes()).to(tenant, UPLOAD);
        Reply compressed =
                Upload.of("deals.csv.gz", gzip("name,value\nParts,5\n")).to(tenant, UPLOAD);
        Reply archive = Upload.of("deals.zip", WorkbookFile.zip(Map.of("deals.csv", "name,value\nRoof,6\n")))
                .to(tenant, UPLOAD);

        assertThat(List.of(workbook, compressed, archive))
                .allSatisfy(reply -> assertThat(reply.at("/created").asInt())
                        .as(reply.toString())
                        .isEqualTo(1));
        JsonNode fleet = tenant.get("?q=Fleet").at("/items/0");
        assertThat(fleet.at("/value").decimalValue()).isEqualByComparingTo("1234.57");
        assertThat(fleet.at("/currency").asText()).isEqualTo("EUR");
        assertThat(fleet.at("/expected_close_date").asText()).isEqualTo("2026-06-01");
    }

    @Test
    void an_archive_of_two_tables_is_refused_with_their_names(Tenant tenant) {
        Reply reply = Upload.of("all.zip", WorkbookFile.zip(Map.of("north.csv", "name\nA\n", "south.csv", "name\nB\n")))
                .to(tenant, UPLOAD);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.textAt("/error")).contains("north.csv").contains("south.csv");
        Leaks.none(reply);
    }

    @Test
    void the_outcome_of_each_row_of_a_dry_run_is_what_the_run_comes_to(TestHub hub, Tenant tenant) {
        Upload.of("old.csv", "name,company,value\nOld,Co,1\nSame,Co S,5\n").to(tenant, UPLOAD);
        String file = "name,company,value\nNew,Co N,7\nOld,Co,2\nSame,Co S,5\nNew,Co N,8\nBad,Co B,twelve\n";

        Reply dry = Upload.of("deals.csv", file).with(Map.of("dry_run", "true")).to(tenant, UPLOAD + "?outcomes=true");
        long deals = Books.of(hub, tenant).deals();
        Reply run = Upload.of("deals.csv", file).to(tenant, UPLOAD);

        assertThat(dry.header("Content-Type")).contains("application/x-ndjson");
        List<JsonNode> lines = dry.text().lines().map(CsvUploadTest::json).toList();
        assertThat(lines)
                .extracting(line -> line.at("/action").asText())
                .containsExactly("created", "updated", "unchanged", "updated", "rejected", "");
        assertThat(lines.get(1).at("/deal_id").asText()).isNotEmpty();
        assertThat(lines.get(3).at("/deal_id").isNull()).isTrue();
        assertThat(lines.get(4).at("/errors/0/field").asText()).isEqualTo("value");
        assertThat(deals).isEqualTo(2);
        JsonNode summary = lines.get(5).at("/summary");
        for (String count : List.of("received", "created", "updated", "unchanged", "rejected")) {
            assertThat(summary.at("/" + count)).as(count).isEqualTo(run.at("/" + count));
        }
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_dry_run_keeps_nobody_waiting(TestHub hub, Tenant tenant) throws Exception {
        StringBuilder rows = new StringBuilder("external_id,name,company,value\n");
        for (int i = 0; i < 20_000; i++) {
            rows.append('D').append(i).append(",Deal ").append(i).append(",Company,5\n");
        }
        Thread dry = new Thread(() -> Upload.of("deals.csv", rows.toString())
                .with(Map.of("dry_run", "true"))
                .to(tenant, UPLOAD));
        dry.start();
        Eventually.becomesTrue(
                Duration.ofSeconds(30),
                () -> hub.owner()
                                .sql("select count(*) from pg_stat_activity where state like 'idle in transaction%' "
                                        + "or query ilike 'insert into deal%'")
                                .query(Long.class)
                                .single()
                        > 0);

        Reply meanwhile = tenant.post("/api", Map.of("name", "Meanwhile", "external_id", "m-1", "value", 1));
        boolean stillRunning = dry.isAlive();
        dry.join();

        assertThat(meanwhile.status()).isEqualTo(201);
        assertThat(stillRunning).isTrue();
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(1);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_preview_asks_once_a_column_on_a_cell_of_it(Tenant tenant) {
        Reply preview = Upload.of("deals.csv", "name;amount;close date\nA;1.234;03/04/2026\nB;2.500;05/06/2026\n")
                .to(tenant, PREVIEW);

        JsonNode questions = preview.at("/questions");
        assertThat(questions).hasSize(2);
        assertThat(questions.at("/0/option").asText()).isEqualTo("decimal");
        assertThat(questions.at("/0/value").asText()).isEqualTo("1.234");
        assertThat(questions.at("/0/readings/.").asText()).isEqualTo("1.23");
        assertThat(questions.at("/0/readings/,").asText()).isEqualTo("1234.00");
        assertThat(questions.at("/1/option").asText()).isEqualTo("date_order");
        assertThat(questions.at("/1/readings/dmy").asText()).isEqualTo("2026-04-03");
        assertThat(questions.at("/1/readings/mdy").asText()).isEqualTo("2026-03-04");
        assertThat(preview.textAt("/columns/1/decided_by")).isEqualTo("locale");

        Reply answered = Upload.of("deals.csv", "name;amount;close date\nA;1.234;03/04/2026\nB;2.500;05/06/2026\n")
                .with(Map.of("decimal", ",", "date_order", "dmy"))
                .to(tenant, PREVIEW);
        assertThat(answered.at("/questions")).isEmpty();
        assertThat(answered.textAt("/columns/1/decided_by")).isEqualTo("told");
    }

    @Test
    void a_preview_writes_nothing_and_counts_what_would_be_refused_by_cause(TestHub hub, Tenant tenant) {
        Reply preview = Upload.of(
                        "deals.csv", "name,value,stage\nA,1,verbal yes\nB,x,proposal\nC,y,verbal yes\n,5,proposal\n")
                .to(tenant, PREVIEW);

        assertThat(preview.at("/total_rows").asInt()).isEqualTo(4);
        assertThat(preview.at("/check/refused").asInt()).isEqualTo(3);
        assertThat(preview.at("/check/problems/0/field").asText()).isEqualTo("value");
        assertThat(preview.at("/check/problems/0/rows").asInt()).isEqualTo(2);
        assertThat(preview.at("/check/unknown_stages/0/text").asText()).isEqualTo("verbal yes");
        assertThat(Books.of(hub, tenant).rows("import")).isZero();
        assertThat(Books.of(hub, tenant).deals()).isZero();
    }

    @Test
    void a_file_without_a_header_shows_every_row_and_is_taken_by_the_numbers_of_its_columns(Tenant tenant) {
        Upload file = Upload.of("deals.csv", "Fleet,1200,2026-05-01\nParts,80,2026-06-01\n");
        Reply preview = file.to(tenant, PREVIEW);

        assertThat(preview.at("/header").isNull()).isTrue();
        assertThat(preview.at("/rows")).hasSize(2);
        assertThat(preview.at("/columns")).hasSize(3);
        assertThat(file.to(tenant, UPLOAD).status()).isEqualTo(422);
        Reply taken = Upload.of("deals.csv", "Fleet,1200,2026-05-01\nParts,80,2026-06-01\n")
                .with(Map.of("mapping", "{\"1\":\"name\",\"2\":\"value\"}"))
                .to(tenant, UPLOAD);
        assertThat(taken.at("/created").asInt()).as(taken.toString()).isEqualTo(2);
    }

    @Test
    void a_misspelt_header_is_taken_and_a_doubtful_one_is_only_offered(Tenant tenant) {
        Reply preview = Upload.of(
                        "deals.csv",
                        "Deal Nmae,Compnay,Total value of deal,Reachable at\nFleet,Orchard,1200,ann@orchard.example\n")
                .to(tenant, PREVIEW);

        assertThat(preview.textAt("/columns/0/field")).isEqualTo("name");
        assertThat(preview.at("/columns/0/confidence").asDouble()).isBetween(0.9, 0.99);
        assertThat(preview.textAt("/columns/1/field")).isEqualTo("company");
        assertThat(preview.at("/columns/2/field").isNull()).isTrue();
        assertThat(preview.textAt("/columns/2/suggestion/field")).isEqualTo("value");
        assertThat(preview.at("/columns/3/field").isNull()).isTrue();
        assertThat(preview.textAt("/columns/3/suggestion/field")).isEqualTo("contact_email");
        assertThat(preview.at("/columns/3/suggestion/applied").asBoolean()).isFalse();
    }

    @Test
    void a_mapping_is_remembered_for_the_same_headers_until_it_is_forgotten(Tenant tenant, Tenant stranger) {
        Map<String, String> told = Map.of(
                "mapping", "{\"Thing\":\"name\",\"Who\":\"company\",\"Step\":\"stage\"}",
                "values", "{\"Step\":{\"Verbal yes\":\"negotiation\"}}");
        Reply first = Upload.of("a.csv", "Thing,Who,Step\nFleet,Orchard,Verbal yes\n")
                .with(told)
                .to(tenant, UPLOAD);
        assertThat(first.at("/created").asInt()).as(first.toString()).isEqualTo(1);

        Upload next = Upload.of("b.csv", "who,THING,step\nQuarry,Parts,Verbal yes\n");
        Reply preview = next.to(tenant, PREVIEW);
        Reply second = next.to(tenant, UPLOAD);

        assertThat(preview.textAt("/columns/1/field")).isEqualTo("name");
        String id = preview.textAt("/remembered_mapping/id");
        assertThat(second.textAt("/remembered_mapping/id")).isEqualTo(id);
        assertThat(tenant.get("?q=Parts").textAt("/items/0/stage")).isEqualTo("negotiation");
        assertThat(stranger.get("/csv/mappings").at("/items")).isEmpty();
        assertThat(stranger.delete("/csv/mappings/" + id).status()).isEqualTo(404);
        assertThat(tenant.get("/csv/mappings").textAt("/items/0/id")).isEqualTo(id);
        assertThat(tenant.delete("/csv/mappings/" + id).status()).isEqualTo(204);
        assertThat(next.to(tenant, PREVIEW).at("/remembered_mapping").isNull()).isTrue();
    }

    @Test
    void refused_rows_of_the_drop_folder_are_taken_once_they_are_mended(TestHub hub) throws IOException {
        Tenant tenant = hub.tenant(TenantSettings.INITIAL);
        Path inbox = Files.createDirectories(hub.data().resolve("inbox").resolve(tenant.id()));
        Files.writeString(
                inbox.resolve("deals.csv"),
                "name,company,value,description\nFleet,Orchard,1200,good\n\"=cmd|' /C calc'!A0\",Quarry,twelve,\"- a, \"\"b\"\"\"\n"
                        + "Roof,Lot,x,'=quoted\n");
        Path rejected = inbox.resolve("done/deals.csv.rejected.csv");
        Eventually.becomesTrue(Duration.ofSeconds(60), () -> Files.exists(inbox.resolve("done/deals.csv")));

        String refused = Files.readString(rejected);
        assertThat(refused).contains("'=cmd").contains("error");
        String mended = refused.replace("twelve", "12").replace("Lot,x", "Lot,3");
        Reply again = Upload.of("mended.csv", mended).to(tenant, UPLOAD);

        assertThat(again.at("/created").asInt()).as(again.toString()).isEqualTo(2);
        assertThat(again.at("/rejected").asInt()).isZero();
        JsonNode formula = tenant.get("?q=Quarry").at("/items/0");
        assertThat(formula.at("/name").asText()).isEqualTo("=cmd|' /C calc'!A0");
        assertThat(formula.at("/description").asText()).isEqualTo("- a, \"b\"");
        assertThat(formula.at("/source_metadata").has("error")).isFalse();
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(3);
        Books.of(hub, tenant).areBalanced();
    }

    private static JsonNode json(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
