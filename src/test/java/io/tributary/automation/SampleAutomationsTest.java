package io.tributary.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tributary.testing.Eventually;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** The automations of samples/automations, each dropped into a hub that runs. */
@WithHub
class SampleAutomationsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestHub hub;
    private final Path folder;

    SampleAutomationsTest(TestHub hub) {
        this.hub = hub;
        this.folder = hub.data().resolve("routes").resolve("automations");
    }

    private void drop(String name, UnaryOperator<String> change) throws IOException {
        String text = Files.readString(Path.of("samples/automations", name + ".camel.yaml"));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".camel.yaml"), change.apply(text));
        Eventually.within(
                PATIENCE,
                () -> assertThat(hub.admin().get("/api/admin/route-files").at("/items"))
                        .anySatisfy(file -> {
                            assertThat(file.get("file").asText()).isEqualTo("automations/" + name + ".camel.yaml");
                            assertThat(file.get("state").asText())
                                    .as(file.toString())
                                    .isEqualTo("loaded");
                        }));
    }

    @AfterEach
    void takeOut() throws IOException {
        FileSystemUtils.deleteRecursively(folder);
        Eventually.becomesTrue(
                PATIENCE,
                () -> hub.admin().get("/api/admin/route-files").at("/items").isEmpty());
    }

    private static void awaitFirings(Tenant tenant, String automation, int number) {
        Eventually.within(
                PATIENCE,
                () -> assertThat(tenant.get("/automations/" + automation + "/firings")
                                .at("/items"))
                        .hasSize(number));
    }

    /** Waits until an automation has read everything that has happened so far. */
    private void awaitRead(Tenant tenant, String automation) {
        long last = number("select event_sequence from workspace where tenant_id = :tenant", tenant, automation);
        Eventually.becomesTrue(
                PATIENCE,
                () -> number(
                                "select coalesce(max(position), 0) from event_reader"
                                        + " where tenant_id = :tenant and reader = :automation",
                                tenant,
                                automation)
                        >= last);
    }

    private long number(String query, Tenant tenant, String automation) {
        return hub.owner()
                .sql(query)
                .param("tenant", tenant.id())
                .param("automation", automation)
                .query(Long.class)
                .single();
    }

    @Test
    void a_deal_is_won_once_each_time_it_enters_the_stage(Tenant tenant) throws IOException {
        String deal =
                "/" + tenant.post("/api", Map.of("name", "Fleet", "value", 900)).textAt("/deal/id");
        drop("deal-won", text -> text);

        tenant.patch(deal, Map.of("stage", "closed_won"));
        tenant.patch(deal, Map.of("value", 1000));
        awaitRead(tenant, "deal-won");
        awaitFirings(tenant, "deal-won", 1);
        tenant.patch(deal, Map.of("stage", "negotiation"));
        tenant.patch(deal, Map.of("stage", "closed_won"));

        awaitFirings(tenant, "deal-won", 2);
        assertThat(tenant.get("/tasks").textAt("/items/0/title")).isEqualTo("Hand over Fleet");
        assertThat(tenant.get("/tasks").at("/items")).hasSize(2);
    }

    @Test
    void a_big_new_deal_is_told_from_a_small_one(Tenant tenant) throws IOException {
        drop("big-new-deal", text -> text);

        tenant.post("/api", Map.of("name", "Small", "value", 49999));
        tenant.post("/api", Map.of("name", "Unvalued"));
        tenant.post("/api", Map.of("name", "Big", "value", 50000));

        awaitRead(tenant, "big-new-deal");
        awaitFirings(tenant, "big-new-deal", 1);
        assertThat(tenant.get("/tasks").textAt("/items/0/title")).isEqualTo("Qualify Big");
        assertThat(tenant.get("/tasks").textAt("/items/0/text")).isEqualTo("A new deal of 50000.00 USD.");
    }

    @Test
    void one_that_fails_leaves_nothing_and_goes_on_once_it_is_mended(Tenant tenant) throws IOException {
        drop("big-new-deal", text -> text.replace("name: title", "name: heading"));
        tenant.post("/api", Map.of("name", "Big", "value", 50000));
        Eventually.within(
                PATIENCE,
                () -> assertThat(tenant.get("/automations").at("/items")).anySatisfy(item -> {
                    assertThat(item.get("name").asText()).isEqualTo("big-new-deal");
                    assertThat(item.get("state").asText()).isEqualTo("failing");
                    assertThat(item.get("fired").asInt()).isZero();
                }));
        assertThat(tenant.get("/automations/big-new-deal/firings").at("/items")).isEmpty();

        drop("big-new-deal", text -> text);

        awaitFirings(tenant, "big-new-deal", 1);
        assertThat(tenant.get("/tasks").at("/items")).hasSize(1);
    }

    @Test
    void a_close_date_that_passes_is_told_once_for_each_date(Tenant tenant) throws IOException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String late = tenant.post("/api", Map.of("name", "Late", "expected_close_date", "2026-01-31"))
                .textAt("/deal/id");
        tenant.post("/api", Map.of("name", "Today", "expected_close_date", today.toString()));
        tenant.post("/api", Map.of("name", "Lost", "expected_close_date", "2026-01-31", "stage", "closed_lost"));
        drop(
                "close-date-passed",
                text -> text.replace("delay: 10000", "delay: 0").replace("period: 3600000", "period: 200"));

        awaitFirings(tenant, "close-date-passed", 1);
        assertThat(tenant.get("/tasks").textAt("/items/0/deal_name")).isEqualTo("Late");
        assertThat(tenant.get("/tasks").textAt("/items/0/text")).isEqualTo("It was to close on 2026-01-31.");
        tenant.patch("/" + late, Map.of("expected_close_date", "2026-02-28"));

        awaitFirings(tenant, "close-date-passed", 2);
        assertThat(tenant.get("/tasks").at("/items")).hasSize(2);
    }

    @Test
    void a_drip_goes_on_until_the_customer_answers(Tenant tenant) throws Exception {
        GreenMail post = new GreenMail(new ServerSetup(TestHub.freePort(), "127.0.0.1", "smtp"));
        post.start();
        try {
            tenant.put(
                    "/connections/post",
                    Map.of(
                            "kind",
                            "smtp",
                            "parameters",
                            Map.of(
                                    "host", "127.0.0.1",
                                    "port", post.getSmtp().getPort(),
                                    "tls", "none",
                                    "from", "sales@orchard.example")));
            drop("drip-follow-up", text -> text);
            String silent = inquiry(tenant, "silent@customer.example");
            String answering = inquiry(tenant, "answering@customer.example");
            tenant.post("/api", Map.of("name", "From the API", "contact_email", "api@customer.example"));
            awaitRead(tenant, "drip-follow-up");
            awaitFirings(tenant, "drip-follow-up", 2);
            assertThat(timers(tenant)).isEqualTo(2);

            tenant.post("/" + answering + "/activities", Map.of("type", "email", "text", "Yes, please call"));
            passDays(tenant);
            awaitFirings(tenant, "drip-follow-up", 3);
            Eventually.within(PATIENCE, () -> assertThat(timers(tenant)).isEqualTo(1));
            passDays(tenant);

            awaitFirings(tenant, "drip-follow-up", 4);
            Eventually.within(PATIENCE, () -> assertThat(timers(tenant)).isZero());
            assertThat(tenant.get("/tasks").at("/items")).hasSize(1);
            assertThat(tenant.get("/tasks").textAt("/items/0/deal_id")).isEqualTo(silent);
            assertThat(tenant.get("/tasks").textAt("/items/0/title")).isEqualTo("Call silent@customer.example");
            assertThat(post.waitForIncomingEmail(PATIENCE.toMillis(), 3)).isTrue();
            assertThat(post.getReceivedMessages())
                    .extracting(mail -> mail.getAllRecipients()[0].toString())
                    .containsExactlyInAnyOrder(
                            "silent@customer.example", "silent@customer.example", "answering@customer.example");
        } finally {
            post.stop();
        }
    }

    private static String inquiry(Tenant tenant, String from) {
        return tenant.post(
                        "/web-form", Map.of("first_name", "Ann", "last_name", "Bell", "email", from, "message", from))
                .textAt("/deal/id");
    }

    private long timers(Tenant tenant) {
        return number("select count(*) from automation_timer where tenant_id = :tenant", tenant, "");
    }

    private void passDays(Tenant tenant) {
        hub.owner()
                .sql("update automation_timer set due_at = now() where tenant_id = :tenant")
                .param("tenant", tenant.id())
                .update();
    }
}
