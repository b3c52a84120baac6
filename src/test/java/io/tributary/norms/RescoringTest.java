package io.tributary.norms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.deal.Stage;
import io.tributary.health.Norms;
import io.tributary.testing.Eventually;
import io.tributary.testing.LiveClient;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.Upload;
import io.tributary.testing.WithHub;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a score rests on besides the fields, and how it follows the clock. */
@WithHub
class RescoringTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static String deal(Tenant tenant, String name) {
        return tenant.post(
                        "/api",
                        Map.of(
                                "name",
                                name,
                                "value",
                                60000,
                                "probability",
                                5,
                                "external_id",
                                name,
                                "expected_close_date",
                                "2099-01-31"))
                .textAt("/deal/id");
    }

    /** As if the deal had been taken and last scored that many days ago. */
    private static void age(TestHub hub, String deal, int days) {
        hub.owner()
                .sql("""
                        update deal set stage_entered_at = stage_entered_at - make_interval(days => :days),
                            scored_at = scored_at - make_interval(days => :days),
                            expected_close_date = current_date - :days,
                            rescore_on = current_date
                        where deal_id = :deal
                        """)
                .param("days", days)
                .param("deal", UUID.fromString(deal))
                .update();
    }

    private static LocalDate rescoreOn(TestHub hub, String deal) {
        return hub.owner()
                .sql("select rescore_on from deal where deal_id = :deal")
                .param("deal", UUID.fromString(deal))
                .query(LocalDate.class)
                .optional()
                .orElse(null);
    }

    /** What the route does once a minute. */
    private static void runRescoring(TestHub hub) {
        hub.camelContext().createProducerTemplate().sendBody("direct:rescore-due", "");
    }

    @Test
    void a_deal_that_time_makes_worse_is_scored_anew_and_its_crossing_told_once(TestHub hub, Tenant tenant) {
        String deal = deal(tenant, "Cold store");
        assertThat(tenant.get("/" + deal).textAt("/deal/risk_level")).isEqualTo("medium");
        String updated = tenant.get("/" + deal).textAt("/deal/updated_at");
        age(hub, deal, 60);
        try (LiveClient live = LiveClient.connect(tenant, "")) {
            runRescoring(hub);

            JsonNode scored = live.await(event -> event.get("type").asText().equals("deal.scored"));
            assertThat(scored.at("/data/risk_level").asText()).isEqualTo("high");
            assertThat(scored.at("/data/previous_risk_level").asText()).isEqualTo("medium");

            age(hub, deal, 0);
            runRescoring(hub);
            runRescoring(hub);
            assertThat(live.events().stream()
                            .filter(event -> event.get("type").asText().equals("deal.scored"))
                            .map(event -> event.at("/data/previous_risk_level").asText())
                            .filter("medium"::equals))
                    .hasSize(1);
        }
        Reply after = tenant.get("/" + deal);
        assertThat(after.textAt("/deal/risk_level")).isEqualTo("high");
        assertThat(after.textAt("/health/score")).isEqualTo(after.textAt("/deal/health_score"));
        assertThat(after.textAt("/deal/updated_at"))
                .as("nothing of what is known changed")
                .isEqualTo(updated);
        Eventually.within(
                SOON,
                () -> assertThat(tenant.get("/tasks?deal_id=" + deal).at("/items"))
                        .hasSize(1));
    }

    /** Runs in one hub; between two hubs there is as little as between these. */
    @Test
    void runs_of_rescoring_at_once_tell_of_each_crossing_once(TestHub hub, Tenant tenant) throws Exception {
        List<String> deals = IntStream.range(0, 40)
                .mapToObj(i -> deal(tenant, "Cold store " + i))
                .toList();
        deals.forEach(deal -> age(hub, deal, 60));
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService hubs = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                runs.add(hubs.submit(() -> {
                    start.await();
                    runRescoring(hub);
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> run : runs) {
                run.get(60, TimeUnit.SECONDS);
            }
        } finally {
            hubs.shutdownNow();
        }

        List<Long> told = hub.owner()
                .sql("""
                        select count(*) from event
                        where tenant_id = :tenant and type = 'deal.scored' and data ->> 'previous_risk_level' = 'medium'
                        group by subject
                        """)
                .param("tenant", tenant.id())
                .query(Long.class)
                .list();
        assertThat(told).hasSize(40).containsOnly(1L);
        assertThat(deals).allSatisfy(deal -> assertThat(rescoreOn(hub, deal)).isAfter(LocalDate.now(ZoneOffset.UTC)));
    }

    @Test
    void a_deal_is_looked_at_again_when_time_will_have_changed_its_score(TestHub hub, Tenant tenant) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String deal = deal(tenant, "Cold store");
        assertThat(rescoreOn(hub, deal)).isEqualTo(today.plusDays(1));
        age(hub, deal, 20);

        runRescoring(hub);

        assertThat(rescoreOn(hub, deal)).isAfter(today).isBefore(today.plusDays(10));
        tenant.patch("/" + deal, Map.of("stage", "closed_lost"));
        assertThat(rescoreOn(hub, deal)).as("a closed deal is scored no more").isNull();
    }

    @Test
    void another_profile_scores_every_deal_anew(TestHub hub, Tenant tenant) {
        String deal = deal(tenant, "Cold store");
        runRescoring(hub);
        tenant.put("/settings", Map.of("health_profile", "atom-v1"));

        runRescoring(hub);

        Reply after = tenant.get("/" + deal);
        assertThat(after.textAt("/health/profile")).isEqualTo("atom-v1");
        assertThat(after.at("/deal/health_score").asDouble()).isEqualTo(30.0);
        assertThat(after.at("/health/score").asDouble()).isEqualTo(30.0);
    }

    @Test
    void a_profile_of_ones_own_is_a_file(TestHub hub, Tenant tenant) throws IOException {
        Path file = Files.createDirectories(hub.data().resolve("routes")).resolve("strict.health.yaml");
        String builtIn = new String(
                getClass()
                        .getResourceAsStream("/routes/health/pipeline-v1.health.yaml")
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        try {
            Files.writeString(
                    file,
                    builtIn.replace("profile: pipeline-v1", "profile: strict-1").replace("base: 70", "base: 35"));
            Eventually.within(
                    SOON,
                    () -> assertThat(tenant.put("/settings", Map.of("health_profile", "strict-1"))
                                    .status())
                            .isEqualTo(200));

            Reply taken = tenant.post("/api", Map.of("name", "Cold store"));

            assertThat(taken.textAt("/health/profile")).isEqualTo("strict-1");
            assertThat(taken.at("/health/score").asDouble()).isEqualTo(41.0);

            Files.writeString(file, builtIn);
            Eventually.within(
                    SOON,
                    () -> assertThat(hub.admin().get("/api/admin/route-files").text())
                            .contains("a profile of the name pipeline-v1 comes with the hub"));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void engagements_make_a_trend_and_a_moved_close_date_is_counted(TestHub hub, Tenant tenant) {
        String deal = tenant.post("/api", Map.of("name", "Cold store", "expected_close_date", "2099-01-31"))
                .textAt("/deal/id");
        for (int i = 0; i < 3; i++) {
            tenant.post("/" + deal + "/activities", Map.of("type", "call", "text", "Spoke to Ada"));
        }
        tenant.patch("/" + deal, Map.of("expected_close_date", "2099-02-28"));
        tenant.patch("/" + deal, Map.of("expected_close_date", "2099-01-15"));
        tenant.patch("/" + deal, Map.of("expected_close_date", "2099-03-31"));

        Reply health = tenant.get("/" + deal);

        assertThat(health.at("/health/contributions").toString())
                .contains("3 engagements in the last 14 days, after 0 in the 14 days before.")
                .contains("The close date was moved to a later day 2 times.");
        assertThat(health.textAt("/health/score")).isEqualTo(health.textAt("/deal/health_score"));
    }

    @Test
    void a_new_deal_at_high_risk_is_followed_up_unless_a_file_brought_it(TestHub hub, Tenant tenant) {
        Map<String, Object> hopeless =
                Map.of("name", "Cold store", "value", 60000, "probability", 5, "expected_close_date", "2025-01-31");
        String deal = tenant.post("/api", hopeless).textAt("/deal/id");
        Upload.of("old.csv", "name,value,probability,close date\nOld one,60000,5,2025-01-31\n")
                .to(tenant, "/csv/upload");

        Eventually.within(
                SOON, () -> assertThat(tenant.get("/tasks").at("/items")).isNotEmpty());

        assertThat(tenant.get("/tasks").at("/items")).hasSize(1);
        assertThat(tenant.get("/tasks").textAt("/items/0/deal_id")).isEqualTo(deal);
        assertThat(tenant.get("?q=Old").textAt("/items/0/risk_level")).isEqualTo("high");
    }

    @Test
    void what_won_deals_took_is_what_the_others_are_measured_by(TestHub hub, Tenant tenant) {
        String rows = IntStream.range(0, 25)
                .mapToObj(i -> "Won " + i + ",W" + i + ",proposal," + (1000 + i) + "\n")
                .collect(Collectors.joining());
        Upload.of("won.csv", "name,external_id,stage,value\n" + rows).to(tenant, "/csv/upload");
        hub.owner()
                .sql("update deal set stage_entered_at = now() - interval '40 days' where tenant_id = :tenant")
                .param("tenant", tenant.workspace().tenant())
                .update();
        NormsStore norms = hub.camelContext().getRegistry().findSingleByType(NormsStore.class);
        norms.renew(tenant.workspace(), Instant.now());
        String won = rows.replace("proposal", "closed_won").lines().limit(12).collect(Collectors.joining("\n"));
        Reply taken = Upload.of("won.csv", "name,external_id,stage,value\n" + won + "\n")
                .to(tenant, "/csv/upload");
        assertThat(taken.at("/updated").asInt()).as(taken.text()).isEqualTo(12);
        Instant soon = Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(1, ChronoUnit.MINUTES);
        norms.renew(tenant.workspace(), soon);
        norms.forget();

        Norms before = norms.at(tenant.workspace(), soon.minusSeconds(1));
        Norms after = norms.at(tenant.workspace(), soon);

        assertThat(before.daysInStage()).isEmpty();
        assertThat(before.typicalValue()).isBetween(new BigDecimal("1010"), new BigDecimal("1013"));
        assertThat(after.daysInStage()).containsOnlyKeys(Stage.PROPOSAL);
        assertThat(after.daysInStage().get(Stage.PROPOSAL).toDays()).isEqualTo(40);
        assertThat(after.typicalValue()).as("of too few active deals").isNull();
    }
}
