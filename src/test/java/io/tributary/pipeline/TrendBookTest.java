package io.tributary.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.Event;
import io.tributary.testing.Eventually;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a workspace goes, hour by hour. */
@WithHub
class TrendBookTest {
    @Test
    void what_comes_in_shows_in_its_hour_with_what_the_pipeline_then_came_to(Tenant tenant) {
        tenant.put("/settings", Map.of("health_profile", "atom-v1"));
        tenant.post(
                "/bulk",
                List.of(
                        Map.of("name", "One", "value", 1000, "probability", 50),
                        Map.of("name", "Two", "value", 90_000, "probability", 10),
                        Map.of("name", "Three", "value", "twelve")));

        Eventually.within(Duration.ofSeconds(20), () -> {
            var overview = tenant.get("/overview?hours=25");
            assertThat(overview.at("/today/accepted").asLong()).isEqualTo(2);
            assertThat(overview.at("/today/rejected").asLong()).isEqualTo(1);
            assertThat(overview.at("/hours/24/pipeline_value").asDouble()).isEqualTo(91_000);
            assertThat(overview.at("/hours/24/weighted_value").asDouble()).isEqualTo(9_500);
            assertThat(overview.at("/hours/24/value_at_risk").asDouble()).isEqualTo(90_000);
        });
        var overview = tenant.get("/overview");
        assertThat(overview.at("/value_at_risk/count").asLong()).isEqualTo(1);
        assertThat(overview.textAt("/attention/0/deal/name")).isEqualTo("Two");
        assertThat(overview.textAt("/attention/0/reason")).isNotEmpty();
    }

    @Test
    void events_told_twice_count_once(TestHub hub, Tenant tenant) {
        TrendBook book = new TrendBook(hub.tenantDatabase());
        Instant hour = Instant.parse("2026-01-01T10:00:00Z");
        List<Event> events = List.of(
                event(tenant, 101, "deal.created", hour.plusSeconds(5)),
                event(tenant, 102, "record.rejected", hour.plusSeconds(3599)),
                event(tenant, 103, "deal.updated", hour.plusSeconds(3600)));

        book.add(events, tenant.workspace());
        book.add(events, tenant.workspace());

        assertThat(hub.owner()
                        .sql(
                                "select accepted || ' ' || rejected from trend_hour where tenant_id = :tenant order by hour")
                        .param("tenant", tenant.id())
                        .query(String.class)
                        .list())
                .containsExactly("1 1", "1 0");
    }

    private static Event event(Tenant tenant, long sequence, String type, Instant at) {
        return new Event(tenant.workspace(), sequence, type, null, at, "{}");
    }
}
