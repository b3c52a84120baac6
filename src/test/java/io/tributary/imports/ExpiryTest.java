package io.tributary.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Books;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.Upload;
import io.tributary.testing.WithHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is cleared away in time, and what stays. */
@WithHub
class ExpiryTest {
    private static final String KEY = "Idempotency-Key";

    @Test
    void answers_older_than_a_day_go_and_younger_ones_stay(TestHub hub, Tenant tenant) {
        tenant.post("/api", Map.of("name", "Old"), KEY, "old");
        hub.owner()
                .sql("update idempotency set created_at = created_at - interval '25 hours' where tenant_id = ?")
                .param(tenant.id())
                .update();
        tenant.post("/api", Map.of("name", "Young"), KEY, "young");

        bean(hub, "expiry", Expiry.class).purge();

        assertThat(hub.owner()
                        .sql("select key from idempotency where tenant_id = ?")
                        .param(tenant.id())
                        .query(String.class)
                        .list())
                .containsExactly("young");
    }

    @Test
    void a_call_whose_hub_is_gone_is_closed_and_its_key_free_again(TestHub hub, Tenant tenant) {
        List<Map<String, String>> deals = List.of(Map.of("name", "Fleet", "external_id", "f-1"));
        tenant.post("/bulk", deals, KEY, "k-1");
        makeRunning(hub, tenant, "now() + interval '1 minute'");
        Reply meanwhile = tenant.post("/bulk", deals, KEY, "k-1");
        makeRunning(hub, tenant, "now() - interval '1 minute'");
        bean(hub, "expiry", Expiry.class).purge();
        assertThat(state(hub, tenant)).isEqualTo("running");
        makeRunning(hub, tenant, "now() - interval '11 minutes'");
        bean(hub, "expiry", Expiry.class).purge();

        assertThat(meanwhile.status()).isEqualTo(409);
        assertThat(meanwhile.textAt("/code")).isEqualTo("in_progress");
        assertThat(meanwhile.header("Retry-After")).isPresent();
        assertThat(state(hub, tenant)).isEqualTo("failed");
        assertThat(tenant.post("/bulk", deals, KEY, "k-1").status()).isEqualTo(200);
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(1);
    }

    @Test
    void a_call_that_a_killed_hub_left_is_gone_on_with_under_its_key(TestHub hub, Tenant tenant) {
        List<Map<String, String>> deals = List.of(Map.of("name", "Fleet", "external_id", "f-1"));
        Reply first = tenant.post("/bulk", deals, KEY, "k-1");
        makeRunning(hub, tenant, "now() - interval '1 second'");

        Reply again = tenant.post("/bulk", deals, KEY, "k-1");

        assertThat(again.textAt("/import_id")).isEqualTo(first.textAt("/import_id"));
        assertThat(again.at("/created").asInt()).isEqualTo(1);
        assertThat(again.at("/received").asInt()).isEqualTo(1);
        Books.of(hub, tenant).areBalanced();
    }

    private static void makeRunning(TestHub hub, Tenant tenant, String lease) {
        hub.owner()
                .sql("delete from idempotency where tenant_id = ?")
                .param(tenant.id())
                .update();
        hub.owner()
                .sql("update import set state = 'running', finished_at = null, lease_until = " + lease
                        + " where tenant_id = ?")
                .param(tenant.id())
                .update();
    }

    private static String state(TestHub hub, Tenant tenant) {
        return hub.owner()
                .sql("select state from import where tenant_id = ?")
                .param(tenant.id())
                .query(String.class)
                .single();
    }

    @Test
    void a_kept_file_goes_when_its_import_has_ended_or_was_never_entered(TestHub hub, Tenant tenant)
            throws IOException {
        Reply done = Upload.of("deals.csv", "name\nFleet\n").to(tenant, "/csv/upload");
        Path folder = hub.data().resolve("spool").resolve(tenant.id());
        Path ended = Files.writeString(folder.resolve(done.textAt("/import_id")), "name\nFleet\n");
        Path orphan = Files.writeString(folder.resolve(UUID.randomUUID().toString()), "name\nRoof\n");
        Path fresh = Files.writeString(folder.resolve(UUID.randomUUID().toString()), "name\nRoof\n");
        Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        bean(hub, "keptImports", KeptImports.class).recover();

        assertThat(ended).doesNotExist();
        assertThat(orphan).doesNotExist();
        assertThat(fresh).exists();
        Files.delete(fresh);
    }

    private static <T> T bean(TestHub hub, String name, Class<T> type) {
        return hub.camelContext().getRegistry().lookupByNameAndType(name, type);
    }
}
