package io.tributary.insight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.testing.Eventually;
import io.tributary.testing.HubProcess;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Insights by a chat model, in a second hub that has one: good answers, bad ones, and none. */
@WithHub
class ModelInsightsTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    private static FakeChat chat;
    private static HubProcess withModel;

    @BeforeAll
    static void start(TestHub hub) {
        chat = new FakeChat();
        withModel = hub.secondProcess(Map.of("OPENAI_BASE_URL", chat.url(), "OPENAI_MODEL", "fake-1"));
    }

    @AfterAll
    static void stop() throws IOException {
        withModel.close();
        chat.close();
    }

    private static String deal(Tenant tenant, String name, String description) {
        Reply taken = tenant.post(
                "/api",
                Map.of(
                        "name",
                        name,
                        "company",
                        "Orchard",
                        "value",
                        50000,
                        "stage",
                        "proposal",
                        "contact_email",
                        "ada@orchard.example",
                        "description",
                        description));
        assertThat(taken.status()).isEqualTo(201);
        return taken.textAt("/deal/id");
    }

    /** What became of asking about each deal, by its id: an empty text where the answer is shown, else why it is not. */
    private static Map<String, String> kept(TestHub hub, Tenant tenant) {
        Map<String, String> kept = new HashMap<>();
        hub.owner()
                .sql("select deal_id, refused from insight where tenant_id = :tenant")
                .param("tenant", tenant.workspace().tenant())
                .query(row -> {
                    String refused = row.getString("refused");
                    kept.put(row.getString("deal_id"), refused == null ? "" : refused);
                });
        return kept;
    }

    private static Map<String, String> awaitKept(TestHub hub, Tenant tenant, int deals) {
        Eventually.within(SOON, () -> assertThat(kept(hub, tenant)).hasSize(deals));
        return kept(hub, tenant);
    }

    private static JsonNode action(Tenant tenant, String deal) {
        for (JsonNode insight : tenant.get("/insights/" + deal).at("/items")) {
            if (insight.get("kind").asText().equals("action")) {
                return insight;
            }
        }
        throw new AssertionError("no action for " + deal);
    }

    @Test
    void what_it_says_on_the_facts_is_shown_and_nothing_private_is_sent(TestHub hub, Tenant tenant) {
        chat.answering(facts -> FakeChat.good());
        int before = chat.asked().size();
        String deal = deal(tenant, "Fleet renewal for Zanzibar", "Their Xylophone budget is secret");

        assertThat(awaitKept(hub, tenant, 1)).containsEntry(deal, "");

        JsonNode action = action(tenant, deal);
        assertThat(action.get("text").asText()).isEqualTo("Agree on the next step with the customer this week.");
        assertThat(action.get("engine").asText()).isEqualTo("model");
        assertThat(action.get("model").asText()).isEqualTo("fake-1");
        assertThat(action.get("prompt_version").asText()).isEqualTo("1");
        JsonNode question = chat.asked().get(before);
        assertThat(question.at("/response_format/json_schema/strict").asBoolean())
                .isTrue();
        assertThat(question.at("/max_completion_tokens").asInt()).isPositive();
        assertThat(question.toString())
                .contains("Orchard", "50000")
                .doesNotContain("Zanzibar", "Xylophone", "ada@orchard.example");
    }

    @Test
    void a_changed_deal_is_asked_about_again_and_the_old_answer_holds_no_longer(TestHub hub, Tenant tenant) {
        chat.answering(facts -> FakeChat.good());
        String deal = deal(tenant, "Fleet renewal", "");
        awaitKept(hub, tenant, 1);
        chat.answering(facts -> FakeChat.insights("Ask the customer for the budget."));

        tenant.patch("/" + deal, Map.of("stage", "negotiation"));

        Eventually.within(
                SOON,
                () -> assertThat(action(tenant, deal).get("text").asText())
                        .isEqualTo("Ask the customer for the budget."));
    }

    @Test
    void whoever_wants_a_fresh_analysis_gets_one(TestHub hub, Tenant tenant) {
        chat.answering(facts -> FakeChat.good());
        String deal = deal(tenant, "Fleet renewal", "");
        awaitKept(hub, tenant, 1);
        chat.answering(facts -> FakeChat.insights("Call the contact and confirm the decision."));

        tenant.post("/insights/" + deal, Map.of());

        Eventually.within(
                SOON,
                () -> assertThat(action(tenant, deal).get("text").asText())
                        .isEqualTo("Call the contact and confirm the decision."));
    }

    @Test
    void whatever_is_planted_and_obeyed_is_neither_shown_nor_changes_a_field(TestHub hub, Tenant tenant)
            throws IOException {
        List<InsightCheckTest.Planted> cases = InsightCheckTest.planted().toList();
        AtomicInteger next = new AtomicInteger();
        chat.answering(facts -> FakeChat.insights(
                cases.get(next.getAndIncrement() % cases.size()).obeyed()));
        Map<String, JsonNode> before = new LinkedHashMap<>();
        for (InsightCheckTest.Planted planted : cases) {
            String deal = deal(tenant, "Deal with " + planted.name(), planted.planted());
            before.put(deal, tenant.get("/" + deal).at("/deal"));
        }

        Map<String, String> kept = awaitKept(hub, tenant, cases.size());

        assertThat(next).hasValueGreaterThanOrEqualTo(cases.size());
        assertThat(kept.values()).allSatisfy(refused -> assertThat(refused).isNotEmpty());
        before.forEach((deal, said) -> {
            assertThat(tenant.get("/insights/" + deal).at("/items"))
                    .hasSize(3)
                    .allSatisfy(insight ->
                            assertThat(insight.get("engine").asText()).isEqualTo("rules"));
            assertThat(tenant.get("/" + deal).at("/deal")).isEqualTo(said);
        });
    }

    @Test
    void what_is_no_answer_leaves_the_analysts(TestHub hub, Tenant tenant) {
        List<String> answers = List.of(
                "no JSON at all",
                "{\"insights\":[]}",
                "{\"insights\":[{\"kind\":\"joke\",\"title\":\"x\",\"text\":\"y\",\"evidence\":[]}]}",
                "{\"insights\":",
                FakeChat.good().replace("\"stage\"", "\"mood\""),
                FakeChat.insights("The customer has a budget of 987,654 EUR."));
        AtomicInteger next = new AtomicInteger();
        chat.answering(facts -> answers.get(next.getAndIncrement() % answers.size()));
        List<String> deals = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            deals.add(deal(tenant, "Renewal " + (char) ('A' + i), ""));
        }

        assertThat(awaitKept(hub, tenant, deals.size()).values())
                .allSatisfy(refused -> assertThat(refused).isNotEmpty());
        assertThat(deals)
                .allSatisfy(deal ->
                        assertThat(action(tenant, deal).get("engine").asText()).isEqualTo("rules"));
    }

    @Test
    void an_endpoint_that_fails_is_asked_three_times_and_no_more(TestHub hub, Tenant tenant) {
        chat.failing(503);
        int before = chat.asked().size();
        String deal = deal(tenant, "Fleet renewal", "");

        assertThat(awaitKept(hub, tenant, 1).get(deal)).contains("did not answer");

        assertThat(chat.asked()).hasSize(before + 3);
        assertThat(action(tenant, deal).get("engine").asText()).isEqualTo("rules");
    }
}
