package io.tributary.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.WithHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The quarantine as a table to mend and upload again, as a list, and by its causes. */
@WithHub
class RejectedTableTest {

    @Test
    void the_rows_of_one_file_keep_their_columns_and_say_why(Tenant tenant) {
        Reply imported = ReplayTest.upload(
                tenant, "name,company,value,Region\nGood,Co,1,N\nBad 1,\"Co, 1\",twelve,S\n=Bad 2,Co 2,x,W\n");

        Reply table = tenant.get("/rejected?import_id=" + imported.textAt("/import_id"), "Accept", "text/csv");

        assertThat(table.status()).isEqualTo(200);
        assertThat(table.header("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(table.text().lines())
                .satisfiesExactly(
                        header -> assertThat(header).isEqualTo("name,company,value,Region,error"),
                        first -> assertThat(first)
                                .startsWith("Bad 1,\"Co, 1\",twelve,S,")
                                .contains("value"),
                        second -> assertThat(second).startsWith("'=Bad 2,Co 2,x,W,"));
    }

    @Test
    void a_table_that_was_mended_and_uploaded_again_balances(Tenant tenant) {
        Reply first = ReplayTest.upload(tenant, "name,company,value\nBad 1,Co 1,twelve\n=Bad 2,Co 2,x\n");
        String path = "/rejected?import_id=" + first.textAt("/import_id");
        String mended = tenant.get(path, "Accept", "text/csv")
                .text()
                .replace(",twelve,", ",12,")
                .replace(",x,", ",13,");

        Reply second = ReplayTest.upload(tenant, mended);
        String again = tenant.get(path, "Accept", "text/csv").text();

        assertThat(second.at("/created").asInt()).as(second.toString()).isEqualTo(2);
        assertThat(tenant.get("?q=bad").at("/items").findValuesAsText("name"))
                .containsExactlyInAnyOrder("Bad 1", "=Bad 2");
        assertThat(again.lines().count()).isEqualTo(3);
    }

    @Test
    void records_of_every_source_share_one_table(Tenant tenant) {
        ReplayTest.upload(tenant, "name,value\nFrom file,twelve\n");
        tenant.post(
                "/api",
                Map.of("name", "From api", "value", "x", "metadata", Map.of("colour", "red"), "parts", List.of(1, 2)));
        tenant.post("/bulk", List.of("no record"));

        List<String> lines =
                tenant.get("/rejected", "Accept", "text/csv").text().lines().toList();

        List<String> header = List.of(lines.get(0).split(","));
        assertThat(header.get(header.size() - 1)).isEqualTo("error");
        assertThat(header).contains("name", "value", "colour", "parts", "record");
        assertThat(cell(lines.get(1), header, "name")).isEqualTo("From file");
        assertThat(lines.get(2)).contains("From api").contains("red").contains("\"[1,2]\"");
        assertThat(lines.get(3)).contains("no record");
    }

    @Test
    void more_records_than_a_page_are_all_in_the_table(Tenant tenant) {
        StringBuilder file = new StringBuilder("name,value\n");
        for (int row = 0; row < 1200; row++) {
            file.append("Row ").append(row).append(",bad\n");
        }
        ReplayTest.upload(tenant, file.toString());

        assertThat(tenant.get("/rejected", "Accept", "text/csv").text().lines().count())
                .isEqualTo(1201);
        assertThat(tenant.post("/rejected/replay", Map.of("value", 1))
                        .at("/created")
                        .asInt())
                .isEqualTo(1200);
    }

    @Test
    void without_any_record_there_is_a_header_alone(Tenant tenant) {
        assertThat(tenant.get("/rejected", "Accept", "text/csv").text()).isEqualTo("error\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "field=value,2",
        "field=name,1",
        "source=api,1",
        "source=csv,1",
        "since=2100-01-01T00:00:00Z,0",
        "since=2020-01-01T00:00:00Z,2",
        "error=is%20required,1",
        "field=value&error=is%20required,0"
    })
    void a_filter_lets_through_what_it_says(String filter, int expected, Tenant tenant) {
        tenant.post("/api", Map.of("value", "twelve"));
        ReplayTest.upload(tenant, "name,value\nBad,y\n");

        assertThat(tenant.get("/rejected?" + filter).at("/items").size()).isEqualTo(expected);
        assertThat(tenant.get("/rejected?" + filter, "Accept", "text/csv")
                        .text()
                        .lines()
                        .count())
                .isEqualTo(expected + 1);
    }

    @Test
    void causes_are_counted_the_most_frequent_first(Tenant tenant) {
        for (int number = 0; number < 3; number++) {
            tenant.post("/api", Map.of("name", "Bad " + number, "value", "-" + (number + 1)));
        }
        tenant.post("/api", Map.of("value", 1));

        Reply causes = tenant.get("/rejected/causes");

        List<String> told = new ArrayList<>();
        causes.at("/items")
                .forEach(cause -> told.add(
                        cause.get("field").asText() + " " + cause.get("count").asInt()));
        assertThat(told).as(causes.toString()).containsExactly("value 3", "name 1");
        assertThat(causes.textAt("/items/1/error")).isEqualTo("is required");
    }

    private static String cell(String line, List<String> header, String column) {
        return line.split(",", -1)[header.indexOf(column)];
    }
}
