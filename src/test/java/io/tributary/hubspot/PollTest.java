package io.tributary.hubspot;

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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no webhook told of is found by polling. */
@WithHub
class PollTest {
    private static final Duration SOON = Duration.ofSeconds(45);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private FakeHubSpot hubSpot;

    @BeforeEach
    void start() throws Exception {
        hubSpot = new FakeHubSpot();
    }

    @AfterEach
    void stop() {
        hubSpot.close();
    }

    @Test
    void a_backfill_reads_everything_from_its_day_on_even_where_many_changed_at_one_moment(TestHub hub, Tenant tenant) {
        hubSpot.put(1, Instant.parse("2026-01-31T23:59:59.999Z"), Map.of("dealname", "Too old"));
        Instant day = Instant.parse("2026-02-01T00:00:00Z");
        for (int i = 0; i < 120; i++) {
            hubSpot.put(1000 + i, day.plusSeconds(i), Map.of("dealname", "Before " + i));
        }
        for (int i = 0; i < 450; i++) {
            hubSpot.put(2000 + i, day.plusSeconds(500), Map.of("dealname", "At once " + i));
        }
        for (int i = 0; i < 210; i++) {
            hubSpot.put(3000 + i, day.plusSeconds(600 + i), Map.of("dealname", "After " + i));
        }

        Portal.connect(hub, tenant, hubSpot, "poll_seconds", "60", "backfill_from", "2026-02-01");

        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isEqualTo(780));
        Books.of(hub, tenant).areBalanced();
        assertThat(hubSpot.searches()).isLessThan(20);
        Eventually.within(
                SOON,
                () -> assertThat(tenant.get("/connections/portal")
                                .at("/backfill/percent")
                                .asInt())
                        .isEqualTo(100));
        assertThat(tenant.get("/connections/portal").at("/backfill/records").asInt())
                .isGreaterThanOrEqualTo(780);
    }

    @Test
    void a_change_that_the_index_shows_late_is_found_by_a_later_poll(TestHub hub, Tenant tenant) {
        Portal.connect(hub, tenant, hubSpot, "poll_seconds", "1");
        hubSpot.put(1, now, Map.of("dealname", "At once", "amount", "1"));
        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isOne());

        hubSpot.lagBehind(Duration.ofSeconds(3));
        hubSpot.put(2, now.plusMillis(1), Map.of("dealname", "Late"));
        hubSpot.lagBehind(Duration.ZERO);
        hubSpot.put(3, now.plusSeconds(20), Map.of("dealname", "Later, but shown before"));

        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isEqualTo(3));
    }

    @Test
    void what_is_emptied_in_hubspot_is_found_by_polling_too(TestHub hub, Tenant tenant) {
        Portal.connect(hub, tenant, hubSpot, "poll_seconds", "1");
        hubSpot.put(1, now, Map.of("dealname", "Emptied", "amount", "250"));
        Eventually.within(SOON, () -> assertThat(value(tenant)).isEqualTo("250"));

        hubSpot.put(1, now.plusSeconds(5), Map.of("dealname", "Emptied", "amount", ""));

        Eventually.within(SOON, () -> assertThat(value(tenant)).isEqualTo("null"));
    }

    private static String value(Tenant tenant) {
        JsonNode value = tenant.get("").at("/items/0/value");
        return value.isNumber() ? value.decimalValue().stripTrailingZeros().toPlainString() : value.toString();
    }

    @Test
    void a_deletion_that_no_webhook_told_of_is_found_in_the_list_of_deleted_deals(TestHub hub, Tenant tenant) {
        Portal.connect(hub, tenant, hubSpot, "poll_seconds", "1");
        hubSpot.put(1, Instant.now(), Map.of("dealname", "Goes", "amount", "1"));
        Eventually.within(SOON, () -> assertThat(active(tenant)).isOne());

        hubSpot.archive(1, Instant.now());

        Eventually.within(SOON, () -> assertThat(active(tenant)).isZero());
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void polling_goes_on_where_it_stopped(TestHub hub, Tenant tenant) {
        Portal.connect(hub, tenant, hubSpot, "poll_seconds", "1");
        hubSpot.put(1, Instant.now(), Map.of("dealname", "One"));
        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isOne());
        tenant.delete("/connections/portal");

        hubSpot.put(2, Instant.now(), Map.of("dealname", "Two, while nobody looked"));
        hubSpot.failNext(503);
        Portal.connect(hub, tenant, hubSpot, "poll_seconds", "1");

        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isEqualTo(2));
    }

    private static int active(Tenant tenant) {
        return tenant.get("/metrics").at("/total_active_deals").asInt();
    }
}
