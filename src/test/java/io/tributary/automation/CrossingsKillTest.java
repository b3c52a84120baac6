package io.tributary.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Caller;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

    @TempDir
    Path data;

    private int port;
    private @Nullable Process hub;

    @BeforeEach
    void choosePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (hub != null) {
            hub.destroy();
            if (!hub.waitFor(60, TimeUnit.SECONDS)) {
                hub.destroyForcibly();
            }
        }
    }

    @Test
    void each_crossing_leaves_one_firing_one_task_and_one_webhook_however_often_the_hub_is_killed() throws Exception {
        try (Target target = Target.answering(204)) {
            start();
            assertThat(caller().put(
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
            send(50);
            assertThat(count("select count(*) from deal where risk_level = 'high'"))
                    .isZero();
            send(10);
            for (int kill = 1; kill <= KILLS; kill++) {
                long some = (long) CROSSINGS * kill / (KILLS + 1);
                Eventually.becomesTrue(PATIENCE, () -> count("select count(*) from automation_firing") >= some);
                kill(kill % 2 == 1);
                start();
                releaseClaims();
            }

            Eventually.becomesTrue(
                    PATIENCE, () -> ids(target) == CROSSINGS && count("select count(*) from delivery") == 0);
            assertThat(count("select count(*) from automation_firing")).isEqualTo(CROSSINGS);
            assertThat(count("select count(distinct deal_id) from automation_firing"))
                    .isEqualTo(CROSSINGS);
            assertThat(count("select count(*) from task")).isEqualTo(CROSSINGS);
            assertThat(count("select count(distinct firing_id) from task")).isEqualTo(CROSSINGS);
            assertThat(count("select count(*) from activity where type = 'automation'"))
                    .isEqualTo(CROSSINGS);
            assertThat(count("select count(*) from event where type = 'automation.fired'"))
                    .isEqualTo(CROSSINGS);
            assertThat(count("select fired from automation")).isEqualTo(CROSSINGS);
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

    private static long ids(Target target) {
        return target.received().stream()
                .map(received -> received.header("webhook-id"))
                .distinct()
                .count();
    }

    /** By the rules of atom-v1 a large deal without engagement is at medium risk, and at high risk once it is unlikely. */
    private void send(int probability) throws IOException {
        caller().put("/settings", Map.of("health_profile", "atom-v1"));
        for (int first = 0; first < CROSSINGS; first += BATCH) {
            List<Map<String, Object>> deals = new ArrayList<>();
            for (int deal = first; deal < Math.min(first + BATCH, CROSSINGS); deal++) {
                deals.add(Map.of(
                        "name", "Deal " + deal, "external_id", "E" + deal, "value", 20000, "probability", probability));
            }
            Reply taken = caller().post("/bulk", deals);
            assertThat(taken.at("/rejected").asInt()).as(taken.toString()).isZero();
        }
    }

    private Caller caller() throws IOException {
        return new Caller(
                "http://localhost:" + port,
                Files.readString(data.resolve("api-key")).strip());
    }

    private void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.tributary.Tributary");
        builder.environment().put("TRIBUTARY_DATA", data.toString());
        builder.environment().put("PORT", Integer.toString(port));
        Process process = builder.redirectError(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling("hub.log").toFile()))
                .start();
        hub = process;
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("Tributary is ready")) {
                return;
            }
        }
        throw new AssertionError("the hub does not start: " + Files.readString(data.resolveSibling("hub.log")));
    }

    private void kill(boolean databaseToo) throws Exception {
        Process process = Objects.requireNonNull(hub);
        if (databaseToo) {
            ProcessHandle.of(Long.parseLong(postmaster(0))).ifPresent(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly().waitFor();
    }

    private String postmaster(int line) throws IOException {
        return Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                .get(line)
                .strip();
    }

    /** What the dead hub held would be free for others after a minute. */
    private void releaseClaims() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("update delivery set due_at = least(due_at, now())");
        }
    }

    private Connection connect() throws SQLException, IOException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + postmaster(3) + "/postgres", "postgres", null);
    }

    private long count(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
