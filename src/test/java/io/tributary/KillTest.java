package io.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.testing.Caller;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Upload;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub of its own, as a process that is killed while it works. The long form is {@code bench/kill.py}. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KillTest {
    private static final int ROWS = 6000;
    private static final int CALLS = 400;

    @TempDir
    Path data;

    private final HttpClient http = HttpClient.newHttpClient();
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
    void aDroppedFileIsTakenOnceAndWholeHoweverOftenTheHubIsKilled() throws Exception {
        start();
        Path inbox = data.resolve("inbox/demo");
        Path draft = inbox.resolve("deals.csv.part");
        Files.write(draft, rows());
        Files.move(draft, inbox.resolve("deals.csv"), StandardCopyOption.ATOMIC_MOVE);

        awaitCount("select received from import", 1000);
        kill(false);
        start();
        awaitCount("select received from import", 3000);
        kill(true);
        start();
        Path done = inbox.resolve("done/deals.csv");
        Eventually.becomesTrue(Duration.ofSeconds(60), () -> Files.exists(done));

        JsonNode result = new ObjectMapper()
                .readTree(done.resolveSibling("deals.csv.result.json").toFile());
        assertThat(result.get("received").asInt()).isEqualTo(ROWS);
        assertThat(result.get("created").asInt()).isEqualTo(ROWS - ROWS / 50);
        assertThat(result.get("rejected").asInt()).isEqualTo(ROWS / 50);
        assertThat(result.get("errors")).hasSize(100);
        assertThat(result.get("warnings")).isNotEmpty();
        assertThat(Files.readAllLines(done.resolveSibling("deals.csv.rejected.csv")))
                .hasSize(1 + ROWS / 50);
        assertThat(count("select count(*) from deal")).isEqualTo(ROWS - ROWS / 50);
        assertThat(count("select count(distinct name) from deal")).isEqualTo(ROWS - ROWS / 50);
        assertThat(count("select count(*) from activity")).isEqualTo(ROWS - ROWS / 50);
        assertThat(count("select count(*) from rejected")).isEqualTo(ROWS / 50);
        assertBooksBalance();
    }

    @Test
    void anUploadGoesOnByItselfHoweverOftenTheHubIsKilled() throws Exception {
        start();
        Upload file = Upload.of("deals.csv", String.join("\n", rows()));
        Reply accepted = file.to(caller(), "/csv/upload", "Prefer", "respond-async", "Idempotency-Key", "once");
        assertThat(accepted.status()).isEqualTo(202);

        awaitCount("select received from import", 1000);
        kill(true);
        start();
        awaitCount("select received from import", 3000);
        kill(false);
        start();
        String path = "/imports/" + accepted.textAt("/import_id");
        Eventually.becomesTrue(
                Duration.ofSeconds(60),
                () -> caller().get(path).textAt("/state").equals("done"));

        JsonNode result = caller().get(path).json();
        assertThat(result.get("received").asInt()).isEqualTo(ROWS);
        assertThat(result.get("created").asInt()).isEqualTo(ROWS - ROWS / 50);
        assertThat(result.get("rejected").asInt()).isEqualTo(ROWS / 50);
        assertThat(result.get("errors")).hasSize(100);
        assertThat(count("select count(*) from deal")).isEqualTo(ROWS - ROWS / 50);
        assertThat(count("select count(*) from activity")).isEqualTo(ROWS - ROWS / 50);
        assertThat(count("select count(*) from import")).isEqualTo(1);
        assertThat(file.to(caller(), "/csv/upload", "Idempotency-Key", "once").text())
                .isEqualTo(accepted.text());
        assertBooksBalance();
    }

    private Caller caller() throws IOException {
        return new Caller(
                "http://localhost:" + port,
                Files.readString(data.resolve("api-key")).strip());
    }

    @Test
    void aCallSentAgainWithItsKeyAfterACrashIsDoneOnce() throws Exception {
        start();
        CountDownLatch halfway = new CountDownLatch(CALLS / 2);
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int client = 0; client < 8; client++) {
            int number = client;
            clients.add(CompletableFuture.runAsync(() -> {
                for (int call = 0; call < CALLS / 8; call++) {
                    sendUntilAnswered(number + "-" + call);
                    halfway.countDown();
                }
            }));
        }
        halfway.await();
        kill(true);
        start();
        CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).join();

        assertThat(count("select count(*) from deal")).isEqualTo(CALLS);
        assertThat(count("select count(*) from activity")).isEqualTo(CALLS);
        assertThat(count("select count(*) from audit where action = 'deal.created'"))
                .isEqualTo(CALLS);
        assertThat(count("select count(*) from idempotency")).isEqualTo(CALLS);
        assertBooksBalance();
    }

    private void assertBooksBalance() throws SQLException {
        assertThat(count("select count(*) - (select event_sequence from workspace) from event"))
                .isZero();
        assertThat(count("select max(sequence) - (select event_sequence from workspace) from event"))
                .isZero();
        assertThat(count("select sum(deals) from stage_counter")).isEqualTo(count("select count(*) from deal"));
        assertThat(count("select sum(value) * 100 from stage_counter"))
                .isEqualTo(count("select sum(base_value) * 100 from deal"));
        assertThat(count("select sum(accepted) from source_counter")).isEqualTo(count("select count(*) from deal"));
    }

    private static List<String> rows() {
        List<String> rows = new ArrayList<>();
        rows.add("external_id,name,company,value,stage");
        for (int row = 1; row <= ROWS; row++) {
            // A stage that nobody knows is a warning, an amount that cannot be read refuses the row.
            String stage = row == 1 ? "somewhere" : "proposal";
            rows.add("E" + row + ",Deal " + row + ",Company," + (row % 50 == 0 ? "twelve" : Integer.toString(row)) + ","
                    + stage);
        }
        return rows;
    }

    private void sendUntilAnswered(String serial) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + port + "/api/sales/deals/api"))
                    .header(
                            "Authorization",
                            "Bearer "
                                    + Files.readString(data.resolve("api-key")).strip())
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", serial)
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"name\":\"Deal " + serial + "\",\"external_id\":\"" + serial + "\",\"value\":5}"))
                    .build();
            while (true) {
                try {
                    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                    if (answer.statusCode() == 201) {
                        return;
                    }
                    assertThat(answer.statusCode()).isIn(409, 503);
                } catch (IOException unanswered) {
                    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
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
        Process process = java.util.Objects.requireNonNull(hub);
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

    private void awaitCount(String query, long least) throws Exception {
        Eventually.becomesTrue(Duration.ofSeconds(60), () -> count(query) >= least);
    }

    private long count(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + postmaster(3) + "/postgres", "postgres", null);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
