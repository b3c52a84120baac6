package io.tributary.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Caller;
import io.tributary.testing.LiveClient;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the hub's operator sees: figures in the form of Prometheus, and the health of each part. */
@WithHub
class MetricsTest {

    @Test
    void figures_are_there_for_whoever_can_reach_the_port(TestHub hub, Tenant tenant) {
        tenant.post("/api", Map.of("name", "Deal"));
        tenant.post("/api", Map.of("name", "Deal 2", "value", "one or two"));
        try (LiveClient client = LiveClient.connect(tenant, "?since=0")) {
            client.awaitSequence(1);

            Reply metrics = hub.stranger().get("/observe/metrics");

            assertThat(metrics.status()).isEqualTo(200);
            assertThat(metrics.header("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
            assertThat(metrics.text())
                    .contains("tributary_records_total{action=\"created\",source=\"api\"}")
                    .contains("tributary_records_total{action=\"rejected\",source=\"api\"}")
                    .contains("tributary_batch_time_seconds_bucket{source=\"api\"")
                    .contains("tributary_batch_size_count{source=\"api\"}")
                    .contains("tributary_records_waiting ")
                    .contains("tributary_events_behind ")
                    .contains("hikaricp_connections_pending{pool=\"database\"}")
                    .contains("routeId=\"api-receive\"")
                    .containsPattern("tributary_live_sockets [1-9]")
                    .doesNotContain(tenant.id() + ".");
        }
    }

    @Test
    void only_the_operator_is_told_the_details_of_health(TestHub hub, Tenant tenant) {
        Reply details = hub.admin().get("/health");

        assertThat(details.textAt("/status")).isEqualTo("UP");
        assertThat(details.textAt("/checks/database/status")).isEqualTo("UP");
        assertThat(details.at("/checks/funnel/waiting").isInt()).isTrue();
        assertThat(details.at("/checks/disk/free_bytes").asLong()).isPositive();
        assertThat(details.at("/checks/route_files/broken").isArray()).isTrue();
        for (Caller anyone : new Caller[] {hub.stranger(), tenant}) {
            assertThat(anyone.get("/health").text()).isEqualTo("{\"status\":\"UP\"}");
        }
    }
}
