package io.tributary.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Books;
import io.tributary.testing.Eventually;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Streams of the Pub/Sub API: gRPC, and Avro whose bitmaps say what changed. */
@WithHub
class PubSubStreamTest extends StreamCases<PubSubServer> {

    @Override
    PubSubServer streamOf(FakeOrg org) throws IOException {
        return new PubSubServer();
    }

    @Test
    void each_call_names_the_organisation(TestHub hub, Tenant tenant) {
        listen(hub, tenant);
        assertThat(stream.tenants()).containsExactly(FakeOrg.ID);
    }

    @Test
    void one_hub_listens_and_another_follows_when_its_lease_ends(TestHub hub, Tenant tenant) {
        listen(hub, tenant);
        tenant.delete("/connections/org");
        Eventually.within(SOON, () -> assertThat(stream.listeners()).isZero());
        Instant leased = Instant.now().plusSeconds(4);
        hub.owner()
                .sql(
                        "update salesforce_stream set holder = gen_random_uuid(), leased_until = :until where tenant_id = :tenant")
                .param("until", Timestamp.from(leased))
                .param("tenant", tenant.id())
                .update();

        listen(hub, tenant);

        assertThat(Instant.now()).isAfterOrEqualTo(leased);
    }

    @Test
    void a_backfill_needs_no_polling(TestHub hub, Tenant tenant) {
        org.put(1, Instant.parse("2026-01-31T23:59:59Z"), Map.of("Name", "Too old"));
        org.put(2, Instant.parse("2026-02-01T00:00:00Z"), Map.of("Name", "Old"));
        String[] way = stream.parameters();
        Organisation.connect(hub, tenant, org, way[0], way[1], way[2], way[3], "backfill_from", "2026-02-01");

        Eventually.within(SOON, () -> assertThat(active(tenant)).isOne());
        assertThat(tenant.get("").at("/items/0/name").asText()).isEqualTo("Old");
    }

    @Test
    void stages_of_the_organisations_own_mean_what_it_says(TestHub hub, Tenant tenant) {
        org.stage("Technical validation", 60, false, false);
        org.stage("Handed to operations", 100, true, true);
        org.put(1, now, Map.of("Name", "Ferry", "StageName", "Technical validation"));
        listen(hub, tenant);
        stream.tell(told("CREATE", now, Map.of("Name", "Ferry"), FakeOrg.id(1)));
        Eventually.within(
                SOON,
                () -> assertThat(tenant.get("?q=Ferry").at("/items/0/stage").asText())
                        .isEqualTo("proposal"));

        stream.tell(told("UPDATE", now.plusSeconds(1), Map.of("StageName", "Handed to operations"), FakeOrg.id(1)));
        Eventually.within(
                SOON,
                () -> assertThat(tenant.get("?q=Ferry").at("/items/0/stage").asText())
                        .isEqualTo("closed_won"));
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

        org.purge(1);
        stream.tell(Told.of("GAP_DELETE", now.plusSeconds(1), FakeOrg.id(1)));
        Eventually.within(SOON, () -> assertThat(active(tenant)).isOne());
    }

    private static int active(Tenant tenant) {
        return tenant.get("/metrics").at("/total_active_deals").asInt();
    }
}
