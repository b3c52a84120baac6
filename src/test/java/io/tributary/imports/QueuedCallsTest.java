package io.tributary.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.testing.Books;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bulk calls whose senders do not want to wait. */
@WithHub
class QueuedCallsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] ASYNC = {"Prefer", "respond-async"};

    @Test
    void a_bulk_call_is_answered_at_once_and_taken_afterwards(TestHub hub, Tenant tenant) {
        List<Map<String, Object>> deals = IntStream.range(0, 2500)
                .mapToObj(i -> Map.<String, Object>of("name", "Deal " + i, "external_id", "q" + i, "value", 1000.5 + i))
                .collect(Collectors.toList());
        deals.add(Map.of("name", "Refused", "value", "twelve"));

        Reply accepted = tenant.post("/bulk", deals, ASYNC);

        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        assertThat(accepted.textAt("/status")).isEqualTo("accepted");
        assertThat(accepted.header("Preference-Applied")).contains("respond-async");
        assertThat(accepted.header("Location").orElseThrow()).endsWith("/imports/" + accepted.textAt("/import_id"));
        JsonNode ended = awaitEnd(tenant, accepted);
        assertThat(ended.at("/created").asInt()).isEqualTo(2500);
        assertThat(ended.at("/rejected").asInt()).isEqualTo(1);
        assertThat(tenant.get("?q=Deal%20777").at("/items/0/value").decimalValue())
                .isEqualByComparingTo("1777.5");
        assertThat(tenant.get("/rejected?import_id=" + accepted.textAt("/import_id"))
                        .at("/items"))
                .hasSize(1);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void so_is_one_with_a_record_a_line(TestHub hub, Tenant tenant) {
        String lines =
                "{\"name\":\"One\",\"external_id\":\"1\"}\n\nno json\n{\"name\":\"Two\",\"external_id\":\"2\"}\n";

        Reply accepted =
                tenant.send("POST", "/bulk", "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8), ASYNC);

        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        JsonNode ended = awaitEnd(tenant, accepted);
        assertThat(ended.at("/received").asInt()).isEqualTo(3);
        assertThat(ended.at("/created").asInt()).isEqualTo(2);
        assertThat(ended.at("/rejected").asInt()).isEqualTo(1);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void so_are_the_batches_of_the_crms(TestHub hub, Tenant tenant) {
        Reply hubSpot = tenant.post(
                "/hubspot/batch-sync",
                List.of(Map.of("id", "7", "properties", Map.of("dealname", "Orchard", "amount", "10"))),
                ASYNC);
        Reply salesforce = tenant.post(
                "/salesforce/batch-sync", List.of(Map.of("Id", "0065w00002AbCdEAAV", "Name", "Harbour")), ASYNC);

        for (Reply accepted : new Reply[] {hubSpot, salesforce}) {
            assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
            assertThat(awaitEnd(tenant, accepted).at("/created").asInt()).isOne();
        }
        assertThat(tenant.get("?q=Orchard").textAt("/items/0/source")).isEqualTo("hubspot");
        assertThat(tenant.get("?q=Harbour").textAt("/items/0/source")).isEqualTo("salesforce");
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_key_sent_again_is_answered_alike_and_takes_nothing_more(TestHub hub, Tenant tenant) {
        List<Map<String, String>> deals = List.of(Map.of("name", "Once"));
        String[] headers = {"Prefer", "respond-async", "Idempotency-Key", "k-1"};

        Reply first = tenant.post("/bulk", deals, headers);
        awaitEnd(tenant, first);
        Reply again = tenant.post("/bulk", deals, headers);

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(Books.of(hub, tenant).rows("import")).isEqualTo(1);
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(1);
    }

    @Test
    void what_holds_no_records_is_refused_at_once(TestHub hub, Tenant tenant) {
        Reply refused = tenant.post("/bulk", Map.of("deals", "none"), ASYNC);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.textAt("/details/0/field")).isEqualTo("deals");
        assertThat(Books.of(hub, tenant).rows("import")).isZero();
    }

    private static JsonNode awaitEnd(Tenant tenant, Reply accepted) {
        String path = "/imports/" + accepted.textAt("/import_id");
        Eventually.becomesTrue(
                PATIENCE, () -> !tenant.get(path).textAt("/state").equals("running"));
        JsonNode ended = tenant.get(path).json();
        assertThat(ended.at("/state").asText()).as(ended.toString()).isEqualTo("done");
        return ended;
    }
}
