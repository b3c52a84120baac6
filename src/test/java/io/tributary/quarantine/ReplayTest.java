package io.tributary.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.tenant.Scope;
import io.tributary.testing.Books;
import io.tributary.testing.Crowd;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that were refused and are tried again. */
@WithHub
class ReplayTest {

    @Test
    void a_mended_row_becomes_a_deal_of_its_import_and_the_books_balance(Tenant tenant, TestHub hub) {
        Reply imported = upload(tenant, "name,company,value,Region\nGood,Acme,1,N\nBroken,Initech,twelve,S\n");
        String id = imported.textAt("/errors/0/rejected_id");
        String importId = imported.textAt("/import_id");

        Reply reply = tenant.post("/rejected/" + id + "/replay", Map.of("value", 12000));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(reply.textAt("/action")).isEqualTo("created");
        assertThat(reply.at("/deal/value").asDouble()).isEqualTo(12000);
        assertThat(reply.textAt("/deal/company")).isEqualTo("Initech");
        assertThat(reply.textAt("/deal/source")).isEqualTo("csv");
        assertThat(reply.textAt("/deal/source_metadata/Region")).isEqualTo("S");
        Reply shown = tenant.get("/" + reply.textAt("/deal/id"));
        assertThat(shown.textAt("/lineage/value/import_id")).isEqualTo(importId);
        assertThat(shown.at("/lineage/value/row").asInt()).isEqualTo(2);
        assertThat(tenant.get("/rejected").at("/items").size()).isZero();
        assertBook(tenant, importId, 2, 2, 0, 0, 0);
        assertThat(tenant.get("/imports/" + importId).at("/errors").size()).isZero();
        assertThat(source(tenant, "csv")).isEqualTo("2 0");
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_record_that_is_still_wrong_is_kept_and_told_anew(Tenant tenant, TestHub hub) {
        String id = tenant.post("/api", Map.of("name", "Broken", "value", "twelve", "stage", "proposal"))
                .textAt("/rejected_id");

        Reply reply = tenant.post("/rejected/" + id + "/replay", Map.of("value", "still not"));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
        assertThat(reply.textAt("/details/0/field")).isEqualTo("value");
        assertThat(reply.textAt("/details/0/value")).isEqualTo("still not");
        assertThat(reply.textAt("/rejected_id")).isEqualTo(id);
        assertThat(tenant.get("/rejected").textAt("/items/0/raw/value")).isEqualTo("twelve");
        assertThat(tenant.get("/rejected").textAt("/items/0/errors/0/value")).isEqualTo("twelve");
        assertThat(tenant.get("").at("/items").size()).isZero();
        assertThat(source(tenant, "api")).isEqualTo("0 1");
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_record_is_replayed_once_however_many_try(Tenant tenant, TestHub hub) {
        String id =
                tenant.post("/api", Map.of("name", "Broken", "value", "twelve")).textAt("/rejected_id");

        List<Reply> replies = Crowd.of(8, 8, one -> tenant.post("/rejected/" + id + "/replay", Map.of("value", one)));

        assertThat(replies.stream().map(Reply::status).sorted().toList())
                .containsExactly(201, 404, 404, 404, 404, 404, 404, 404);
        assertThat(tenant.get("").at("/items").size()).isEqualTo(1);
        assertThat(source(tenant, "api")).isEqualTo("1 0");
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void the_same_key_replays_once_and_answers_twice(Tenant tenant) {
        String id =
                tenant.post("/api", Map.of("name", "Broken", "value", "twelve")).textAt("/rejected_id");

        Reply first = tenant.post("/rejected/" + id + "/replay", Map.of("value", 1), "Idempotency-Key", "k");
        Reply again = tenant.post("/rejected/" + id + "/replay", Map.of("value", 1), "Idempotency-Key", "k");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).contains("true");
    }

    @Test
    void a_dry_run_lists_the_same_possible_duplicates_as_the_run(Tenant tenant) {
        tenant.post(
                "/api",
                Map.of("name", "Fleet renewal", "company", "Orchard Logistics", "contact_email", "a@o.example"));
        String id = tenant.post(
                        "/api",
                        Map.of(
                                "name", "Renewal of the fleet",
                                "company", "Orchard Logistics",
                                "contact_email", "a@o.example",
                                "value", "twelve"))
                .textAt("/rejected_id");

        Reply tried = tenant.post("/rejected/" + id + "/replay?dry_run=true", Map.of("value", 5));
        Reply run = tenant.post("/rejected/" + id + "/replay", Map.of("value", 5));

        assertThat(run.at("/possible_duplicates")).hasSize(1);
        assertThat(tried.at("/possible_duplicates")).isEqualTo(run.at("/possible_duplicates"));
    }

    @Test
    void a_dry_run_tells_what_would_happen_and_changes_nothing(Tenant tenant, TestHub hub) {
        String id =
                tenant.post("/api", Map.of("name", "Broken", "value", "twelve")).textAt("/rejected_id");
        String audit = tenant.get("/audit").text();

        Reply fine = tenant.post("/rejected/" + id + "/replay?dry_run=true", Map.of("value", 5));
        Reply wrong = tenant.post("/rejected/" + id + "/replay?dry_run=true", Map.of("stage", "won"));
        Reply all = tenant.post("/rejected/replay?dry_run=true", Map.of("value", 5));

        assertThat(fine.status()).as(fine.toString()).isEqualTo(201);
        assertThat(fine.at("/deal/value").asDouble()).isEqualTo(5);
        assertThat(fine.at("/dry_run").asBoolean()).isTrue();
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(all.at("/created").asInt()).isEqualTo(1);
        assertThat(tenant.get("/rejected").at("/items").size()).isEqualTo(1);
        assertThat(tenant.get("").at("/items").size()).isZero();
        assertThat(tenant.get("/audit").text()).isEqualTo(audit);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void all_that_a_filter_lets_through_are_tried_with_the_same_correction(Tenant tenant, TestHub hub) {
        String first = upload(tenant, "name,company,value\nBad 1,Co 1,twelve\nBad 2,Co 2,x\nGood,Co,1\n")
                .textAt("/import_id");
        upload(tenant, "name,company,value\nBad 3,Co 3,y\n");
        tenant.post("/api", Map.of("name", "Bad 4", "value", "z"));

        Reply unmended = tenant.post("/rejected/replay?import_id=" + first, Map.of());
        Reply mended = tenant.post("/rejected/replay", Map.of("import_id", first, "value", 7));
        Reply rest = tenant.post("/rejected/replay", Map.of("value", 8));

        assertBatch(unmended, 2, 0, 2);
        assertThat(unmended.at("/errors").size()).isEqualTo(2);
        assertBatch(mended, 2, 2, 0);
        assertBatch(rest, 2, 2, 0);
        assertBook(tenant, first, 3, 3, 0, 0, 0);
        assertThat(tenant.get("/rejected").at("/items").size()).isZero();
        assertThat(tenant.get("").at("/items").size()).isEqualTo(5);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_row_that_two_imports_brought_is_settled_in_both(Tenant tenant, TestHub hub) {
        String file = "name,value\nTwice,twelve\n";
        Reply first = upload(tenant, file);
        Reply second = upload(tenant, file);
        assertThat(tenant.get("/rejected").at("/items").size()).isEqualTo(1);

        tenant.post("/rejected/" + first.textAt("/errors/0/rejected_id") + "/replay", Map.of("value", 1));

        assertBook(tenant, first.textAt("/import_id"), 1, 0, 0, 1, 0);
        assertBook(tenant, second.textAt("/import_id"), 1, 1, 0, 0, 0);
        Books.of(hub, tenant).areBalanced();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"A\",\"amount\":\"twelve\"} | {\"value\":5} | 5",
                "{\"name\":\"A\",\"amount\":\"twelve\"} | {\"amount\":\"6\"} | 6",
                "{\"name\":\"A\",\"value\":\"twelve\",\"amount\":\"3\"} | {\"value\":null} | ",
                "{\"value\":4} | {\"name\":\"B\"} | 4"
            })
    void corrections_lie_over_the_record_by_deal_field_or_by_its_own_names(
            String record, String corrections, @Nullable String value, Tenant tenant) {
        String id = tenant.send("POST", "/api", "application/json", record.getBytes(StandardCharsets.UTF_8))
                .textAt("/rejected_id");

        Reply reply = tenant.send(
                "POST",
                "/rejected/" + id + "/replay",
                "application/json",
                corrections.getBytes(StandardCharsets.UTF_8));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(
                        reply.at("/deal/value").isNull()
                                ? null
                                : reply.at("/deal/value").intValue() + "")
                .isEqualTo(value);
    }

    @Test
    void a_row_is_read_as_its_whole_file_was_read(Tenant tenant) {
        Reply imported = upload(
                tenant, "name;value;close date\nOne;1.234,5;31.12.2027\nTwo;99,50;05.06.2027\nBad;7.500;05.06.2027x\n");
        String id = imported.textAt("/errors/0/rejected_id");

        Reply reply = tenant.post("/rejected/" + id + "/replay", Map.of("expected_close_date", "2027-06-05"));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(reply.at("/deal/value").asDouble()).isEqualTo(7500);
    }

    @Test
    void what_can_be_understood_stands_beside_the_record(Tenant tenant) {
        String id = upload(tenant, "name,company,value,stage,Region\nBroken,Acme,twelve,Proposal,S\n")
                .textAt("/errors/0/rejected_id");

        Reply shown = tenant.get("/rejected/" + id);

        assertThat(shown.at("/rejected/raw").toString())
                .as(shown.toString())
                .isEqualTo("[\"Broken\",\"Acme\",\"twelve\",\"Proposal\",\"S\"]");
        assertThat(shown.at("/header/2").asText()).isEqualTo("value");
        assertThat(shown.textAt("/understood/name")).isEqualTo("Broken");
        assertThat(shown.textAt("/understood/stage")).isEqualTo("proposal");
        assertThat(shown.at("/understood/value").isNull()).isTrue();
        assertThat(shown.textAt("/errors/0/field")).isEqualTo("value");
        assertThat(shown.textAt("/understood/source_metadata/Region")).isEqualTo("S");
    }

    @Test
    void a_dismissed_record_is_gone_and_the_audit_log_knows_it(Tenant tenant, TestHub hub) {
        String id =
                tenant.post("/api", Map.of("name", "Broken", "value", "twelve")).textAt("/rejected_id");

        assertThat(tenant.with(Set.of(Scope.READ, Scope.INGEST))
                        .delete("/rejected/" + id)
                        .status())
                .isEqualTo(403);
        assertThat(hub.tenant().delete("/rejected/" + id).status()).isEqualTo(404);
        assertThat(tenant.delete("/rejected/" + id).status()).isEqualTo(204);

        assertThat(tenant.delete("/rejected/" + id).status()).isEqualTo(404);
        assertThat(tenant.get("/rejected/" + id).status()).isEqualTo(404);
        JsonNode audited = tenant.get("/audit").at("/items/0");
        assertThat(audited.get("action").asText()).isEqualTo("rejected.dismissed");
        assertThat(audited.at("/details/before/raw/name").asText()).isEqualTo("Broken");
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void replaying_needs_the_scope_review_and_the_right_tenant(Tenant tenant, TestHub hub) {
        String id =
                tenant.post("/api", Map.of("name", "Broken", "value", "twelve")).textAt("/rejected_id");

        assertThat(tenant.with(Set.of(Scope.READ, Scope.INGEST))
                        .post("/rejected/" + id + "/replay", Map.of("value", 1))
                        .status())
                .isEqualTo(403);
        assertThat(hub.tenant()
                        .post("/rejected/" + id + "/replay", Map.of("value", 1))
                        .status())
                .isEqualTo(404);
    }

    static Reply upload(Tenant tenant, String csv, String... fields) {
        StringBuilder body = new StringBuilder("--line\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\n" + csv + "\r\n");
        for (int i = 0; i < fields.length; i += 2) {
            body.append("--line\r\nContent-Disposition: form-data; name=\"" + fields[i] + "\"\r\n\r\n" + fields[i + 1]
                    + "\r\n");
        }
        body.append("--line--\r\n");
        return tenant.send(
                "POST",
                "/csv/upload",
                "multipart/form-data; boundary=line",
                body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void assertBatch(Reply reply, int received, int created, int rejected) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String count : List.of("received", "created", "rejected")) {
            counts.put(count, reply.at("/" + count).asInt());
        }
        assertThat(counts)
                .as(reply.toString())
                .isEqualTo(Map.of("received", received, "created", created, "rejected", rejected));
    }

    private static void assertBook(
            Tenant tenant, String importId, int received, int created, int updated, int unchanged, int rejected) {
        Reply book = tenant.get("/imports/" + importId);
        assertThat(List.of("received", "created", "updated", "unchanged", "rejected"))
                .extracting(count -> book.at("/" + count).asInt())
                .as(book.toString())
                .containsExactly(received, created, updated, unchanged, rejected);
    }

    private static String source(Tenant tenant, String source) {
        JsonNode counts = tenant.get("/metrics").at("/sources/" + source);
        return counts.get("accepted").asInt() + " " + counts.get("rejected").asInt();
    }
}
