package io.tributary.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.testing.Books;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Engagements that people log with a deal. */
@WithHub
class EngagementTest {

    @Test
    void an_engagement_is_noted_and_lifts_the_health(Tenant tenant, TestHub hub) {
        Reply taken = tenant.post("/api", Map.of("name", "Silent"));
        String id = taken.textAt("/deal/id");

        Reply logged = tenant.post(
                "/" + id + "/activities",
                Map.of("type", "call", "text", "They want a quote.", "at", "2026-01-31T09:00:00Z"));
        Reply later = tenant.post("/" + id + "/activities", Map.of("type", "meeting"));

        assertThat(logged.status()).as(logged.toString()).isEqualTo(201);
        assertThat(logged.textAt("/deal/last_engagement_at")).startsWith("2026-01-31T09:00:00");
        assertThat(later.at("/deal/health_score").asDouble())
                .isGreaterThan(taken.at("/deal/health_score").asDouble());
        JsonNode activities = tenant.get("/" + id + "/activities").at("/items");
        assertThat(activities.get(1).toString())
                .isEqualTo(logged.at("/activity").toString());
        assertThat(activities.get(1).get("text").asText()).isEqualTo("They want a quote.");
        assertThat(tenant.get("/" + id).textAt("/deal/updated_at")).isEqualTo(taken.textAt("/deal/updated_at"));
        assertThat(hub.owner()
                        .sql("select count(*) from event where tenant_id = ? and type = 'deal.scored'")
                        .param(tenant.id())
                        .query(Long.class)
                        .single())
                .isPositive();
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void an_earlier_engagement_told_late_does_not_turn_the_clock_back(Tenant tenant) {
        String id = tenant.post("/api", Map.of("name", "Late")).textAt("/deal/id");
        String now = Instant.now()
                .minus(Duration.ofHours(1))
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
        tenant.post("/" + id + "/activities", Map.of("type", "call", "at", now));

        Reply late = tenant.post("/" + id + "/activities", Map.of("type", "note", "at", "2026-01-31T09:00:00Z"));

        assertThat(late.status()).isEqualTo(201);
        assertThat(Instant.parse(tenant.get("/" + id).textAt("/deal/last_engagement_at")))
                .isEqualTo(Instant.parse(now));
        assertThat(tenant.get("/" + id + "/activities").at("/items").size()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "type,lunch",
        "type,",
        "at,yesterday",
        "at,2100-01-01T00:00:00Z",
        "at,0001-01-01T00:00:00Z",
        "text,a\u0000b",
        "mood,good"
    })
    void a_wrong_engagement_is_refused_by_its_field(String field, @Nullable String value, Tenant tenant) {
        String id = tenant.post("/api", Map.of("name", "Wrong")).textAt("/deal/id");
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("type", "call");
        body.put(field, value);

        Reply reply = tenant.post("/" + id + "/activities", body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
        assertThat(reply.textAt("/details/0/field")).isEqualTo(field);
        assertThat(tenant.get("/" + id).at("/deal/last_engagement_at").isNull()).isTrue();
    }

    @Test
    void the_clock_of_the_caller_may_be_half_a_minute_ahead_but_not_two_minutes(Tenant tenant) {
        String id = tenant.post("/api", Map.of("name", "Clock")).textAt("/deal/id");

        assertThat(log(tenant, id, Duration.ofSeconds(30)).status()).isEqualTo(201);
        assertThat(log(tenant, id, Duration.ofMinutes(2)).status()).isEqualTo(422);
    }

    private static Reply log(Tenant tenant, String id, Duration ahead) {
        String at = Instant.now().plus(ahead).toString();
        return tenant.post("/" + id + "/activities", Map.of("type", "email", "at", at));
    }
}
