package io.tributary.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.tenant.Scope;
import io.tributary.testing.Books;
import io.tributary.testing.Crowd;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people change of a deal by hand. */
@WithHub
class EditingTest {

    @Test
    void every_field_can_be_changed_and_is_read_like_one_typed_in(Tenant tenant, TestHub hub) {
        String id = deal(tenant, Map.of("name", "Old", "company", "Acme", "value", 100, "external_id", "e1"));

        Reply reply = tenant.patch(
                "/" + id,
                Map.of(
                        "name", "  New ",
                        "company", "Globex",
                        "value", "€ 1.234,50",
                        "stage", "Negotiation",
                        "probability", "60%",
                        "expected_close_date", "2027-03-01",
                        "contact_email", "Ann@Globex.Example",
                        "contact_name", "Ann Other",
                        "description", "Now it is urgent.",
                        "campaign", "spring"));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.textAt("/action")).isEqualTo("updated");
        JsonNode deal = tenant.get("/" + id).at("/deal");
        assertThat(deal.get("name").asText()).isEqualTo("New");
        assertThat(deal.get("company").asText()).isEqualTo("Globex");
        assertThat(deal.get("value").asText()).isEqualTo("1234.5");
        assertThat(deal.get("currency").asText()).isEqualTo("EUR");
        assertThat(deal.get("stage").asText()).isEqualTo("negotiation");
        assertThat(deal.get("probability").asDouble()).isEqualTo(60);
        assertThat(deal.get("expected_close_date").asText()).isEqualTo("2027-03-01");
        assertThat(deal.get("contact_email").asText()).isEqualTo("Ann@globex.example");
        assertThat(deal.get("description").asText()).isEqualTo("Now it is urgent.");
        assertThat(deal.at("/source_metadata/campaign").asText()).isEqualTo("spring");
        assertThat(deal.get("external_id").asText()).isEqualTo("e1");
        assertThat(reply.at("/deal").toString()).isEqualTo(deal.toString());
        assertThat(reply.textAt("/lead/first_name")).isEqualTo("Ann");
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void null_clears_a_field_and_the_rest_stays(Tenant tenant, TestHub hub) {
        String id = deal(
                tenant,
                Map.of(
                        "name", "Clear me",
                        "company", "Acme",
                        "value", 100,
                        "probability", 30,
                        "contact_email", "a@acme.example",
                        "expected_close_date", "2027-03-01",
                        "region", "north",
                        "size", 3));

        Reply reply = tenant.patch(
                "/" + id, nulls("company", "value", "probability", "contact_email", "expected_close_date", "region"));

        JsonNode deal = reply.at("/deal");
        assertThat(Stream.of("company", "value", "contact_email", "expected_close_date", "lead_id")
                        .map(deal::get))
                .as(reply.toString())
                .allMatch(JsonNode::isNull);
        assertThat(deal.get("name").asText()).isEqualTo("Clear me");
        assertThat(deal.get("probability").asDouble()).isEqualTo(50);
        assertThat(deal.get("source_metadata").toString()).isEqualTo("{\"size\":3}");
        Books.of(hub, tenant).areBalanced();
    }

    @ParameterizedTest
    @CsvSource({
        "stage,someday",
        "value,twelve",
        "value,-5",
        "probability,120",
        "expected_close_date,31.02.2027",
        "contact_email,nobody",
        "currency,Taler",
        "name,' '",
        "name,",
        "stage,",
        "created_at,2020-01-01T00:00:00Z",
        "external_id,other",
        "health_score,99",
        "metadata,text"
    })
    void one_wrong_field_changes_nothing_and_is_named(String field, @Nullable String value, Tenant tenant) {
        String id = deal(tenant, Map.of("name", "Whole", "company", "Acme", "value", 100));
        String before = tenant.get("/" + id).at("/deal").toString();
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        patch.put("description", "would be fine");
        patch.put(field, value);

        Reply reply = tenant.patch("/" + id, patch);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
        assertThat(reply.at("/details").size()).isEqualTo(1);
        assertThat(reply.textAt("/details/0/field")).isEqualTo(field);
        assertThat(reply.at("/source").isNull()).isTrue();
        assertThat(reply.at("/rejected_id").isMissingNode()).isTrue();
        assertThat(tenant.get("/" + id).at("/deal").toString()).isEqualTo(before);
        assertThat(tenant.get("/rejected").at("/items").size()).isZero();
    }

    @Test
    void all_wrong_fields_are_named_at_once(Tenant tenant) {
        String id = deal(tenant, Map.of("name", "Whole"));

        Reply reply = tenant.patch("/" + id, Map.of("stage", "someday", "value", "much", "contact_email", "nobody"));

        assertThat(reply.at("/details").findValuesAsText("field"))
                .containsExactlyInAnyOrder("stage", "value", "contact_email");
    }

    @Test
    void a_deal_sent_back_as_it_was_got_is_unchanged(Tenant tenant) {
        String id = deal(tenant, Map.of("name", "Same", "company", "Acme", "value", 100, "colour", "red"));
        JsonNode deal = tenant.get("/" + id).at("/deal");
        int told = tenant.get("/activity").at("/items").size();

        Reply reply = tenant.patch("/" + id, deal);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.textAt("/action")).isEqualTo("unchanged");
        assertThat(tenant.get("/" + id).at("/deal").toString()).isEqualTo(deal.toString());
        assertThat(tenant.get("/activity").at("/items").size()).isEqualTo(told);
    }

    @Test
    void lineage_activity_and_audit_say_who_changed_what(Tenant tenant) {
        String id = deal(tenant, Map.of("name", "Traced", "value", 100));

        Reply reply = tenant.patch("/" + id, Map.of("value", 200));

        Reply shown = tenant.get("/" + id);
        String actor = shown.textAt("/lineage/value/actor");
        assertThat(shown.textAt("/lineage/value/source")).isEqualTo("manual");
        assertThat(shown.textAt("/lineage/value/at")).isEqualTo(reply.textAt("/deal/updated_at"));
        assertThat(shown.textAt("/lineage/name/source")).isEqualTo("api");
        assertThat(tenant.get("/" + id + "/activities").textAt("/items/0/text")).contains("value");
        JsonNode audited = tenant.get("/audit").at("/items/0");
        assertThat(audited.get("action").asText()).isEqualTo("deal.edited");
        assertThat(audited.get("actor").asText()).isEqualTo(actor);
        assertThat(audited.at("/details/before/value").asDouble()).isEqualTo(100);
        assertThat(audited.at("/details/after/value").asDouble()).isEqualTo(200);
    }

    @Test
    void a_closed_deal_has_the_probability_of_its_stage_and_leaves_the_pipeline(Tenant tenant, TestHub hub) {
        String id = deal(tenant, Map.of("name", "Won", "value", 100, "probability", 40));

        Reply reply = tenant.patch("/" + id, Map.of("stage", "closed_won"));

        assertThat(reply.at("/deal/probability").asDouble()).isEqualTo(100);
        assertThat(reply.textAt("/deal/stage_entered_at")).isEqualTo(reply.textAt("/deal/updated_at"));
        assertThat(reply.at("/metrics/value_rank").isNull()).isTrue();
        assertThat(tenant.get("/metrics").at("/total_active_deals").asInt()).isZero();
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_renamed_deal_is_recognised_by_its_new_name_alone(Tenant tenant) {
        String id = deal(tenant, Map.of("name", "Before", "company", "Acme"));

        tenant.patch("/" + id, Map.of("name", "After"));

        assertThat(tenant.post("/manual", Map.of("name", "AFTER", "company", "acme corp."))
                        .textAt("/deal/id"))
                .isEqualTo(id);
        assertThat(tenant.post("/manual", Map.of("name", "Before", "company", "Acme"))
                        .textAt("/action"))
                .isEqualTo("created");
    }

    @Test
    void a_name_given_while_records_of_that_name_come_in_makes_no_second_deal(Tenant tenant, TestHub hub) {
        List<String> ids = IntStream.range(0, 20)
                .mapToObj(number -> deal(tenant, Map.of("name", "Old " + number, "company", "Acme")))
                .toList();

        List<Reply> replies = Crowd.of(40, 8, one -> {
            String fresh = "Fresh " + one / 2;
            return one % 2 == 0
                    ? tenant.patch("/" + ids.get(one / 2), Map.of("name", fresh))
                    : tenant.post("/manual", Map.of("name", fresh, "company", "Acme"));
        });

        Map<String, Long> toldAt = new LinkedHashMap<>();
        hub.owner()
                .sql("select type || ' ' || subject, sequence from event where tenant_id = ? and subject is not null")
                .param(tenant.id())
                .query((row, n) -> toldAt.put(row.getString(1), row.getLong(2)))
                .list();
        for (int number = 0; number < 20; number++) {
            Reply record = replies.get(2 * number + 1);
            assertThat(replies.get(2 * number).status()).isEqualTo(200);
            if (record.textAt("/action").equals("created")) {
                assertThat(toldAt.get("deal.created " + record.textAt("/deal/id")))
                        .as("a record that came after the new name was given is that deal")
                        .isLessThan(toldAt.get("deal.updated " + ids.get(number)));
            }
        }
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void edits_of_different_fields_at_the_same_time_all_hold(Tenant tenant, TestHub hub) {
        String id = deal(tenant, Map.of("name", "Busy", "value", 1));

        List<Reply> replies =
                Crowd.of(24, 8, one -> tenant.patch("/" + id, Map.of("field " + one, one, "value", one + 2)));

        assertThat(replies).allMatch(reply -> reply.status() == 200);
        assertThat(tenant.get("/" + id).at("/deal/source_metadata").size()).isEqualTo(24);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void the_same_key_changes_a_deal_once(Tenant tenant) {
        String id = deal(tenant, Map.of("name", "Once", "value", 1));

        Reply first = tenant.patch("/" + id, Map.of("value", 2), "Idempotency-Key", "k1");
        tenant.patch("/" + id, Map.of("value", 3));
        Reply again = tenant.patch("/" + id, Map.of("value", 2), "Idempotency-Key", "k1");

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).contains("true");
        assertThat(tenant.get("/" + id).at("/deal/value").asDouble()).isEqualTo(3);
        assertThat(tenant.patch("/" + id, Map.of("value", 9), "Idempotency-Key", "k1")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void a_deal_of_another_tenant_does_not_exist(Tenant tenant, TestHub hub) {
        String id = deal(hub.tenant(), Map.of("name", "Theirs"));

        assertThat(tenant.patch("/" + id, Map.of("value", 2)).status()).isEqualTo(404);
        assertThat(tenant.post("/" + id + "/activities", Map.of("type", "call")).status())
                .isEqualTo(404);
    }

    @Test
    void whoever_may_only_read_changes_nothing(Tenant tenant) {
        String id = deal(tenant, Map.of("name", "Read only"));

        assertThat(tenant.with(Set.of(Scope.READ))
                        .patch("/" + id, Map.of("value", 2))
                        .status())
                .isEqualTo(403);
        assertThat(tenant.with(Set.of(Scope.READ))
                        .post("/" + id + "/activities", Map.of("type", "call"))
                        .status())
                .isEqualTo(403);
    }

    static String deal(Tenant tenant, Map<String, Object> fields) {
        Reply taken = tenant.post("/api", fields);
        assertThat(taken.status()).as(taken.toString()).isEqualTo(201);
        return taken.textAt("/deal/id");
    }

    private static Map<String, @Nullable Object> nulls(String... fields) {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        for (String field : fields) {
            patch.put(field, null);
        }
        return Collections.unmodifiableMap(patch);
    }
}
