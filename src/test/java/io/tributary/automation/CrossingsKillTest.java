package io.tributary.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Eventually;
import io.tributary.testing.MortalHub;
import io.tributary.testing.Reply;
import io.tributary.testing.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deals turn high-risk by the hundred while the hub, with or without its database, is killed. The long form:
 * {@code -Dtributary.crossings=10000 -Dtributary.crossings.kills=6}.
 */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class CrossingsKillTest {
    private static final int CROSSINGS = Integer.getInteger("tributary.crossings", 300);
    private static final int KILLS = Integer.getInteger("tributary.crossings.kills", 1);
    private static final int BATCH = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String WAITING = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";

    @TempDir
    Path data;

    private MortalHub hub;

    @BeforeEach
    void prepare() throws IOException {
        hub = new MortalHub(data);
    }

    @AfterEach
    void stop() throws InterruptedException {
        hub.close();
    }

    @Test
    void each_crossing_leaves_one_firing_one_task_and_one_webhook_however_often_the_hub_is_killed() throws Exception {
        try (Target target = Target.answering(204)) {
            hub.start();
            assertThat(hub.caller()
                            .put(
                                    "/connections/hook",
                                    Map.of(
                                            "kind",
                                            "webhook",
                                            "parameters",
                                            Map.of(
                                                    "url",
                                                    target.url(),
                                                    "secret",
                                                    "whsec_dGhlLXNlY3JldC1vZi10aGUtaG9vaw==",
                                                    "events",
                                                    "automation.fired")))
                            .status())
                    .isEqualTo(200);
            send("atom-v1", 50);
            assertThat(hub.count("select count(*) from deal where risk_level = 'high'"))
                    .isZero();
            send("atom-v1", 10);
            for (int kill = 1; kill <= KILLS; kill++) {
                long some = (long) CROSSINGS * kill / (KILLS + 1);
                Eventually.becomesTrue(PATIENCE, () -> hub.count("select count(*) from automation_firing") >= some);
                hub.kill(kill % 2 == 1);
                hub.start();
                releaseClaims();
            }

            Eventually.becomesTrue(
                    PATIENCE, () -> ids(target) == CROSSINGS && hub.count("select count(*) from delivery") == 0);
            assertThat(hub.count("select count(*) from automation_firing")).isEqualTo(CROSSINGS);
            assertThat(hub.count("select count(distinct deal_id) from automation_firing"))
                    .isEqualTo(CROSSINGS);
            assertThat(hub.count("select count(*) from task")).isEqualTo(CROSSINGS);
            assertThat(hub.count("select count(distinct firing_id) from task")).isEqualTo(CROSSINGS);
            assertThat(hub.count("select count(*) from activity where type = 'automation'"))
                    .isEqualTo(CROSSINGS);
            assertThat(hub.count("select count(*) from event where type = 'automation.fired'"))
                    .isEqualTo(CROSSINGS);
            assertThat(hub.count("select fired from automation")).isEqualTo(CROSSINGS);
            assertThat(target.received().stream()
                            .collect(Collectors.toMap(
                                    received -> received.header("webhook-id"),
                                    received -> received.json()
                                            .at("/data/firing_id")
                                            .asText(),
                                    (one, again) -> {
                                        // Sent twice is sent under one id, and says the same.
                                        assertThat(again).isEqualTo(one);
                                        return one;
                                    }))
                            .values())
                    .hasSize(CROSSINGS)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void each_crossing_that_time_brings_is_told_once_by_whichever_of_several_hubs_and_however_one_ends(
            @TempDir Path second, @TempDir Path third) throws Exception {
        hub.start();
        send("pipeline-v1", 5);
        hub.execute("""
                update deal set stage_entered_at = stage_entered_at - interval '60 days',
                    scored_at = scored_at - interval '60 days', expected_close_date = current_date - 60,
                    rescore_on = current_date
                """);
        try (MortalHub two = hub.another(second);
                MortalHub three = hub.another(third)) {
            // Each looks for what is due some seconds after it has started; whoever writes waits until another wants
            // to.
            try (Connection held = hub.hold("lock table deal in exclusive mode")) {
                two.start();
                three.start();
                Eventually.becomesTrue(PATIENCE, () -> hub.count(WAITING) >= 2);
                held.rollback();
            }
            Eventually.becomesTrue(PATIENCE, () -> hub.count("select count(*) from automation_firing") > 0);
            two.kill(false);

            Eventually.becomesTrue(
                    PATIENCE, () -> hub.count("select count(*) from deal where rescore_on <= current_date") == 0);
            Eventually.becomesTrue(PATIENCE, () -> hub.count("select count(*) from automation_firing") >= CROSSINGS);
            Eventually.becomesTrue(PATIENCE, () -> hub.count("select count(*) from task") >= CROSSINGS);
        }
        String told =
                "select count(*) from event where type = 'deal.scored' and data ->> 'previous_risk_level' = 'medium'"
                        + " and data ->> 'risk_level' = 'high'";
        assertThat(hub.count(told)).isEqualTo(CROSSINGS);
        assertThat(hub.count("select count(*) from automation_firing")).isEqualTo(CROSSINGS);
        assertThat(hub.count("select count(distinct deal_id) from task")).isEqualTo(CROSSINGS);
        assertThat(hub.count("select count(*) from task")).isEqualTo(CROSSINGS);
    }

    private static long ids(Target target) {
        return target.received().stream()
                .map(received -> received.header("webhook-id"))
                .distinct()
                .count();
    }

    /** By the rules of atom-v1 a large deal without engagement is at medium risk, and at high risk once it is unlikely. */
    private void send(String profile, int probability) {
        hub.caller().put("/settings", Map.of("health_profile", profile));
        for (int first = 0; first < CROSSINGS; first += BATCH) {
            List<Map<String, Object>> deals = new ArrayList<>();
            for (int deal = first; deal < Math.min(first + BATCH, CROSSINGS); deal++) {
                deals.add(Map.of(
                        "name", "Deal " + deal, "external_id", "E" + deal, "value", 60000, "probability", probability));
            }
            Reply taken = hub.caller().post("/bulk", deals);
            assertThat(taken.at("/rejected").asInt()).as(taken.toString()).isZero();
        }
    }

    /** What the dead hub held would be free for others after a minute. */
    private void releaseClaims() throws SQLException {
        hub.execute("update delivery set due_at = least(due_at, now())");
    }
}
