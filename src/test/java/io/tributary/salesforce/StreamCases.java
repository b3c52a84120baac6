package io.tributary.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.testing.Books;
import io.tributary.testing.Eventually;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes as they are streamed: what an event says, what it leaves out, and streams that break. */
abstract class StreamCases<S extends ChangeServer> {
    static final Duration SOON = Duration.ofSeconds(20);

    final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    FakeOrg org;
    S stream;

    abstract S streamOf(FakeOrg org) throws Exception;

    @BeforeEach
    void start() throws Exception {
        org = new FakeOrg();
        stream = streamOf(org);
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

        Map<String, Object> changed = Map.of("Amount", 12_345_678.5, "CloseDate", "2027-02-28");
        org.put(1, now.plusSeconds(1), with(Map.of("Name", "Quay", "StageName", "Qualification"), changed));
        stream.tell(told("UPDATE", now.plusSeconds(1), changed, FakeOrg.id(1)));
        Eventually.within(SOON, () -> assertThat(value(tenant, "Quay")).isEqualTo("12345678.50"));
        Map<String, Object> emptied = new HashMap<>();
        emptied.put("Amount", null);
        org.put(1, now.plusSeconds(2), Map.of("Name", "Quay", "StageName", "Qualification", "CloseDate", "2027-02-28"));
        stream.tell(told("UPDATE", now.plusSeconds(2), emptied, FakeOrg.id(1)));

        Eventually.within(SOON, () -> assertThat(value(tenant, "Quay")).isEqualTo("null"));
        var deal = tenant.get("?q=Quay").at("/items/0");
        assertThat(deal.path("stage").asText()).isEqualTo("qualification");
        assertThat(deal.path("expected_close_date").asText()).isEqualTo("2027-02-28");
        Books.of(hub, tenant).areBalanced();
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

    void listen(TestHub hub, Tenant tenant) {
        Organisation.connect(hub, tenant, org, stream.parameters());
        Eventually.within(SOON, () -> assertThat(stream.listeners()).isOne());
    }

    private static Map<String, Object> with(Map<String, Object> fields, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(fields);
        all.putAll(more);
        return all;
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
}
