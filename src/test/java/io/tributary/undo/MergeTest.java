package io.tributary.undo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.tenant.Scope;
import io.tributary.testing.Books;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Deals that may be one: offered, dismissed, merged and taken apart again. */
@WithHub
class MergeTest {
    private static final String NAME = "Plant upgrade phase 2";

    @Test
    void a_misspelt_company_is_offered_in_the_answer_and_in_the_list(Tenant tenant) {
        Reply first = post(tenant, "Westerfield Hydraulics", Map.of("value", 1000));
        Reply second = post(tenant, "Westerfeild Hydraulics", Map.of("value", 1000));

        assertThat(first.at("/possible_duplicates")).isEmpty();
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.textAt("/possible_duplicates/0/deal_id")).isEqualTo(first.textAt("/deal/id"));
        assertThat(second.at("/possible_duplicates/0/score").asDouble()).isBetween(0.5, 1.0);
        assertThat(second.textAt("/possible_duplicates/0/why")).contains("spelling");
        JsonNode pair = tenant.get("/duplicates").at("/items/0");
        assertThat(pair.at("/state").asText()).isEqualTo("open");
        assertThat(List.of(
                        pair.at("/deals/0/id").asText(), pair.at("/deals/1/id").asText()))
                .containsExactlyInAnyOrder(first.textAt("/deal/id"), second.textAt("/deal/id"));
        assertThat(tenant.get("/" + first.textAt("/deal/id")).textAt("/possible_duplicates/0/deal_id"))
                .isEqualTo(second.textAt("/deal/id"));
        assertThat(post(tenant, "Westerfeild Hydraulics", Map.of("value", 1000)).at("/possible_duplicates"))
                .as("told again with a repetition")
                .hasSize(1);
    }

    @Test
    void a_deal_that_is_renamed_is_compared_anew(Tenant tenant) {
        Reply first = post(tenant, "Westerfield Hydraulics", Map.of());
        Reply second = post(tenant, "Globex", Map.of());
        assertThat(tenant.get("/duplicates").at("/items")).isEmpty();

        Reply renamed = tenant.patch("/" + second.textAt("/deal/id"), Map.of("company", "Westerfeild Hydraulics"));

        assertThat(renamed.textAt("/possible_duplicates/0/deal_id")).isEqualTo(first.textAt("/deal/id"));
        assertThat(tenant.get("/duplicates").at("/items")).hasSize(1);
        tenant.patch("/" + second.textAt("/deal/id"), Map.of("company", "Globex"));
        assertThat(tenant.get("/duplicates").at("/items")).isEmpty();
    }

    @Test
    void a_dismissed_pair_is_never_offered_again(Tenant tenant) {
        Pair pair = pair(tenant);

        Reply dismissed = tenant.post("/duplicates/" + pair.id + "/dismiss", Map.of());

        assertThat(dismissed.status()).isEqualTo(200);
        assertThat(dismissed.textAt("/duplicate/state")).isEqualTo("dismissed");
        Reply changed = post(tenant, "Westerfield Hydraulics", Map.of("value", 4711));
        assertThat(changed.at("/possible_duplicates")).isEmpty();
        tenant.patch("/" + pair.second, Map.of("company", "Westerfield Hidraulics"));
        assertThat(tenant.get("/duplicates").at("/items")).isEmpty();
        assertThat(tenant.get("/duplicates?state=dismissed").at("/items")).hasSize(1);
    }

    @Test
    void the_older_deal_is_kept_and_what_it_lacks_the_other_one_fills(TestHub hub, Tenant tenant) {
        String first = post(
                        tenant,
                        "Westerfield Hydraulics",
                        Map.of("value", 1000, "external_id", "a-1", "contact_email", "a@westerfield.example"))
                .textAt("/deal/id");
        String second = post(
                        tenant,
                        "Westerfeild Hydraulics",
                        Map.of("value", 2000, "external_id", "b-1", "description", "only on the second", "region", "N"))
                .textAt("/deal/id");
        tenant.post("/" + second + "/activities", Map.of("type", "call", "text", "Spoke to them"));
        String pair = tenant.get("/duplicates").textAt("/items/0/id");

        Reply merged = tenant.post("/duplicates/" + pair + "/merge", Map.of());

        assertThat(merged.status()).as(merged.toString()).isEqualTo(200);
        assertThat(merged.textAt("/deal/id")).isEqualTo(first);
        assertThat(merged.at("/deal/value").asInt()).isEqualTo(1000);
        assertThat(merged.textAt("/deal/description")).isEqualTo("only on the second");
        assertThat(merged.textAt("/deal/contact_email")).isEqualTo("a@westerfield.example");
        assertThat(merged.textAt("/deal/source_metadata/region")).isEqualTo("N");
        assertThat(merged.at("/deal/last_engagement_at").isNull()).isFalse();
        assertThat(tenant.get("/" + second).status()).isEqualTo(404);
        assertThat(post(tenant, "Anything", Map.of("external_id", "b-1", "value", 3000))
                        .textAt("/deal/id"))
                .as("both external ids lead to it")
                .isEqualTo(first);
        assertThat(tenant.get("/" + first + "/activities").text()).contains("Spoke to them");
        assertThat(tenant.get("/" + first).text()).contains("a-1").contains("b-1");
        assertThat(tenant.get("/metrics").at("/total_active_deals").asInt()).isEqualTo(1);
        assertThat(tenant.get("/" + first + "/history").text()).contains("\"cause\":\"merge\"");
        assertThat(tenant.get("/audit").text()).contains("deal.merged");
        assertThat(tenant.post("/duplicates/" + pair + "/merge", Map.of()).status())
                .isEqualTo(409);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_person_chooses_what_is_kept_field_by_field(Tenant tenant) {
        Pair pair = pair(tenant);

        Reply merged = tenant.post(
                "/duplicates/" + pair.id + "/merge",
                Map.of("keep", pair.second, "fields", Map.of("value", pair.first, "company", pair.first)));

        assertThat(merged.textAt("/deal/id")).isEqualTo(pair.second);
        assertThat(merged.textAt("/deal/company")).isEqualTo("Westerfield Hydraulics");
        assertThat(merged.at("/deal/value").asInt()).isEqualTo(1000);
        JsonNode lineage = tenant.get("/" + pair.second).at("/lineage/value");
        assertThat(lineage.at("/source").asText()).isEqualTo("api");
    }

    @Test
    void wrong_choices_are_refused_by_name(Tenant tenant) {
        Pair pair = pair(tenant);
        String stranger = "00000000-0000-4000-8000-000000000000";

        for (Map<String, Object> choice : List.<Map<String, Object>>of(
                Map.of("keep", stranger),
                Map.of("keep", "no id"),
                Map.of("fields", Map.of("health_score", pair.first)),
                Map.of("fields", Map.of("value", stranger)),
                Map.of("fields", "all"))) {
            Reply refused = tenant.post("/duplicates/" + pair.id + "/merge", choice);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        }
        assertThat(tenant.get("/metrics").at("/total_active_deals").asInt()).isEqualTo(2);
    }

    @Test
    void the_name_that_was_merged_away_is_still_recognised(TestHub hub, Tenant tenant) {
        Pair pair = pair(tenant);
        merge(tenant, pair);

        Reply again = post(tenant, "Westerfeild Hydraulics", Map.of("value", 9));

        assertThat(again.textAt("/matched_by")).isEqualTo("name_company");
        assertThat(again.textAt("/deal/id")).isEqualTo(pair.first);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void undoing_brings_both_back_with_what_came_in_since_on_the_right_one(TestHub hub, Tenant tenant) {
        String first = post(tenant, "Westerfield Hydraulics", Map.of("value", 1000, "external_id", "a-1"))
                .textAt("/deal/id");
        String second = post(tenant, "Westerfeild Hydraulics", Map.of("value", 2000, "external_id", "b-1"))
                .textAt("/deal/id");
        Pair pair = new Pair(tenant.get("/duplicates").textAt("/items/0/id"), first, second);
        String merge = merge(tenant, pair);
        post(tenant, "Westerfeild Hydraulics", Map.of("external_id", "b-1", "value", 7777, "description", "for b"));
        post(tenant, "Westerfield Hydraulics", Map.of("external_id", "a-1", "stage", "proposal"));
        tenant.patch("/" + first, Map.of("contact_name", "Ann"));

        Reply undone = tenant.post("/merges/" + merge + "/undo", Map.of());

        assertThat(undone.status()).as(undone.toString()).isEqualTo(200);
        JsonNode a = tenant.get("/" + first).at("/deal");
        JsonNode b = tenant.get("/" + second).at("/deal");
        assertThat(a.at("/value").asInt()).isEqualTo(1000);
        assertThat(a.at("/stage").asText()).isEqualTo("proposal");
        assertThat(a.at("/contact_name").asText()).isEqualTo("Ann");
        assertThat(a.at("/description").isNull()).isTrue();
        assertThat(b.at("/value").asInt()).isEqualTo(7777);
        assertThat(b.at("/description").asText()).isEqualTo("for b");
        assertThat(b.at("/stage").asText()).isEqualTo("discovery");
        assertThat(post(tenant, "x", Map.of("external_id", "b-1")).textAt("/deal/id"))
                .isEqualTo(second);
        assertThat(post(tenant, "y", Map.of("external_id", "a-1")).textAt("/deal/id"))
                .isEqualTo(first);
        assertThat(tenant.post("/merges/" + merge + "/undo", Map.of()).status()).isEqualTo(409);
        assertThat(tenant.get("/merges").textAt("/items/0/state")).isEqualTo("undone");
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void merges_of_one_deal_come_apart_last_first(TestHub hub, Tenant tenant) {
        String one = post(tenant, "One", Map.of()).textAt("/deal/id");
        String two = post(tenant, "Two", Map.of()).textAt("/deal/id");
        String three = post(tenant, "Three", Map.of()).textAt("/deal/id");
        String inner = merge(tenant, ask(tenant, one, two));
        String outer = merge(tenant, ask(tenant, one, three));

        assertThat(tenant.post("/merges/" + inner + "/undo", Map.of()).status()).isEqualTo(409);
        assertThat(tenant.post("/merges/" + outer + "/undo", Map.of()).status()).isEqualTo(200);
        assertThat(tenant.post("/merges/" + inner + "/undo", Map.of()).status()).isEqualTo(200);

        assertThat(tenant.get("").at("/items")).hasSize(3);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_merged_deal_that_was_itself_merged_waits_for_the_later_undo(Tenant tenant) {
        String one = post(tenant, "One", Map.of()).textAt("/deal/id");
        String two = post(tenant, "Two", Map.of()).textAt("/deal/id");
        String three = post(tenant, "Three", Map.of()).textAt("/deal/id");
        String inner = merge(tenant, ask(tenant, two, three));
        String outer = merge(tenant, ask(tenant, one, two));

        Reply tooEarly = tenant.post("/merges/" + inner + "/undo", Map.of());

        assertThat(tooEarly.status()).isEqualTo(409);
        tenant.post("/merges/" + outer + "/undo", Map.of());
        assertThat(tenant.post("/merges/" + inner + "/undo", Map.of()).status()).isEqualTo(200);
        assertThat(tenant.get("/" + three).status()).isEqualTo(200);
    }

    @Test
    void an_answer_to_a_mail_goes_to_the_deal_that_its_own_was_merged_into(Tenant tenant) {
        String first = post(tenant, "Westerfield Hydraulics", Map.of()).textAt("/deal/id");
        String second = mail(tenant, "<one@client.example>", null).textAt("/deal/id");
        String merge = merge(tenant, ask(tenant, first, second));

        Reply answered = mail(tenant, "<two@client.example>", "<one@client.example>");

        assertThat(answered.textAt("/deal/id")).as(answered.toString()).isEqualTo(first);
        tenant.post("/merges/" + merge + "/undo", Map.of());
        assertThat(mail(tenant, "<three@client.example>", "<one@client.example>")
                        .textAt("/deal/id"))
                .isEqualTo(second);
    }

    private static Reply mail(Tenant tenant, String id, @Nullable String answers) {
        String text =
                "From: Jo Client <jo@client.example>\r\nTo: sales@us.example\r\nSubject: Pump inquiry\r\nMessage-ID: "
                        + id + "\r\n" + (answers == null ? "" : "In-Reply-To: " + answers + "\r\n")
                        + "Content-Type: text/plain\r\n\r\nWe would like to buy pumps, says " + id + ".\r\n";
        return tenant.send("POST", "/email", "message/rfc822", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void who_may_only_hand_in_and_read_decides_nothing(Tenant tenant) {
        Pair pair = pair(tenant);
        var clerk = tenant.with(Set.of(Scope.INGEST, Scope.READ));

        assertThat(clerk.post("/duplicates/" + pair.id + "/merge", Map.of()).status())
                .isEqualTo(403);
        assertThat(clerk.post("/duplicates/" + pair.id + "/dismiss", Map.of()).status())
                .isEqualTo(403);
        assertThat(clerk.post("/duplicates", Map.of("deals", List.of(pair.first, pair.second)))
                        .status())
                .isEqualTo(403);
        assertThat(clerk.get("/duplicates").at("/items")).hasSize(1);
    }

    @Test
    void the_same_merge_by_one_idempotency_key_answers_the_same(Tenant tenant) {
        Pair pair = pair(tenant);

        Reply first = tenant.post("/duplicates/" + pair.id + "/merge", Map.of(), "Idempotency-Key", "m-1");
        Reply second = tenant.post("/duplicates/" + pair.id + "/merge", Map.of(), "Idempotency-Key", "m-1");

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotent-Replayed")).contains("true");
    }

    private record Pair(String id, String first, String second) {}

    private static Pair pair(Tenant tenant) {
        String first =
                post(tenant, "Westerfield Hydraulics", Map.of("value", 1000)).textAt("/deal/id");
        String second =
                post(tenant, "Westerfeild Hydraulics", Map.of("value", 2000)).textAt("/deal/id");
        return new Pair(tenant.get("/duplicates").textAt("/items/0/id"), first, second);
    }

    private static Pair ask(Tenant tenant, String one, String other) {
        Reply asked = tenant.post("/duplicates", Map.of("deals", List.of(one, other)));
        assertThat(asked.status()).as(asked.toString()).isEqualTo(201);
        return new Pair(asked.textAt("/duplicate/id"), one, other);
    }

    private static String merge(Tenant tenant, Pair pair) {
        Reply merged = tenant.post("/duplicates/" + pair.id + "/merge", Map.of("keep", pair.first));
        assertThat(merged.status()).as(merged.toString()).isEqualTo(200);
        return merged.textAt("/merge_id");
    }

    private static Reply post(Tenant tenant, String company, Map<String, Object> more) {
        Map<String, Object> deal = new HashMap<>(more);
        deal.put("name", NAME);
        deal.put("company", company);
        return tenant.post("/api", deal);
    }
}
