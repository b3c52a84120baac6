package io.tributary.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tributary.tenant.Scope;
import io.tributary.testing.Books;
import io.tributary.testing.Crowd;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Target;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;

/** Deals that turn high-risk, by the rules of atom-v1: a large deal that becomes unlikely. */
@WithHub
class HighRiskTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SECRET = "whsec_dGhlLXNlY3JldC1vZi10aGUtaG9vaw==";

    private static String deal(Tenant tenant, String name) {
        tenant.put("/settings", Map.of("health_profile", "atom-v1"));
        Reply taken = tenant.post(
                "/api", Map.of("name", name, "external_id", "id" + name.hashCode(), "value", 20000, "probability", 50));
        assertThat(taken.textAt("/deal/risk_level")).isEqualTo("medium");
        return taken.textAt("/deal/id");
    }

    private static void probability(Tenant tenant, String deal, int probability, String risk) {
        assertThat(tenant.patch("/" + deal, Map.of("probability", probability)).textAt("/deal/risk_level"))
                .isEqualTo(risk);
    }

    private static void awaitFirings(Tenant tenant, int number) {
        Eventually.within(
                SOON,
                () -> assertThat(tenant.get("/automations/high-risk/firings").at("/items"))
                        .hasSize(number));
    }

    @Test
    void the_crossing_leaves_a_task_an_activity_a_webhook_and_a_mail_once(TestHub hub, Tenant tenant) throws Exception {
        GreenMail post = new GreenMail(new ServerSetup(TestHub.freePort(), "127.0.0.1", "smtp"));
        post.start();
        try (Target target = Target.answering(204)) {
            tenant.put(
                    "/connections/hook",
                    Map.of(
                            "kind",
                            "webhook",
                            "parameters",
                            Map.of("url", target.url(), "secret", SECRET, "events", "automation.fired")));
            assertThat(tenant.put(
                                    "/connections/post",
                                    Map.of(
                                            "kind",
                                            "smtp",
                                            "parameters",
                                            Map.of(
                                                    "host", "127.0.0.1",
                                                    "port", post.getSmtp().getPort(),
                                                    "tls", "none",
                                                    "from", "sales@orchard.example")))
                            .status())
                    .isEqualTo(200);
            String deal = deal(tenant, "Fleet renewal");
            probability(tenant, deal, 10, "high");
            awaitFirings(tenant, 1);
            // It gets worse and stays at high risk, which is no crossing; then it recovers and turns again, which is
            // one.
            hub.owner()
                    .sql("update deal set stage_entered_at = now() - interval '20 days' where deal_id = :deal")
                    .param("deal", UUID.fromString(deal))
                    .update();
            probability(tenant, deal, 11, "high");
            assertThat(tenant.get("/" + deal).at("/deal/health_score").asInt()).isEqualTo(15);
            tenant.patch("/" + deal, Map.of("stage", "proposal"));
            probability(tenant, deal, 50, "medium");
            probability(tenant, deal, 10, "high");
            awaitFirings(tenant, 2);

            Reply tasks = tenant.get("/tasks?state=open&deal_id=" + deal);
            assertThat(tasks.at("/items")).hasSize(2);
            assertThat(tasks.textAt("/items/0/title")).isEqualTo("Follow up on Fleet renewal");
            assertThat(tasks.textAt("/items/0/text"))
                    .isEqualTo("The deal is at high risk, its health fell from 40.0 to 30.0.");
            assertThat(tasks.textAt("/items/0/due_at")).isNotEmpty();
            assertThat(tenant.get("/" + deal + "/activities").at("/items"))
                    .filteredOn(activity -> activity.get("type").asText().equals("automation"))
                    .hasSize(2);
            Eventually.within(SOON, () -> assertThat(target.received()).hasSize(2));
            assertThat(target.received())
                    .extracting(received -> received.header("webhook-id"))
                    .doesNotHaveDuplicates();
            assertThat(target.received()).allSatisfy(received -> {
                assertThat(received.json().at("/type").asText()).isEqualTo("automation.fired");
                assertThat(received.json().at("/subject").asText()).isEqualTo(deal);
                assertThat(received.json().at("/data/automation").asText()).isEqualTo("high-risk");
                assertThat(received.json().at("/data/task_ids")).hasSize(1);
            });
            assertThat(post.waitForIncomingEmail(SOON.toMillis(), 2)).isTrue();
            assertThat(post.getReceivedMessages()).hasSize(2);
            MimeMessage mail = post.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("Fleet renewal turned high-risk");
            assertThat(mail.getAllRecipients()[0]).hasToString("sales@orchard.example");
        } finally {
            post.stop();
        }
    }

    @Test
    void many_who_see_one_crossing_at_the_same_moment_fire_once(Tenant tenant) {
        UUID deal = UUID.fromString(deal(tenant, "Fleet"));
        Occasion occasion =
                new Occasion(tenant.workspace(), deal, "overdue", "close date 2026-01-31", Instant.now(), Map.of());
        ProducerTemplate route = owner.camelContext().createProducerTemplate();

        Crowd.of(
                        16,
                        i -> route.request("direct:fire-automation", exchange -> {
                            exchange.setProperty("automation", "high-risk");
                            exchange.setProperty("effects", "high-risk-effects");
                            exchange.getMessage().setBody(occasion);
                        }))
                .forEach(exchange -> assertThat(exchange.getException()).isNull());

        assertThat(tenant.get("/automations/high-risk/firings").at("/items")).hasSize(1);
        assertThat(tenant.get("/tasks").at("/items")).hasSize(1);
        Books.of(owner, tenant).areBalanced();
    }

    @Test
    void a_name_is_text_whatever_is_in_it(Tenant tenant) {
        String name = "'Fleet', ${exchangeId} {{x}} \"new\"\nand more";
        probability(tenant, deal(tenant, name), 10, "high");
        awaitFirings(tenant, 1);

        assertThat(tenant.get("/tasks").textAt("/items/0/title")).isEqualTo("Follow up on " + name);
    }

    @Test
    void switched_off_it_passes_over_what_happens(Tenant tenant) {
        String before = deal(tenant, "While off");
        Reply off = tenant.patch("/automations/high-risk", Map.of("enabled", false));
        assertThat(off.status()).as(off.toString()).isEqualTo(200);
        assertThat(off.at("/automation/enabled").asBoolean()).isFalse();
        probability(tenant, before, 10, "high");
        long sequence = lastSequence(tenant);
        Eventually.becomesTrue(SOON, () -> position(tenant) >= sequence);
        tenant.patch("/automations/high-risk", Map.of("enabled", true));

        probability(tenant, deal(tenant, "While on"), 10, "high");

        awaitFirings(tenant, 1);
        assertThat(tenant.get("/tasks").textAt("/items/0/deal_name")).isEqualTo("While on");
        Reply list = tenant.get("/automations");
        assertThat(list.at("/items")).anySatisfy(item -> {
            assertThat(item.get("name").asText()).isEqualTo("high-risk");
            assertThat(item.get("fired").asInt()).isEqualTo(1);
            assertThat(item.get("last_fired_at").asText()).isNotEmpty();
        });
        assertThat(tenant.patch("/automations/none", Map.of("enabled", true)).status())
                .isEqualTo(404);
        assertThat(tenant.patch("/automations/high-risk", Map.of("enabled", "no"))
                        .status())
                .isEqualTo(422);
        assertThat(tenant.with(EnumSet.of(Scope.READ))
                        .patch("/automations/high-risk", Map.of("enabled", false))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_task_is_settled_and_opened_again_by_its_own_tenant_alone(TestHub hub, Tenant tenant, Tenant other) {
        probability(tenant, deal(tenant, "Fleet"), 10, "high");
        awaitFirings(tenant, 1);
        String task = "/tasks/" + tenant.get("/tasks").textAt("/items/0/id");

        assertThat(other.get("/tasks").at("/items")).isEmpty();
        assertThat(other.patch(task, Map.of("state", "done")).status()).isEqualTo(404);
        Reply done = tenant.patch(task, Map.of("state", "done"));
        assertThat(done.textAt("/task/state")).isEqualTo("done");
        assertThat(done.textAt("/task/done_by")).isNotEmpty();
        assertThat(tenant.get("/tasks?state=open").at("/items")).isEmpty();
        tenant.patch(task, Map.of("state", "done"));
        Reply open = tenant.patch(task, Map.of("state", "open"));
        assertThat(open.at("/task/done_at").isNull()).isTrue();
        assertThat(tenant.get("/activity").at("/items"))
                .filteredOn(activity -> activity.get("type").asText().equals("task"))
                .hasSize(2);
        assertThat(tenant.patch(task, Map.of("state", "half")).status()).isEqualTo(422);
    }

    private long lastSequence(Tenant tenant) {
        return number(tenant, "select event_sequence from workspace where tenant_id = :tenant");
    }

    private long position(Tenant tenant) {
        return number(
                tenant,
                "select coalesce(max(position), 0) from event_reader where tenant_id = :tenant and reader = 'high-risk'");
    }

    private long number(Tenant tenant, String query) {
        return owner.owner()
                .sql(query)
                .param("tenant", tenant.id())
                .query(Long.class)
                .single();
    }

    private final TestHub owner;

    HighRiskTest(TestHub hub) {
        this.owner = hub;
    }
}
