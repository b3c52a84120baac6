package io.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.testing.Eventually;
import io.tributary.testing.MortalHub;
import io.tributary.testing.Reply;
import io.tributary.testing.Upload;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
    void aDroppedFileIsTakenOnceAndWholeHoweverOftenTheHubIsKilled() throws Exception {
        hub.start();
        Path inbox = data.resolve("inbox/demo");
        Path draft = inbox.resolve("deals.csv.part");
        Files.write(draft, rows());
        Files.move(draft, inbox.resolve("deals.csv"), StandardCopyOption.ATOMIC_MOVE);

        hub.awaitCount("select received from import", 1000);
        hub.kill(false);
        hub.start();
        hub.awaitCount("select received from import", 3000);
        hub.kill(true);
        hub.start();
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
        assertThat(hub.count("select count(*) from deal")).isEqualTo(ROWS - ROWS / 50);
        assertThat(hub.count("select count(distinct name) from deal")).isEqualTo(ROWS - ROWS / 50);
        assertThat(hub.count("select count(*) from activity")).isEqualTo(ROWS - ROWS / 50);
        assertThat(hub.count("select count(*) from rejected")).isEqualTo(ROWS / 50);
        assertBooksBalance();
    }

    @Test
    void anUploadGoesOnByItselfHoweverOftenTheHubIsKilled() throws Exception {
        hub.start();
        Upload file = Upload.of("deals.csv", String.join("\n", rows()));
        Reply accepted = file.to(hub.caller(), "/csv/upload", "Prefer", "respond-async", "Idempotency-Key", "once");
        assertThat(accepted.status()).isEqualTo(202);

        hub.awaitCount("select received from import", 1000);
        hub.kill(true);
        hub.start();
        hub.awaitCount("select received from import", 3000);
        hub.kill(false);
        hub.start();
        String path = "/imports/" + accepted.textAt("/import_id");
        Eventually.becomesTrue(
                Duration.ofSeconds(60),
                () -> hub.caller().get(path).textAt("/state").equals("done"));

        JsonNode result = hub.caller().get(path).json();
        assertThat(result.get("received").asInt()).isEqualTo(ROWS);
        assertThat(result.get("created").asInt()).isEqualTo(ROWS - ROWS / 50);
        assertThat(result.get("rejected").asInt()).isEqualTo(ROWS / 50);
        assertThat(result.get("errors")).hasSize(100);
        assertThat(hub.count("select count(*) from deal")).isEqualTo(ROWS - ROWS / 50);
        assertThat(hub.count("select count(*) from activity")).isEqualTo(ROWS - ROWS / 50);
        assertThat(hub.count("select count(*) from import")).isEqualTo(1);
        assertThat(file.to(hub.caller(), "/csv/upload", "Idempotency-Key", "once")
                        .text())
                .isEqualTo(accepted.text());
        assertBooksBalance();
    }

    @Test
    void aCallSentAgainWithItsKeyAfterACrashIsDoneOnce() throws Exception {
        hub.start();
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
        hub.kill(true);
        hub.start();
        CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).join();

        assertThat(hub.count("select count(*) from deal")).isEqualTo(CALLS);
        assertThat(hub.count("select count(*) from activity")).isEqualTo(CALLS);
        assertThat(hub.count("select count(*) from audit where action = 'deal.created'"))
                .isEqualTo(CALLS);
        assertThat(hub.count("select count(*) from idempotency")).isEqualTo(CALLS);
        assertBooksBalance();
    }

    private void assertBooksBalance() throws SQLException {
        assertThat(hub.count("select count(*) - (select event_sequence from workspace) from event"))
                .isZero();
        assertThat(hub.count("select max(sequence) - (select event_sequence from workspace) from event"))
                .isZero();
        assertThat(hub.count("select sum(deals) from stage_counter")).isEqualTo(hub.count("select count(*) from deal"));
        assertThat(hub.count("select sum(value) * 100 from stage_counter"))
                .isEqualTo(hub.count("select sum(base_value) * 100 from deal"));
        assertThat(hub.count("select sum(accepted) from source_counter"))
                .isEqualTo(hub.count("select count(*) from deal"));
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
            HttpRequest request = HttpRequest.newBuilder(URI.create(hub.url() + "/api/sales/deals/api"))
                    .header("Authorization", "Bearer " + hub.key())
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
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
