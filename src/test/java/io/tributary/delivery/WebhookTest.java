package io.tributary.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import io.tributary.testing.Caller;
import io.tributary.testing.Eventually;
import io.tributary.testing.HubProcess;
import io.tributary.testing.Reply;
import io.tributary.testing.Target;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@WithHub
class WebhookTest {
    private static final String SECRET = "whsec_dGhlLXNlY3JldC1vZi10aGUtaG9vaw==";
    private static final Duration SOON = Duration.ofSeconds(20);

    private static void connect(Caller tenant, String name, String url, String events) {
        Reply made = tenant.put(
                "/connections/" + name,
                Map.of("kind", "webhook", "parameters", Map.of("url", url, "secret", SECRET, "events", events)));
        assertThat(made.status()).isEqualTo(200);
    }

    private static String deal(Caller tenant, String name) {
        return tenant.post("/api", Map.of("name", name, "value", 5)).textAt("/deal/id");
    }

    @Test
    void an_event_is_posted_signed_and_only_when_it_is_wanted(Tenant tenant) {
        deal(tenant, "Before the connection");
        try (Target target = Target.answering(204);
                Target other = Target.answering(204)) {
            connect(tenant, "hook", target.url() + "/hook", "deal.created");
            connect(tenant, "other", other.url() + "/hook", "deal.merged");
            String id = deal(tenant, "Hooked");

            Eventually.within(SOON, () -> assertThat(target.received()).hasSize(1));
            Target.Received received = target.received().get(0);
            assertThat(received.json().path("type").asText()).isEqualTo("deal.created");
            assertThat(received.json().path("subject").asText()).isEqualTo(id);
            assertThat(received.json().path("specversion").asText()).isEqualTo("1.0");
            Webhook verifier = webhook();
            assertThatCode(() -> verifier.verify(
                            received.body(),
                            Map.of(
                                    "webhook-id", List.of(received.header("webhook-id")),
                                    "webhook-timestamp", List.of(received.header("webhook-timestamp")),
                                    "webhook-signature", List.of(received.header("webhook-signature")))))
                    .doesNotThrowAnyException();
            Eventually.within(
                    SOON,
                    () -> assertThat(tenant.get("/connections/hook")
                                    .at("/last_success")
                                    .isNull())
                            .isFalse());
            assertThat(other.received()).isEmpty();
        }
    }

    private static Webhook webhook() {
        try {
            return new Webhook(SECRET);
        } catch (com.standardwebhooks.exceptions.EmptyWebhookSecretException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_failed_is_sent_again_under_the_same_id(TestHub hub, Tenant tenant) {
        try (Target target = Target.answering(n -> n == 0 ? 500 : 200)) {
            connect(tenant, "hook", target.url(), "deal.created");
            deal(tenant, "Hooked");
            Eventually.within(
                    SOON,
                    () -> assertThat(tenant.get("/connections/hook").textAt("/last_error"))
                            .isEqualTo("the target answered 500"));
            assertThat(tenant.get("/connections/hook").textAt("/state")).isEqualTo("failing");

            Eventually.within(
                    Duration.ofSeconds(30), () -> assertThat(target.received()).hasSize(2));

            List<Target.Received> received = target.received();
            assertThat(received.get(1).header("webhook-id"))
                    .isEqualTo(received.get(0).header("webhook-id"));
            assertThat(received.get(1).body()).isEqualTo(received.get(0).body());
            Eventually.within(
                    SOON,
                    () -> assertThat(tenant.get("/connections/hook").textAt("/state"))
                            .isEqualTo("running"));
            assertThat(waiting(hub, tenant)).isZero();
        }
    }

    private static int waiting(TestHub hub, Tenant tenant) {
        return hub.owner()
                .sql("select count(*) from delivery where tenant_id = :tenant and dead_at is null")
                .param("tenant", tenant.id())
                .query(Integer.class)
                .single();
    }

    @Test
    void after_a_day_it_is_a_dead_letter_that_can_be_sent_again_or_thrown_away(TestHub hub, Tenant tenant) {
        try (Target target = Target.answering(503)) {
            connect(tenant, "hook", target.url(), "deal.created");
            deal(tenant, "First");
            deal(tenant, "Second");
            Eventually.within(SOON, () -> assertThat(target.received()).hasSize(2));
            hub.owner()
                    .sql("update delivery set give_up_at = now(), due_at = now() where tenant_id = :tenant")
                    .param("tenant", tenant.id())
                    .update();

            Eventually.within(
                    SOON,
                    () -> assertThat(
                                    tenant.get("/connections/hook/dead-letters").at("/items"))
                            .hasSize(2));
            Reply letters = tenant.get("/connections/hook/dead-letters?limit=1");
            assertThat(letters.textAt("/items/0/type")).isEqualTo("deal.created");
            assertThat(letters.textAt("/items/0/error")).isEqualTo("the target answered 503");
            assertThat(letters.textAt("/items/0/payload/type")).isEqualTo("deal.created");
            String cursor = letters.textAt("/next_cursor");
            Reply rest = tenant.get("/connections/hook/dead-letters?cursor=" + cursor);
            assertThat(rest.at("/items")).hasSize(1);
            assertThat(hub.tenant().get("/connections/hook/dead-letters").status())
                    .isEqualTo(404);

            target.answer(200);
            int before = target.received().size();
            String id = letters.textAt("/items/0/id");
            assertThat(tenant.post("/connections/hook/dead-letters/" + id + "/replay", Map.of())
                            .status())
                    .isEqualTo(200);
            Eventually.within(SOON, () -> assertThat(target.received()).hasSize(before + 1));
            assertThat(target.received().get(before).header("webhook-id")).isEqualTo("msg_" + id);
            assertThat(tenant.post("/connections/hook/dead-letters/replay", Map.of())
                            .at("/replayed")
                            .asInt())
                    .isEqualTo(1);
            Eventually.within(SOON, () -> assertThat(waiting(hub, tenant)).isZero());
            assertThat(tenant.delete("/connections/hook/dead-letters/" + id).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void a_dead_target_holds_up_no_other(Tenant tenant) {
        try (Target healthy = Target.answering(200);
                Target stuck = Target.answering(n -> {
                    java.util.concurrent.locks.LockSupport.parkNanos(
                            Duration.ofSeconds(20).toNanos());
                    return 500;
                })) {
            connect(tenant, "stuck", stuck.url(), "deal.created");
            connect(tenant, "healthy", healthy.url(), "deal.created");
            for (int i = 0; i < 30; i++) {
                deal(tenant, "Deal " + i);
            }

            Eventually.within(SOON, () -> assertThat(healthy.received()).hasSizeGreaterThanOrEqualTo(30));
            assertThat(ids(healthy)).hasSize(30);
        }
    }

    private static Set<String> ids(Target target) {
        Set<String> ids = new HashSet<>();
        target.received().forEach(received -> ids.add(received.header("webhook-id")));
        return ids;
    }

    /** Each event arrives, whichever hub sends it, and one that dies takes nothing with it. */
    @Test
    void two_hubs_share_the_work_and_a_hub_that_dies_loses_nothing(TestHub hub, Tenant tenant) throws Exception {
        try (Target target = Target.answering(200);
                HubProcess second = hub.secondProcess()) {
            connect(tenant, "hook", target.url(), "deal.created");
            Caller there = tenant.at(second.url());
            for (int i = 0; i < 60; i++) {
                deal(i % 2 == 0 ? tenant : there, "Deal " + i);
                if (i == 40) {
                    second.kill();
                    there = tenant;
                }
            }

            Eventually.within(
                    Duration.ofSeconds(90), () -> assertThat(ids(target)).hasSize(60));
            Eventually.within(SOON, () -> assertThat(waiting(hub, tenant)).isZero());
        }
    }

    @Test
    void a_test_posts_one_signed_event_and_keeps_nothing(TestHub hub, Tenant tenant) {
        try (Target target = Target.answering(n -> n == 0 ? 200 : 401)) {
            Map<String, Object> asked =
                    Map.of("kind", "webhook", "parameters", Map.of("url", target.url(), "secret", "dGhlLXNlY3JldA=="));

            Reply works = tenant.post("/connections/probe/test", asked);
            Reply fails = tenant.post("/connections/probe/test", asked);

            assertThat(works.status()).isEqualTo(200);
            assertThat(works.at("/ok").asBoolean()).isTrue();
            assertThat(fails.status()).isEqualTo(200);
            assertThat(fails.at("/ok").asBoolean()).isFalse();
            assertThat(fails.textAt("/reason")).isEqualTo("the target answered 401");
            assertThat(target.received().get(0).json().path("type").asText()).isEqualTo("connection.test");
            assertThat(tenant.get("/connections/probe").status()).isEqualTo(404);
            assertThat(waiting(hub, tenant)).isZero();
        }
    }
}
