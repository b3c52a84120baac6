package io.tributary.insight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.testing.LiveClient;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.Upload;
import io.tributary.testing.WithHub;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Insights on deals without a chat model. */
@WithHub
class InsightsTest {
    private static String deal(Tenant tenant, String name) {
        return tenant.post("/api", Map.of("name", name, "company", "Orchard", "value", 50000, "stage", "proposal"))
                .textAt("/deal/id");
    }

    @Test
    void every_deal_has_three_at_once(TestHub hub, Tenant tenant) {
        String deal = deal(tenant, "Fleet renewal");

        Reply insights = tenant.get("/insights/" + deal);

        assertThat(insights.status()).isEqualTo(200);
        assertThat(insights.at("/items")).hasSize(3);
        assertThat(insights.at("/items").findValuesAsText("kind")).contains("action", "market");
        assertThat(insights.at("/items")).allSatisfy(insight -> {
            assertThat(insight.get("engine").asText()).isEqualTo("rules");
            assertThat(insight.get("model").isNull()).isTrue();
            assertThat(insight.get("evidence")).isNotEmpty();
        });
        JsonNode shown = tenant.get("/" + deal).at("/insights");
        assertThat(shown.get("status").asText()).isEqualTo("ready");
        assertThat(shown.get("items")).isEqualTo(insights.at("/items"));
    }

    @Test
    void they_follow_the_deal(TestHub hub, Tenant tenant) {
        String deal = deal(tenant, "Fleet renewal");

        tenant.patch("/" + deal, Map.of("stage", "closed_won"));

        assertThat(tenant.get("/insights/" + deal).textAt("/items/0/title")).isEqualTo("The deal is won");
    }

    @Test
    void the_live_feed_brings_them_for_one_deal_and_stays_silent_on_a_file(TestHub hub, Tenant tenant) {
        try (LiveClient live = LiveClient.connect(tenant, "")) {
            Upload.of("deals.csv", "name,company,value\nFrom a file,Quarry,10\n")
                    .to(tenant, "/csv/upload");
            String deal = deal(tenant, "Fleet renewal");

            JsonNode ready = live.await(event -> event.get("type").asText().equals("insights.ready"));

            assertThat(ready.get("subject").asText()).isEqualTo(deal);
            assertThat(ready.at("/data/items")).hasSize(3);
        }
        String imported = tenant.get("?q=file").textAt("/items/0/id");
        assertThat(tenant.get("/insights/" + imported).at("/items")).hasSize(3);
    }

    @Test
    void a_fresh_analysis_is_asked_for_and_told_of(TestHub hub, Tenant tenant) {
        Upload.of("deals.csv", "name,company,value\nFrom a file,Quarry,10\n").to(tenant, "/csv/upload");
        String deal = tenant.get("?q=file").textAt("/items/0/id");
        try (LiveClient live = LiveClient.connect(tenant, "")) {
            Reply asked = tenant.post("/insights/" + deal, Map.of());

            assertThat(asked.status()).isEqualTo(202);
            assertThat(live.await(event -> event.get("type").asText().equals("insights.ready"))
                            .get("subject")
                            .asText())
                    .isEqualTo(deal);
        }
    }

    @Test
    void another_tenants_deal_is_none(TestHub hub, Tenant tenant, Tenant stranger) {
        String deal = deal(tenant, "Fleet renewal");

        assertThat(stranger.get("/insights/" + deal).status()).isEqualTo(404);
        assertThat(stranger.post("/insights/" + deal, Map.of()).status()).isEqualTo(404);
        assertThat(tenant.get("/insights/nonsense").status()).isEqualTo(404);
    }
}
