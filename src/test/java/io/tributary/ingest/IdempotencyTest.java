package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.tenant.Scope;
import io.tributary.testing.Books;
import io.tributary.testing.Crowd;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an {@code Idempotency-Key} promises. The deals have no company and no id, so nothing else tells them apart. */
@WithHub
class IdempotencyTest {
    private static final String KEY = "Idempotency-Key";
    private static final Map<String, Object> DEAL = Map.of("name", "Once", "value", 5);

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/manual"})
    void the_same_key_and_body_get_the_first_answer_again(String path, TestHub hub, Tenant tenant) {
        Reply first = tenant.post(path, DEAL, KEY, "k-1");
        Reply again = tenant.post(path, DEAL, KEY, "k-1");

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Idempotent-Replayed")).contains("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(1);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void the_answer_stays_the_first_one_after_the_deal_has_changed(Tenant tenant) {
        Map<String, Object> deal = Map.of("name", "Once", "external_id", "e-1", "value", 5);
        Reply first = tenant.post("/api", deal, KEY, "k-1");
        tenant.post("/api", Map.of("name", "Once", "external_id", "e-1", "value", 6));

        Reply again = tenant.post("/api", deal, KEY, "k-1");
        Reply now = tenant.post("/api", Map.of("name", "Once", "external_id", "e-1"));

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(now.at("/deal/value").decimalValue()).isEqualByComparingTo("6");
    }

    @Test
    void the_same_key_with_another_body_is_a_conflict_and_changes_nothing(TestHub hub, Tenant tenant) {
        tenant.post("/api", DEAL, KEY, "k-1");

        Reply other = tenant.post("/api", Map.of("name", "Twice"), KEY, "k-1");

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.textAt("/code")).isEqualTo("idempotency_key_reused");
        assertThat(other.textAt("/source")).isEqualTo("api");
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(1);
        Books.of(hub, tenant).areBalanced();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/manual"})
    void a_refusal_is_remembered_too(String path, TestHub hub, Tenant tenant) {
        Map<String, Object> wrong = Map.of("name", "Once", "value", "twelve");
        Reply first = tenant.post(path, wrong, KEY, "k-1");
        Reply again = tenant.post(path, wrong, KEY, "k-1");

        assertThat(first.status()).isEqualTo(422);
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.header("Idempotent-Replayed")).contains("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(Books.of(hub, tenant).rows("rejected")).isEqualTo(path.equals("/api") ? 1 : 0);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void of_many_callers_with_one_key_one_is_taken_and_the_others_are_told(TestHub hub, Tenant tenant) {
        List<Reply> replies = Crowd.of(60, i -> tenant.post("/api", DEAL, KEY, "k-1"));

        assertThat(replies)
                .filteredOn(reply -> reply.status() == 201
                        && reply.header("Idempotent-Replayed").isEmpty())
                .hasSize(1);
        assertThat(replies).allSatisfy(reply -> {
            if (reply.status() == 409) {
                assertThat(reply.textAt("/code")).isEqualTo("in_progress");
                assertThat(reply.header("Retry-After")).isPresent();
            } else {
                assertThat(reply.status()).isEqualTo(201);
            }
        });
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(1);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void callers_with_keys_of_their_own_do_not_hold_each_other_up(TestHub hub, Tenant tenant) {
        List<Reply> replies = Crowd.of(60, i -> tenant.post("/api", DEAL, KEY, "k-" + i));

        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(201));
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(60);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_key_belongs_to_its_tenant_workspace_and_path(Tenant tenant, Tenant stranger) {
        var north = tenant.in("north", EnumSet.of(Scope.INGEST));
        List<Reply> replies = List.of(
                tenant.post("/api", DEAL, KEY, "k-1"),
                tenant.post("/manual", DEAL, KEY, "k-1"),
                north.post("/api", DEAL, KEY, "k-1"),
                stranger.post("/api", DEAL, KEY, "k-1"));

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
            assertThat(reply.header("Idempotent-Replayed")).isEmpty();
        });
    }

    @Test
    void a_key_is_forgotten_after_a_day(TestHub hub, Tenant tenant) {
        tenant.post("/api", DEAL, KEY, "k-1");
        hub.owner()
                .sql(
                        "update idempotency set created_at = created_at - interval '24 hours 1 minute' where tenant_id = ?")
                .param(tenant.id())
                .update();

        Reply anew = tenant.post("/api", Map.of("name", "Twice"), KEY, "k-1");

        assertThat(anew.status()).as(anew.toString()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void an_empty_key_is_refused(String key, Tenant tenant) {
        Reply reply = tenant.post("/api", DEAL, KEY, key);

        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void a_key_of_more_than_255_characters_is_refused(Tenant tenant) {
        assertThat(tenant.post("/api", DEAL, KEY, "k".repeat(256)).status()).isEqualTo(400);
        assertThat(tenant.post("/api", DEAL, KEY, "k".repeat(255)).status()).isEqualTo(201);
    }
}
