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
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How the health score of a deal went, and what moved it. */
@WithHub
class ScoreBookTest {
    private static String deal(Tenant tenant) {
        return tenant.post("/api", Map.of("name", "Fleet", "value", 90_000, "probability", 80))
                .textAt("/deal/id");
    }

    @Test
    void each_score_comes_with_the_change_that_moved_it(Tenant tenant) {
        String deal = "/" + deal(tenant);
        double first = tenant.get(deal).at("/deal/health_score").asDouble();
        tenant.patch(deal, Map.of("probability", 10));
        double second = tenant.get(deal).at("/deal/health_score").asDouble();
        tenant.patch(deal, Map.of("description", "moves no score"));
        tenant.post(
                deal + "/activities",
                Map.of(
                        "type",
                        "call",
                        "text",
                        "They want it",
                        "at",
                        Instant.now().toString()));
        double third = tenant.get(deal).at("/deal/health_score").asDouble();

        Eventually.within(
                Duration.ofSeconds(10),
                () -> assertThat(tenant.get(deal + "/scores").at("/items")).hasSize(2));
        var scores = tenant.get(deal + "/scores");
        assertThat(scores.at("/items/1/previous_score").asDouble()).isEqualTo(first);
        assertThat(scores.at("/items/1/score").asDouble()).isEqualTo(second).isNotEqualTo(first);
        assertThat(scores.textAt("/items/1/cause")).isEqualTo("edit");
        assertThat(scores.textAt("/items/1/fields/0")).isEqualTo("probability");
        assertThat(scores.at("/items/0/previous_score").asDouble()).isEqualTo(second);
        assertThat(scores.at("/items/0/score").asDouble()).isEqualTo(third).isNotEqualTo(second);
        assertThat(scores.textAt("/items/0/cause")).isEqualTo("engagement");

        var page = tenant.get(deal + "/scores?limit=1");
        assertThat(tenant.get(deal + "/scores?limit=1&cursor=" + page.textAt("/next_cursor"))
                        .textAt("/items/0/cause"))
                .isEqualTo("edit");
    }

    @Test
    void a_score_told_twice_is_kept_once_and_one_of_a_deal_that_is_gone_not_at_all(TestHub hub, Tenant tenant) {
        ScoreBook book = new ScoreBook(hub.tenantDatabase());
        String deal = deal(tenant);
        List<Event> events = List.of(scored(tenant, UUID.fromString(deal)), scored(tenant, UUID.randomUUID()));

        book.add(events, tenant.workspace());
        book.add(events, tenant.workspace());

        var scores = tenant.get("/" + deal + "/scores");
        assertThat(scores.at("/items")).hasSize(1);
        assertThat(scores.textAt("/items/0/cause")).isEqualTo("time");
        assertThat(hub.owner()
                        .sql("select count(*) from score_change where tenant_id = :tenant")
                        .param("tenant", tenant.id())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    private static Event scored(Tenant tenant, UUID deal) {
        String data = """
                {"health_score": 40.0, "previous_score": 70.0, "risk_level": "medium", "previous_risk_level": "low"}
                """;
        return new Event(
                tenant.workspace(), 1_000_001, "deal.scored", deal, Instant.parse("2026-01-01T10:00:00Z"), data);
    }

    @Test
    void a_deal_that_comes_at_high_risk_has_no_score_before_and_holds_nothing_up(Tenant tenant) {
        tenant.put("/settings", Map.of("health_profile", "atom-v1"));
        String deal = "/"
                + tenant.post("/manual", Map.of("name", "Cold", "value", 90_000, "probability", 10))
                        .textAt("/deal/id");
        assertThat(tenant.get(deal).textAt("/deal/risk_level")).isEqualTo("high");
        tenant.patch(deal, Map.of("probability", 80));

        Eventually.within(
                Duration.ofSeconds(10),
                () -> assertThat(tenant.get(deal + "/scores").at("/items")).hasSize(1));
        assertThat(tenant.get(deal + "/scores").textAt("/items/0/risk_level")).isEqualTo("medium");
    }

    @Test
    void nobody_reads_the_scores_of_another_workspace(Tenant tenant, Tenant other) {
        assertThat(other.get("/" + deal(tenant) + "/scores").status()).isEqualTo(404);
    }
}
