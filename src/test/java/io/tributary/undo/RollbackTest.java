package io.tributary.undo;

import static io.tributary.undo.Uploads.upload;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.tenant.Scope;
import io.tributary.testing.Books;
import io.tributary.testing.Eventually;
import io.tributary.testing.HubProcess;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Imports that are rolled back, updates included. */
@WithHub
class RollbackTest {
    private static final String HEADER = "name,company,value,stage,email,external_id\n";

    @Test
    void what_an_import_made_goes_and_what_it_changed_comes_back(TestHub hub, Tenant tenant) {
        upload(tenant, "name,company,value,stage\nOld deal,Acme,100,proposal\n");
        JsonNode before = only(tenant);
        Reply run = upload(tenant, """
                name,company,value,stage,email
                Old deal,Acme,999,negotiation,jo@acme.example
                New deal,Initech,5,discovery,ann@initech.example
                Broken,Globex,twelve,,
                """);
        JsonNode lineage = tenant.get("/" + before.at("/id").asText()).at("/lineage/value");
        assertThat(lineage.at("/import_id").asText()).isEqualTo(run.textAt("/import_id"));

        Reply rolledBack = rollBack(tenant, run);

        assertThat(rolledBack.status()).as(rolledBack.toString()).isEqualTo(200);
        assertThat(rolledBack.textAt("/state")).isEqualTo("rolled_back");
        assertThat(rolledBack.at("/removed").asInt()).isEqualTo(1);
        assertThat(rolledBack.at("/restored").asInt()).isEqualTo(1);
        assertThat(rolledBack.at("/newer")).isEmpty();
        JsonNode after = only(tenant);
        for (String field : new String[] {"id", "value", "stage", "probability", "contact_email", "lead_id"}) {
            assertThat(after.get(field)).as(field).isEqualTo(before.get(field));
        }
        assertThat(tenant.get("/" + before.at("/id").asText())
                        .at("/lineage/value/import_id")
                        .asText())
                .isNotEqualTo(run.textAt("/import_id"));
        assertThat(tenant.get("/leads").at("/items")).isEmpty();
        assertThat(tenant.get("/rejected").at("/items")).isEmpty();
        assertThat(tenant.get("/imports/" + run.textAt("/import_id")).textAt("/state"))
                .isEqualTo("rolled_back");
        assertThat(rollBack(tenant, run).status()).isEqualTo(409);
        assertThat(tenant.get("/activity").text()).doesNotContain(run.textAt("/import_id"));
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void the_same_file_is_taken_as_new_afterwards(TestHub hub, Tenant tenant) {
        String file = HEADER + "A,Acme,1,proposal,a@acme.example,e-1\nB,Initech,bad,,,\n";
        Reply first = upload(tenant, file, "Idempotency-Key", "once");
        rollBack(tenant, first);

        Reply second = upload(tenant, file, "Idempotency-Key", "once");

        assertThat(second.at("/created").asInt()).as(second.toString()).isEqualTo(1);
        assertThat(second.at("/rejected").asInt()).isEqualTo(1);
        assertThat(second.textAt("/import_id")).isNotEqualTo(first.textAt("/import_id"));
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void newer_changes_are_kept_and_told(TestHub hub, Tenant tenant) {
        tenant.post("/api", Map.of("name", "Old deal", "company", "Acme", "value", 100, "external_id", "e-1"));
        Reply run = upload(tenant, """
                name,company,value,description
                Old deal,Acme,999,from the file
                Called,Initech,5,
                Edited,Globex,6,
                Untouched,Hooli,7,
                """);
        String old = id(tenant, "Old deal");
        tenant.patch("/" + old, Map.of("value", 4711));
        tenant.post("/" + id(tenant, "Called") + "/activities", Map.of("type", "call", "text", "Hello"));
        tenant.patch("/" + id(tenant, "Edited"), Map.of("contact_name", "Ann"));

        Reply preview = tenant.get("/imports/" + run.textAt("/import_id") + "/rollback");
        Reply trial = tenant.post("/imports/" + run.textAt("/import_id") + "/rollback?dry_run=true", Map.of());
        Reply rolledBack = rollBack(tenant, run);

        assertThat(preview.textAt("/state")).isEqualTo("preview");
        assertThat(trial.text()).isEqualTo(preview.text());
        for (String told : new String[] {"removed", "restored", "kept", "newer"}) {
            assertThat(preview.json().get(told))
                    .as(told)
                    .isEqualTo(rolledBack.json().get(told));
        }
        assertThat(rolledBack.at("/removed").asInt()).isEqualTo(1);
        assertThat(rolledBack.at("/kept").asInt()).isEqualTo(3);
        assertThat(rolledBack.at("/newer")).hasSize(3);
        JsonNode deal = tenant.get("/" + old).at("/deal");
        assertThat(deal.at("/value").asInt()).isEqualTo(4711);
        assertThat(deal.at("/description").isNull()).isTrue();
        assertThat(tenant.get("").at("/items")).hasSize(3);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void imports_are_rolled_back_in_any_order(TestHub hub, Tenant tenant) {
        tenant.post("/api", Map.of("name", "Deal", "company", "Acme", "value", 100));
        Reply first = upload(tenant, "name,company,value\nDeal,Acme,200\n");
        Reply second = upload(tenant, "name,company,value\nDeal,Acme,300\n");

        rollBack(tenant, first);
        assertThat(only(tenant).at("/value").asInt()).isEqualTo(300);
        rollBack(tenant, second);

        assertThat(only(tenant).at("/value").asInt()).isEqualTo(100);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_merge_keeps_what_it_took_from_an_import(TestHub hub, Tenant tenant) {
        String one =
                tenant.post("/api", Map.of("name", "One", "company", "Acme")).textAt("/deal/id");
        Reply run = upload(tenant, "name,company,value\nTwo,Acme,200\n");
        String two = id(tenant, "Two");
        String pair =
                tenant.post("/duplicates", Map.of("deals", List.of(one, two))).textAt("/duplicate/id");
        String merge = tenant.post("/duplicates/" + pair + "/merge", Map.of()).textAt("/merge_id");

        Reply rolledBack = rollBack(tenant, run);

        assertThat(rolledBack.at("/kept").asInt()).isEqualTo(1);
        assertThat(rolledBack.textAt("/newer/0/by/merge_id")).isEqualTo(merge);
        assertThat(tenant.post("/merges/" + merge + "/undo", Map.of()).status()).isEqualTo(200);
        assertThat(tenant.get("").at("/items")).hasSize(2);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void an_import_of_thousands_is_rolled_back_also_when_the_hub_dies_meanwhile(TestHub hub, Tenant tenant)
            throws Exception {
        int rows = Integer.getInteger("tributary.rollback.rows", 6_000);
        upload(tenant, file(rows / 2, "discovery"));
        Reply run = upload(tenant, file(rows, "proposal"));
        assertThat(run.at("/updated").asInt() + run.at("/created").asInt()).isEqualTo(rows);

        try (HubProcess second = hub.secondProcess()) {
            Thread killer = new Thread(() -> {
                Eventually.becomesTrue(
                        Duration.ofSeconds(60),
                        () -> hub.owner()
                                .sql("select removed > 0 from rollback where tenant_id = :tenant")
                                .param("tenant", tenant.id())
                                .query(Boolean.class)
                                .optional()
                                .orElse(false));
                second.kill();
            });
            killer.start();
            try {
                tenant.at(second.url()).post("/imports/" + run.textAt("/import_id") + "/rollback", Map.of());
            } catch (RuntimeException itDied) {
                // As it should.
            }
            killer.join();
        }

        Eventually.becomesTrue(
                Duration.ofSeconds(90),
                () -> tenant.get("/imports/" + run.textAt("/import_id"))
                        .textAt("/state")
                        .equals("rolled_back"));
        Reply result = tenant.get("/imports/" + run.textAt("/import_id") + "/rollback");
        assertThat(result.at("/removed").asInt()).isEqualTo(rows / 2);
        assertThat(result.at("/restored").asInt()).isEqualTo(rows / 2);
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(rows / 2);
        assertThat(tenant.get("/metrics")
                        .at("/stage_distribution/discovery/count")
                        .asInt())
                .isEqualTo(rows / 2);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_refused_row_that_was_mended_since_goes_with_its_import(TestHub hub, Tenant tenant) {
        Reply run = upload(tenant, "name,company,value\nMended,Acme,twelve\n");
        String refused = run.textAt("/errors/0/rejected_id");
        Reply mended = tenant.post("/rejected/" + refused + "/replay", Map.of("value", 12));
        assertThat(mended.status()).as(mended.toString()).isEqualTo(201);

        assertThat(rollBack(tenant, run).at("/removed").asInt()).isEqualTo(1);

        assertThat(tenant.get("").at("/items")).isEmpty();
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void the_same_rollback_by_one_idempotency_key_answers_the_same(Tenant tenant) {
        Reply run = upload(tenant, "name\nA\n");
        String path = "/imports/" + run.textAt("/import_id") + "/rollback";

        Reply first = tenant.post(path, Map.of(), "Idempotency-Key", "r-1");
        Reply second = tenant.post(path, Map.of(), "Idempotency-Key", "r-1");

        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotent-Replayed")).contains("true");
    }

    @Test
    void it_may_be_left_to_the_hub(TestHub hub, Tenant tenant) {
        Reply run = upload(tenant, file(10, "proposal"));

        Reply accepted =
                tenant.post("/imports/" + run.textAt("/import_id") + "/rollback", Map.of(), "Prefer", "respond-async");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("Location").orElseThrow()).contains(run.textAt("/import_id"));
        Eventually.becomesTrue(
                Duration.ofSeconds(20), () -> Books.of(hub, tenant).deals() == 0);
    }

    @Test
    void who_may_only_hand_in_and_read_rolls_nothing_back(Tenant tenant) {
        Reply run = upload(tenant, "name\nA\n");

        Reply refused = tenant.with(Set.of(Scope.INGEST, Scope.READ))
                .post("/imports/" + run.textAt("/import_id") + "/rollback", Map.of());

        assertThat(refused.status()).isEqualTo(403);
        assertThat(tenant.get("").at("/items")).hasSize(1);
    }

    private static Reply rollBack(Tenant tenant, Reply run) {
        return tenant.post("/imports/" + run.textAt("/import_id") + "/rollback", Map.of());
    }

    private static JsonNode only(Tenant tenant) {
        JsonNode items = tenant.get("").at("/items");
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    private static String id(Tenant tenant, String name) {
        for (JsonNode deal : tenant.get("").at("/items")) {
            if (deal.at("/name").asText().equals(name)) {
                return deal.at("/id").asText();
            }
        }
        throw new AssertionError("no deal " + name);
    }

    private static String file(int rows, String stage) {
        StringBuilder csv = new StringBuilder(HEADER);
        for (int i = 0; i < rows; i++) {
            csv.append("Deal ")
                    .append(i)
                    .append(",Company ")
                    .append(i)
                    .append(',')
                    .append(100 + i)
                    .append(',')
                    .append(stage)
                    .append(",p")
                    .append(i)
                    .append("@c")
                    .append(i)
                    .append(".example,e-")
                    .append(i)
                    .append('\n');
        }
        return csv.toString();
    }
}
