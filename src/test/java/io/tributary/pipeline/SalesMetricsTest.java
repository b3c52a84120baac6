package io.tributary.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Books;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.Upload;
import io.tributary.testing.WithHub;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How a workspace sells. */
@WithHub
class SalesMetricsTest {
    private static String deal(Tenant tenant, String name, Object... fields) {
        Map<String, Object> deal = new LinkedHashMap<>();
        deal.put("name", name);
        for (int i = 0; i < fields.length; i += 2) {
            deal.put((String) fields[i], fields[i + 1]);
        }
        return tenant.post("/api", deal).textAt("/deal/id");
    }

    @Test
    void wins_and_losses_are_told_by_source_and_reason(TestHub hub, Tenant tenant) {
        deal(tenant, "Won", "value", 300, "stage", "closed_won");
        deal(tenant, "Lost", "value", 100, "stage", "closed_lost", "lost_reason", " Price ");
        String quiet = deal(tenant, "Quiet", "value", 50, "stage", "closed_lost");
        Upload.of("deals.csv", "name,value,stage,Loss Reason\nFile,200,closed_lost,Price\nOther,700,closed_won,\n")
                .to(tenant, "/csv/upload");

        Reply told = tenant.get("/metrics/win-loss");

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.at("/won").asInt()).isEqualTo(2);
        assertThat(told.at("/lost").asInt()).isEqualTo(3);
        assertThat(told.at("/win_rate").asDouble()).isEqualTo(40.0);
        assertThat(told.at("/won_value").asDouble()).isEqualTo(1000);
        assertThat(told.at("/sources").toString())
                .isEqualTo(
                        "[{\"source\":\"api\",\"won\":1,\"lost\":2,\"win_rate\":33.33,\"won_value\":3E+2,\"lost_value\":1.5E+2},"
                                + "{\"source\":\"csv\",\"won\":1,\"lost\":1,\"win_rate\":5E+1,\"won_value\":7E+2,\"lost_value\":2E+2}]");
        assertThat(told.at("/lost_reasons/0/reason").asText()).isEqualTo("Price");
        assertThat(told.at("/lost_reasons/0/count").asInt()).isEqualTo(2);
        assertThat(told.at("/lost_reasons/1/reason").isNull()).isTrue();
        assertThat(tenant.get("/metrics").at("/win_loss/won").asInt()).isEqualTo(2);

        tenant.patch("/" + quiet, Map.of("source_metadata", Map.of("lost_reason", "No budget")));
        assertThat(tenant.get("/metrics/win-loss").at("/lost_reasons").findValuesAsText("reason"))
                .containsExactly("Price", "No budget");
    }

    @Test
    void stages_tell_how_long_deals_stay_and_where_they_go(TestHub hub, Tenant tenant) {
        for (int i = 0; i < 4; i++) {
            String deal = deal(tenant, "Deal " + (char) ('A' + i), "stage", "proposal");
            hub.owner()
                    .sql(
                            "update deal set stage_entered_at = stage_entered_at - make_interval(days => :days) where deal_id = :deal")
                    .param("days", 10 * (i + 1))
                    .param("deal", UUID.fromString(deal))
                    .update();
            tenant.patch(
                    "/" + deal,
                    Map.of(
                            "stage",
                            List.of("negotiation", "closed_won", "closed_lost", "discovery")
                                    .get(i)));
        }

        Reply told = tenant.get("/metrics/velocity");

        assertThat(told.at("/stages/2").toString())
                .isEqualTo("{\"stage\":\"proposal\",\"left\":4,\"median_days\":20,\"conversion_rate\":5E+1,"
                        + "\"next\":{\"discovery\":1,\"negotiation\":1,\"closed_won\":1,\"closed_lost\":1}}");
        assertThat(told.at("/stages/0/median_days").isNull()).isTrue();
        assertThat(told.at("/velocity/won").asInt()).isEqualTo(1);
    }

    @Test
    void the_forecast_is_by_month_best_weighted_and_worst(TestHub hub, Tenant tenant) {
        deal(tenant, "Sure", "value", 1000, "probability", 80, "expected_close_date", "2099-03-31");
        deal(tenant, "Unsure", "value", 500, "probability", 20, "expected_close_date", "2099-03-01");
        deal(tenant, "Some day", "value", 10, "probability", 50);
        deal(tenant, "Won", "value", 300, "stage", "closed_won");

        Reply told = tenant.get("/metrics/forecast");

        assertThat(told.at("/months/0/month").asText())
                .isEqualTo(LocalDate.now(ZoneOffset.UTC).toString().substring(0, 7));
        assertThat(told.at("/months/0/won_value").asDouble()).isEqualTo(300);
        assertThat(told.at("/months/1/month").asText()).isEqualTo("2099-03");
        assertThat(told.at("/months/1/best_case").asDouble()).isEqualTo(1500);
        assertThat(told.at("/months/1/weighted").asDouble()).isEqualTo(900);
        assertThat(told.at("/months/1/worst_case").asDouble()).isEqualTo(1000);
        assertThat(told.at("/unscheduled/best_case").asDouble()).isEqualTo(10);
    }

    /** Whatever happens to deals, the tallies are those of a recount. */
    @Test
    void the_tallies_follow_every_change(TestHub hub, Tenant tenant) {
        long seed = Long.getLong("tributary.seed", System.nanoTime());
        Random random = new Random(seed);
        List<String> stages =
                List.of("discovery", "qualification", "proposal", "negotiation", "closed_won", "closed_lost");
        List<String> deals = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String stage = stages.get(random.nextInt(stages.size()));
            if (deals.size() < 10 || random.nextInt(4) == 0) {
                deals.add(deal(
                        tenant,
                        "Deal " + i + " of " + random.nextInt(1000),
                        "value",
                        random.nextInt(100_000) / 100.0,
                        "currency",
                        random.nextBoolean() ? "USD" : "CHF",
                        "stage",
                        stage,
                        "lost_reason",
                        "Reason " + random.nextInt(3),
                        "expected_close_date",
                        "20" + (26 + random.nextInt(3)) + "-0" + (1 + random.nextInt(9)) + "-15"));
            } else {
                Map<String, Object> change = new LinkedHashMap<>();
                change.put("stage", stage);
                if (random.nextBoolean()) {
                    change.put("value", random.nextInt(1000));
                }
                if (random.nextInt(3) == 0) {
                    change.put("expected_close_date", null);
                }
                if (random.nextInt(3) == 0) {
                    change.put("source_metadata", Map.of("lost_reason", "Reason " + random.nextInt(3)));
                }
                tenant.patch("/" + deals.get(random.nextInt(deals.size())), change);
            }
        }
        Reply upload = Upload.of("deals.csv", "name,value,stage\nOne,5,closed_lost\nTwo,7,proposal\n")
                .to(tenant, "/csv/upload");
        tenant.put("/settings", Map.of("exchange_rates", Map.of("CHF", "1.1")));
        Books.of(hub, tenant).areBalanced();
        tenant.post("/imports/" + upload.textAt("/import_id") + "/rollback", Map.of());
        System.out.println("seed " + seed);
        Books.of(hub, tenant).areBalanced();
    }
}
