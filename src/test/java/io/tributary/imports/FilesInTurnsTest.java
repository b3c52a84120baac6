package io.tributary.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.tenant.Scope;
import io.tributary.testing.Books;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.Upload;
import io.tributary.testing.WithHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that are taken while their sender is gone: told of, joined, cancelled, and none of them in another's way. */
@WithHub
class FilesInTurnsTest {
    private static final String ASYNC = "respond-async";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LARGE = 40_000;

    @Test
    void a_sender_who_does_not_wait_is_told_where_to_look(TestHub hub, Tenant tenant) throws IOException {
        Reply accepted = Upload.of("deals.csv", rows("A", 2500)).to(tenant, "/csv/upload", "Prefer", ASYNC);

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.textAt("/status")).isEqualTo("accepted");
        assertThat(accepted.header("Preference-Applied")).contains(ASYNC);
        String location = accepted.header("Location").orElseThrow();
        assertThat(location).endsWith("/imports/" + accepted.textAt("/import_id"));
        JsonNode ended = awaitEnd(tenant, accepted);
        assertThat(ended.at("/created").asInt()).isEqualTo(2500);
        assertThat(ended.at("/progress/bytes_read").asLong())
                .isEqualTo(ended.at("/progress/bytes_total").asLong())
                .isPositive();
        Eventually.becomesTrue(PATIENCE, () -> spooled(hub, tenant) == 0);
        Eventually.within(
                PATIENCE,
                () -> assertThat(progress(hub, tenant))
                        .last()
                        .satisfies(data ->
                                assertThat(data).contains("\"state\":\"done\"").contains("\"received\":2500")));
        Books.of(hub, tenant).areBalanced();
    }

    private static List<String> progress(TestHub hub, Tenant tenant) {
        return hub.owner()
                .sql(
                        "select cast(data as text) from event where tenant_id = ? and type = 'import.progress' order by sequence")
                .param(tenant.id())
                .query(String.class)
                .list();
    }

    @Test
    void the_same_file_sent_meanwhile_joins_the_import_that_runs(TestHub hub, Tenant tenant) {
        String large = rows("B", LARGE);
        Reply first = Upload.of("deals.csv", large).to(tenant, "/csv/upload", "Prefer", ASYNC);
        Reply second = Upload.of("again.csv", large).to(tenant, "/csv/upload", "Prefer", ASYNC);
        Reply third = Upload.of("again.csv", large).to(tenant, "/csv/upload", "Prefer", "wait=50");

        assertThat(second.textAt("/import_id")).isEqualTo(first.textAt("/import_id"));
        assertThat(third.status()).as(third.toString()).isEqualTo(200);
        assertThat(third.textAt("/import_id")).isEqualTo(first.textAt("/import_id"));
        assertThat(third.at("/created").asInt()).isEqualTo(LARGE);
        assertThat(Books.of(hub, tenant).rows("import")).isEqualTo(1);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void the_same_file_sent_later_changes_nothing_and_says_when_it_came(TestHub hub, Tenant tenant) {
        String file = "name,company,value\nFleet,Orchard,1200\nParts,Quarry,twelve\n";
        Reply first = Upload.of("deals.csv", file).to(tenant, "/csv/upload");
        Reply preview = Upload.of("deals.csv", file).to(tenant, "/csv/preview");
        Reply again = Upload.of("deals.csv", file).to(tenant, "/csv/upload");

        assertThat(first.at("/imported_before").isMissingNode()).isTrue();
        assertThat(preview.textAt("/imported_before/import_id")).isEqualTo(first.textAt("/import_id"));
        assertThat(again.at("/unchanged").asInt()).isEqualTo(1);
        assertThat(again.at("/rejected").asInt()).isEqualTo(1);
        assertThat(again.textAt("/imported_before/import_id")).isEqualTo(first.textAt("/import_id"));
        assertThat(again.textAt("/warnings/0/message")).contains("was imported on");
        assertThat(Books.of(hub, tenant).rows("rejected")).isEqualTo(1);
        assertThat(Books.of(hub, tenant).rows("activity")).isEqualTo(1);
    }

    @Test
    void an_import_that_is_cancelled_keeps_what_it_took_and_takes_no_more(TestHub hub, Tenant tenant, Tenant stranger) {
        Reply accepted = Upload.of("deals.csv", rows("C", LARGE)).to(tenant, "/csv/upload", "Prefer", ASYNC);
        String path = "/imports/" + accepted.textAt("/import_id");
        Eventually.becomesTrue(PATIENCE, () -> tenant.get(path).at("/received").asInt() > 0);

        assertThat(stranger.post(path + "/cancel", Map.of()).status()).isEqualTo(404);
        assertThat(tenant.with(EnumSet.of(Scope.READ))
                        .post(path + "/cancel", Map.of())
                        .status())
                .isEqualTo(403);
        Reply cancelled = tenant.post(path + "/cancel", Map.of());
        assertThat(cancelled.status()).as(cancelled.toString()).isEqualTo(200);
        assertThat(tenant.post(path + "/cancel", Map.of()).status()).isEqualTo(409);

        Eventually.becomesTrue(PATIENCE, () -> spooled(hub, tenant) == 0);
        JsonNode ended = tenant.get(path).json();
        assertThat(ended.at("/state").asText()).isEqualTo("cancelled");
        int taken = ended.at("/received").asInt();
        assertThat(taken).isBetween(1000, LARGE - 1);
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(taken);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_small_file_does_not_wait_for_the_end_of_a_large_one(TestHub hub, Tenant tenant) {
        Reply large = Upload.of("large.csv", rows("D", LARGE)).to(tenant, "/csv/upload", "Prefer", ASYNC);
        Reply small = Upload.of("small.csv", rows("E", 5)).to(tenant, "/csv/upload");

        assertThat(small.status()).as(small.toString()).isEqualTo(200);
        assertThat(small.at("/created").asInt()).isEqualTo(5);
        assertThat(tenant.get("/imports/" + large.textAt("/import_id")).textAt("/state"))
                .isEqualTo("running");
        awaitEnd(tenant, large);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_dropped_file_does_not_wait_for_the_large_one_of_another_tenant(TestHub hub, Tenant tenant, Tenant other)
            throws IOException {
        Path large = drop(hub, tenant, "large.csv", rows("F", LARGE));
        Eventually.becomesTrue(PATIENCE, () -> Books.of(hub, tenant).deals() > 0);
        Path small = drop(hub, other, "small.csv", rows("G", 5));

        Eventually.becomesTrue(PATIENCE, () -> Files.exists(done(small)));
        assertThat(large).exists();
        Eventually.becomesTrue(PATIENCE, () -> Files.exists(done(large)));
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(LARGE);
    }

    @Test
    void a_key_is_answered_alike_before_and_after_the_end(TestHub hub, Tenant tenant) {
        Upload file = Upload.of("deals.csv", rows("H", 3000));
        Reply first = file.to(tenant, "/csv/upload", "Prefer", ASYNC, "Idempotency-Key", "k-1");
        Reply meanwhile = file.to(tenant, "/csv/upload", "Idempotency-Key", "k-1");
        awaitEnd(tenant, first);
        Reply later = file.to(tenant, "/csv/upload", "Idempotency-Key", "k-1");
        Reply another = Upload.of("deals.csv", rows("H", 2)).to(tenant, "/csv/upload", "Idempotency-Key", "k-1");

        for (Reply again : new Reply[] {meanwhile, later}) {
            assertThat(again.status()).isEqualTo(202);
            assertThat(again.header("Idempotent-Replayed")).contains("true");
            assertThat(again.header("Location")).isEqualTo(first.header("Location"));
            assertThat(again.text()).isEqualTo(first.text());
        }
        assertThat(another.status()).isEqualTo(409);
        assertThat(Books.of(hub, tenant).rows("import")).isEqualTo(1);
    }

    private static JsonNode awaitEnd(Tenant tenant, Reply accepted) {
        String path = "/imports/" + UUID.fromString(accepted.textAt("/import_id"));
        Eventually.becomesTrue(
                PATIENCE, () -> !tenant.get(path).textAt("/state").equals("running"));
        JsonNode ended = tenant.get(path).json();
        assertThat(ended.at("/state").asText()).isEqualTo("done");
        return ended;
    }

    private static Path drop(TestHub hub, Tenant tenant, String name, String text) throws IOException {
        Path inbox = Files.createDirectories(hub.data().resolve("inbox").resolve(tenant.id()));
        Path draft = inbox.resolve(name + ".part");
        Files.writeString(draft, text);
        return Files.move(draft, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path done(Path dropped) {
        return dropped.resolveSibling("done").resolve(String.valueOf(dropped.getFileName()));
    }

    private static long spooled(TestHub hub, Tenant tenant) throws IOException {
        try (Stream<Path> files = Files.list(hub.data().resolve("spool").resolve(tenant.id()))) {
            return files.count();
        }
    }

    private static String rows(String prefix, int count) {
        StringBuilder rows = new StringBuilder("external_id,name,company,value\n");
        for (int row = 1; row <= count; row++) {
            rows.append(prefix)
                    .append(row)
                    .append(",Deal ")
                    .append(prefix)
                    .append(row)
                    .append(",Company,5\n");
        }
        return rows.toString();
    }
}
