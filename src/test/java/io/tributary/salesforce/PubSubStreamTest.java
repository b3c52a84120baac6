package io.tributary.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.testing.Books;
import io.tributary.testing.Eventually;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes streamed by the Pub/Sub API: what an event says, what it leaves out, and streams that break. */
@WithHub
class PubSubStreamTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private FakeOrg org;
    private PubSubServer stream;

    @BeforeEach
    void start() throws Exception {
        org = new FakeOrg();
        stream = new PubSubServer();
    }

    @AfterEach
    void stop() {
        org.close();
        stream.close();
    }

    @Test
    void an_event_changes_what_changed_and_nothing_else(TestHub hub, Tenant tenant) {
        listen(hub, tenant);
        org.put(1, now, Map.of("Name", "Quay", "Amount", 100, "StageName", "Qualification", "CloseDate", "2027-01-31"));
        stream.tell(told("CREATE", now, Map.of("Name", "Quay"), FakeOrg.id(1)));
        Eventually.within(SOON, () -> assertThat(value(tenant, "Quay")).isEqualTo("100.00"));

        stream.tell(told(
                "UPDATE",
                now.plusSeconds(1),
                Map.of("Amount", 12_345_678.5, "CloseDate", "2027-02-28"),
                FakeOrg.id(1)));
        Eventually.within(SOON, () -> assertThat(value(tenant, "Quay")).isEqualTo("12345678.50"));
        Map<String, Object> emptied = new HashMap<>();
        emptied.put("Amount", null);
        stream.tell(told("UPDATE", now.plusSeconds(2), emptied, FakeOrg.id(1)));

        Eventually.within(SOON, () -> assertThat(value(tenant, "Quay")).isEqualTo("null"));
        var deal = tenant.get("?q=Quay").at("/items/0");
        assertThat(deal.path("stage").asText()).isEqualTo("qualification");
        assertThat(deal.path("expected_close_date").asText()).isEqualTo("2027-02-28");
        assertThat(stream.tenants()).containsExactly(FakeOrg.ID);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void an_event_of_several_records_is_of_each(TestHub hub, Tenant tenant) {
        listen(hub, tenant);
        for (int i = 1; i <= 3; i++) {
            org.put(i, now, Map.of("Name", "Berth " + i, "Amount", i));
        }
        String[] ids = {FakeOrg.id(1), FakeOrg.id(2), FakeOrg.id(3)};
        stream.tell(Told.of("CREATE", now, ids));
        Eventually.within(SOON, () -> assertThat(active(tenant)).isEqualTo(3));

        stream.tell(told("UPDATE", now.plusSeconds(1), Map.of("Amount", 7), ids));
        Eventually.within(
                SOON,
                () -> assertThat(tenant.get("/metrics").at("/pipeline_value").toString())
                        .contains("21"));

        stream.tell(Told.of("DELETE", now.plusSeconds(2), ids));
        Eventually.within(SOON, () -> assertThat(active(tenant)).isZero());
        org.put(2, now.plusSeconds(3), Map.of("Name", "Berth 2", "Amount", 9));
        stream.tell(Told.of("UNDELETE", now.plusSeconds(3), FakeOrg.id(2)));
        Eventually.within(SOON, () -> assertThat(active(tenant)).isOne());
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(3);
    }

    @Test
    void what_salesforce_lost_sight_of_is_read(TestHub hub, Tenant tenant) {
        listen(hub, tenant);
        org.put(1, now, Map.of("Name", "Named", "Amount", 1));
        stream.tell(Told.of("GAP_CREATE", now, FakeOrg.id(1)));
        Eventually.within(SOON, () -> assertThat(value(tenant, "Named")).isEqualTo("1.00"));

        org.put(2, now, Map.of("Name", "Not named", "Amount", 2));
        stream.tell(Told.of("GAP_OVERFLOW", now, "006*"));
        Eventually.within(SOON, () -> assertThat(value(tenant, "Not named")).isEqualTo("2.00"));
    }

    @Test
    void a_stream_that_is_cut_goes_on_where_it_was(TestHub hub, Tenant tenant) {
        listen(hub, tenant);
        org.put(1, now, Map.of("Name", "Ferry", "Amount", 1));
        stream.tell(Told.of("CREATE", now, FakeOrg.id(1)));
        Eventually.within(SOON, () -> assertThat(value(tenant, "Ferry")).isEqualTo("1.00"));

        stream.cut();
        stream.tell(told("UPDATE", now.plusSeconds(1), Map.of("Amount", 2), FakeOrg.id(1)));
        Eventually.within(SOON, () -> assertThat(value(tenant, "Ferry")).isEqualTo("2.00"));

        tenant.delete("/connections/org");
        Eventually.within(SOON, () -> assertThat(stream.listeners()).isZero());
        stream.tell(told("UPDATE", now.plusSeconds(2), Map.of("Amount", 3), FakeOrg.id(1)));
        listen(hub, tenant);
        Eventually.within(SOON, () -> assertThat(value(tenant, "Ferry")).isEqualTo("3.00"));
    }

    @Test
    void what_was_missed_since_an_expired_replay_id_is_read(TestHub hub, Tenant tenant) {
        listen(hub, tenant);
        org.put(1, now, Map.of("Name", "Slip", "Amount", 1));
        stream.tell(Told.of("CREATE", now, FakeOrg.id(1)));
        Eventually.within(SOON, () -> assertThat(value(tenant, "Slip")).isEqualTo("1.00"));

        tenant.delete("/connections/org");
        Eventually.within(SOON, () -> assertThat(stream.listeners()).isZero());
        org.put(1, now.plusSeconds(1), Map.of("Name", "Slip", "Amount", 5));
        org.put(2, now.plusSeconds(1), Map.of("Name", "Missed", "Amount", 6));
        stream.forget();
        listen(hub, tenant);

        Eventually.within(SOON, () -> assertThat(value(tenant, "Slip")).isEqualTo("5.00"));
        Eventually.within(SOON, () -> assertThat(value(tenant, "Missed")).isEqualTo("6.00"));
        assertThat(stream.lost()).isPositive();
        stream.tell(told("UPDATE", now.plusSeconds(2), Map.of("Amount", 8), FakeOrg.id(1)));
        Eventually.within(SOON, () -> assertThat(value(tenant, "Slip")).isEqualTo("8.00"));
        Books.of(hub, tenant).areBalanced();
    }

    private void listen(TestHub hub, Tenant tenant) {
        Organisation.connect(hub, tenant, org, "stream", "pubsub", "pubsub_url", stream.url());
        Eventually.within(SOON, () -> assertThat(stream.listeners()).isOne());
    }

    static Told told(String type, Instant at, Map<String, Object> fields, String... ids) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("LastModifiedDate", at.toString());
        return new Told(type, Arrays.asList(ids), all, at);
    }

    static String value(Tenant tenant, String name) {
        JsonNode value = tenant.get("?q=" + name.replace(" ", "%20")).at("/items/0/value");
        return value.isNumber() ? value.decimalValue().setScale(2).toPlainString() : value.isNull() ? "null" : "none";
    }

    private static int active(Tenant tenant) {
        return tenant.get("/metrics").at("/total_active_deals").asInt();
    }
}
