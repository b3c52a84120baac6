package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.start.Hub;
import io.tributary.start.Settings;
import io.tributary.testing.Caller;
import io.tributary.testing.Crowd;
import io.tributary.testing.Eventually;
import io.tributary.testing.Leaks;
import io.tributary.testing.Reply;
import io.tributary.testing.TestHub;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The database dies like in a power cut, and comes back: nothing acknowledged is lost, nothing comes twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Path folder;
    private int databasePort;
    private EmbeddedPostgres database;
    private Hub hub;
    private String url;
    private Caller fresh;

    @BeforeAll
    void start(@TempDir Path own) throws Exception {
        folder = own;
        databasePort = TestHub.freePort();
        database = startDatabase();
        int port = TestHub.freePort();
        Map<String, String> environment = Map.of(
                "PORT",
                Integer.toString(port),
                "TRIBUTARY_DATA",
                folder.resolve("hub").toString(),
                "TRIBUTARY_ROUTES",
                folder.resolve("routes").toString(),
                "TRIBUTARY_DB_URL",
                "jdbc:postgresql://localhost:" + databasePort + "/postgres",
                "TRIBUTARY_DB_USER",
                "postgres",
                "TRIBUTARY_ADMIN_KEY",
                TestHub.ADMIN_KEY);
        hub = Hub.start(Settings.read(environment::get, new Properties()));
        url = "http://localhost:" + port;
        fresh = new Caller(url, "trib_a_key_that_nobody_has_asked_for_yet");
    }

    @AfterAll
    void stop() throws IOException {
        hub.close();
        database.close();
    }

    @Test
    void while_the_database_is_gone_every_door_says_503_and_afterwards_all_work_again() throws Exception {
        Caller caller = tenant("doors");
        assertThat(send(caller, "before").status()).isEqualTo(201);

        killDatabase();

        List<Reply> refused = Crowd.of(8, i -> switch (i) {
            case 0 -> send(caller, "meanwhile");
            case 1 -> caller.post("/manual", Map.of("name", "meanwhile"));
            case 2 -> caller.post("/bulk", List.of(Map.of("name", "meanwhile")));
            case 3 -> caller.post("/web-form", Map.of("email", "ann@orchard.example"));
            case 4 -> caller.get("/metrics");
            case 5 -> caller.get("");
            // A key that cannot be looked up is not an unknown key.
            case 6 -> fresh.get("/metrics");
            default -> caller.post("/api", Map.of("name", "refused", "value", "twelve"));
        });
        assertThat(refused).allSatisfy(OutageTest::assertUnavailable);
        Eventually.within(
                PATIENCE, () -> assertThat(caller.get("/health").status()).isEqualTo(503));

        database = startDatabase();

        Eventually.within(
                PATIENCE, () -> assertThat(send(caller, "after").status()).isIn(200, 201));
        Eventually.within(
                PATIENCE, () -> assertThat(caller.get("/health").status()).isEqualTo(200));
        assertThat(caller.get("").at("/items")).as(caller.get("").text()).hasSize(2);
        assertThat(fresh.get("/metrics").status()).isEqualTo(401);
    }

    @Test
    void calls_that_the_outage_cut_off_are_sent_again_and_none_is_lost_or_taken_twice() throws Exception {
        Caller caller = tenant("calls");
        int calls = 120;
        CountDownLatch underWay = new CountDownLatch(40);
        List<Reply> replies = Crowd.of(calls + 1, 41, i -> {
            if (i == 0) {
                await(underWay);
                killDatabase();
                return send(caller, "the one after the end");
            }
            Reply reply = send(caller, "deal " + i);
            underWay.countDown();
            return reply;
        });
        assertThat(replies).anySatisfy(OutageTest::assertUnavailable);
        assertThat(replies).allSatisfy(reply -> {
            if (reply.status() != 201) {
                assertUnavailable(reply);
            }
        });

        database = startDatabase();
        Eventually.within(
                PATIENCE, () -> assertThat(caller.get("/health").status()).isEqualTo(200));
        List<Reply> again = Crowd.of(calls, 40, i -> send(caller, "deal " + (i + 1)));

        assertThat(again).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(201));
        for (int i = 1; i <= calls; i++) {
            if (replies.get(i).status() == 201) {
                assertThat(again.get(i - 1).textAt("/deal/id"))
                        .isEqualTo(replies.get(i).textAt("/deal/id"));
            }
        }
        assertThat(caller.get("/metrics").at("/total_active_deals").asInt()).isEqualTo(calls);
        try (var connection = database.getPostgresDatabase().getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from deal where tenant_id = 'calls'")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(calls);
        }
    }

    private Caller tenant(String id) {
        Reply made = new Caller(url, TestHub.ADMIN_KEY).post("/api/admin/tenants", Map.of("id", id));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return new Caller(url, made.textAt("/api_key"));
    }

    private static Reply send(Caller caller, String name) {
        return caller.post("/api", Map.of("name", name), "Idempotency-Key", name);
    }

    private static void assertUnavailable(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isPresent();
        assertThat(reply.textAt("/code")).isEqualTo("unavailable");
        assertThat(reply.textAt("/request_id")).isNotBlank();
        Leaks.none(reply);
    }

    private EmbeddedPostgres startDatabase() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("database"))
                .setCleanDataDirectory(false)
                .setPort(databasePort)
                .setLocaleConfig("locale", "C.UTF-8")
                // The launcher of the database turns durability off, which is what this is about.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    private void killDatabase() {
        try {
            String pid = Files.readAllLines(folder.resolve("database/postmaster.pid"))
                    .get(0);
            ProcessHandle server = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
            server.destroyForcibly();
            server.onExit().join();
            // It holds a lock on its folder as long as it is open.
            database.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
