package io.tributary.insight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.deal.DealField;
import io.tributary.insight.Insight.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a chat model may say of a deal and what not, with what somebody wrote into the deal to have it said. */
class InsightCheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InsightCheck check = InsightCheck.builtIn();

    /** Something written into a deal, and what a model says that does as it is told. */
    record Planted(String name, String planted, String obeyed) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Planted> planted() throws IOException {
        List<Planted> cases = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/cases/insight/planted.jsonl"))) {
            JsonNode json = JSON.readTree(line);
            cases.add(new Planted(
                    json.get("name").asText(),
                    json.get("planted").asText(),
                    json.get("obeyed").asText()));
        }
        return cases.stream();
    }

    private static List<Insight> with(Insight... said) {
        List<Insight> insights =
                new ArrayList<>(RuleAnalyst.analyse(Deals.aged(3).facts()));
        for (Insight insight : said) {
            insights.removeIf(other -> other.kind() == insight.kind());
            insights.add(insight);
        }
        return insights;
    }

    private static Insight action(String title, String text, String... evidence) {
        return new Insight(Kind.ACTION, title, text, List.of(evidence), Insight.MODEL, "any", "1");
    }

    private Optional<String> fault(String text) {
        return check.fault(
                with(action("Call the contact", text, "stage")), Deals.aged(3).facts());
    }

    @ParameterizedTest
    @MethodSource("planted")
    void nothing_planted_gets_through(Planted planted) {
        InsightFacts facts =
                Deals.aged(3).saying("Dear team, " + planted.planted()).facts();

        assertThat(check.fault(with(action("Call the contact", planted.obeyed(), "stage")), facts))
                .as("as the text")
                .isPresent();
        assertThat(check.fault(
                        with(action("Call the contact", "Agree on the next step. " + planted.obeyed(), "stage")),
                        facts))
                .as("after a sentence of the field")
                .isPresent();
        assertThat(check.fault(
                        with(action(planted.obeyed(), "Agree on the next step with the customer.", "stage")), facts))
                .as("as the title")
                .isPresent();
    }

    @ParameterizedTest
    @MethodSource("planted")
    void nothing_planted_in_the_name_or_company_gets_through(Planted planted) {
        InsightFacts facts = Deals.aged(3)
                .with(DealField.NAME, planted.planted())
                .with(DealField.COMPANY, planted.planted())
                .facts();

        assertThat(check.fault(with(action("Call the contact", planted.obeyed(), "stage")), facts))
                .isPresent();
        assertThat(RuleAnalyst.analyse(facts))
                .noneMatch(insight -> insight.text().contains(planted.planted()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Schedule a call with the contact this week to discuss the proposal and confirm the decision timeline.",
                "The deal has been in the proposal stage for 3 days; reach out to the decision maker before it stalls.",
                "At 50% probability and a value of 50,000 EUR, this is one of the larger deals in the pipeline.",
                "No engagement has been recorded, which puts the relationship at risk. Send a follow-up email to Orchard Foods.",
                "With a win rate of 32.5% and rank 6 of 40, prioritise this opportunity over smaller deals.",
                "Clarify budget and procurement steps with the stakeholders, then agree on a close date.",
                "The customer's interest is unclear: ask for a meeting to qualify needs and identify the champion.",
                "Orchard Foods sits in the top quartile by value, so a loss would weigh heavily on the forecast.",
                "Book a discovery call before Friday to surface the buying criteria and unblock procurement.",
                "Momentum has cooled: there was no touchpoint for weeks and the close date slipped twice.",
                "Re-engage the economic buyer with a concise recap of the agreed value and a proposed next meeting.",
                "Multi-thread the account by introducing a second stakeholder from finance or operations.",
                "Competitors may be courting Orchard Foods; reinforce your differentiation and share a customer story.",
                "Deals of this size in the workspace are won 32.5% of the time, so expect a tough evaluation.",
                "Nurture the relationship with a relevant case study before the next checkpoint.",
                "Inaction for this long often precedes a loss, so treat it as a warning.",
                "Dormant deals seldom revive by themselves; a personal call is the most effective trigger.",
                "Highlight proven results from similar customers to reassure the buyer.",
                "Confidence in this score is limited as several facts are unknown; complete the record first.",
                "Their evaluation probably includes rivals, so ask directly about the shortlist.",
                "Stay close to the account, as budget cycles often reset in January."
            })
    void what_a_good_analyst_would_say_may_be_shown(String text) {
        assertThat(fault(text)).isEmpty();
    }

    @Test
    void what_is_shown_are_three_of_the_right_kinds() {
        InsightFacts facts = Deals.aged(3).facts();
        List<Insight> three = RuleAnalyst.analyse(facts);

        assertThat(check.fault(three, facts)).isEmpty();
        assertThat(check.fault(three.subList(0, 2), facts)).isPresent();
        assertThat(check.fault(List.of(three.get(0), three.get(1), three.get(1)), facts))
                .isPresent();
    }

    @Test
    void what_is_cited_exists() {
        InsightFacts facts = Deals.aged(3).facts();

        assertThat(check.fault(with(action("Call", "Call the contact this week.", "last_engagement_at")), facts))
                .as("that nothing is recorded is a fact too")
                .isEmpty();
        assertThat(check.fault(with(action("Call", "Call the contact this week.", "mood")), facts))
                .contains("cite a fact that does not exist");
        assertThat(check.fault(with(action("Call", "Call the contact this week.")), facts))
                .contains("cite no fact, or too many");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The deal has been in this stage for 17 days.",
                "Close it by 2026-06-30 at the latest.",
                "Offer a discount of 10% to close it.",
                "The customer has a budget of 60,000 EUR.",
                "Wait for seven days, then call again."
            })
    void a_figure_that_is_in_no_fact_is_made_up(String text) {
        assertThat(fault(text).orElse("")).contains("figure");
    }

    @Test
    void nobody_reads_a_novel() {
        assertThat(fault("Call the contact. ".repeat(40)))
                .contains("have a title or text of another length than is shown");
    }
}
