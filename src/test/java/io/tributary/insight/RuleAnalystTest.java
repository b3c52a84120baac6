package io.tributary.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.deal.DealField;
import io.tributary.deal.Stage;
import io.tributary.insight.Insight.Kind;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RuleAnalystTest {
    private final InsightCheck check = InsightCheck.builtIn();

    private static Insight of(Deals deal, Kind... kinds) {
        return RuleAnalyst.analyse(deal.facts()).stream()
                .filter(insight -> List.of(kinds).contains(insight.kind()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_silent_customer_is_the_risk_and_calling_him_the_action() {
        Deals deal = Deals.aged(60).engaged(45).closing(30);

        Insight risk = of(deal, Kind.RISK);
        assertThat(risk.title()).isEqualTo("The customer is silent");
        assertThat(risk.text()).startsWith("The last engagement was 45 days ago, on 2026-04-05.");
        assertThat(risk.evidence()).containsExactly("last_engagement_at", "health_score");
        Insight action = of(deal, Kind.ACTION);
        assertThat(action.title()).isEqualTo("Call the contact");
        assertThat(action.text()).isEqualTo("The last engagement was 45 days ago. Call or write, and log it.");
        assertThat(action.evidence()).containsExactly("last_engagement_at", "contact_email");
    }

    @Test
    void a_close_date_that_has_passed_comes_before_everything_else_to_do() {
        Insight action = of(Deals.aged(60).closing(-3), Kind.ACTION);

        assertThat(action.title()).isEqualTo("Agree on a new close date");
        assertThat(action.text()).startsWith("The expected close date of 2026-05-17 passed 3 days ago.");
    }

    @Test
    void what_nobody_stated_is_to_be_asked_for() {
        assertThat(of(Deals.aged(1).with(DealField.CONTACT_EMAIL, null), Kind.ACTION)
                        .title())
                .isEqualTo("Find the contact");
        assertThat(of(Deals.aged(1).engaged(0).with(DealField.VALUE, null), Kind.ACTION)
                        .title())
                .isEqualTo("Ask for the budget");
        assertThat(of(Deals.aged(1).engaged(0), Kind.ACTION).title()).isEqualTo("Agree on a close date");
    }

    @Test
    void a_deal_in_order_gets_the_next_step_of_its_stage() {
        Insight action = of(Deals.aged(1).engaged(0).closing(12), Kind.ACTION);

        assertThat(action.title()).isEqualTo("Go through the proposal with the customer");
        assertThat(action.text())
                .isEqualTo("The deal is in stage proposal and should close on 2026-06-01, in 12 days.");
    }

    @Test
    void a_healthy_and_likely_deal_is_an_opportunity() {
        Insight opportunity =
                of(Deals.aged(1).engaged(0).with(DealField.PROBABILITY, new BigDecimal("80")), Kind.OPPORTUNITY);

        assertThat(opportunity.title()).isEqualTo("Likely to be won");
        assertThat(opportunity.text()).contains("at a probability of 80%, worth 50,000 EUR.");
    }

    @Test
    void the_market_is_the_pipeline_around_the_deal() {
        assertThat(of(Deals.aged(1), Kind.MARKET).text())
                .isEqualTo(
                        "It is worth as much as or more than 87.5% of the active deals, and 12 are in its stage. Of the deals"
                                + " closed here, 32.5% were won, after 41.5 days on average.");
        assertThat(of(Deals.aged(1).unranked().inNewWorkspace(), Kind.MARKET).text())
                .isEqualTo(
                        "The pipeline holds 40 active deals worth 1,234,567.89 EUR. No deal has been closed here yet.");
    }

    @Test
    void the_figures_of_a_reason_are_facts_however_they_are_written() {
        Deals exposed = Deals.aged(1)
                .with(DealField.VALUE, new BigDecimal("42250.01"))
                .with(DealField.PROBABILITY, new BigDecimal("9.63"));
        InsightFacts facts = exposed.facts();

        assertThat(of(exposed, Kind.RISK).text()).contains("A value of 42,250.01 is 4.2 times the usual 10,000");
        assertThat(check.fault(RuleAnalyst.analyse(facts), facts)).isEmpty();
    }

    @Property(tries = 500)
    void whatever_is_known_the_analyst_stands_its_own_check(@ForAll("deals") Deals deal) {
        InsightFacts facts = deal.facts();

        assertThat(check.fault(RuleAnalyst.analyse(facts), facts))
                .as(() -> RuleAnalyst.analyse(facts).toString())
                .isEmpty();
    }

    @Property(tries = 200)
    void nothing_that_somebody_wrote_is_repeated(@ForAll("deals") Deals deal) {
        InsightFacts facts = deal.with(DealField.NAME, "Zanzibar xylophone")
                .with(DealField.CONTACT_NAME, "Quentin Zephyr")
                .saying("Zanzibar xylophone")
                .facts();

        assertThat(RuleAnalyst.analyse(facts))
                .allSatisfy(insight -> assertThat(insight.title() + insight.text())
                        .doesNotContainIgnoringCase("zanzibar")
                        .doesNotContainIgnoringCase("xylophone")
                        .doesNotContain("Zephyr"));
    }

    @Provide
    Arbitrary<Deals> deals() {
        Arbitrary<Integer> ages = Arbitraries.integers().between(0, 400);
        Arbitrary<Integer> maybe = Arbitraries.integers().between(-100, 100);
        Arbitrary<BigDecimal> values = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("99999999"))
                .ofScale(2)
                .injectNull(0.2);
        Arbitrary<BigDecimal> probabilities = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("100"))
                .ofScale(2);
        return Combinators.combine(
                        ages,
                        maybe.injectNull(0.3),
                        maybe.injectNull(0.3),
                        values,
                        probabilities,
                        Arbitraries.of(Stage.class),
                        Arbitraries.of("pipeline-v1", "atom-v1"),
                        Arbitraries.integers().between(0, 7))
                .as((age, engaged, closing, value, probability, stage, profile, bits) -> {
                    Deals deal = Deals.aged(age)
                            .judgedBy(profile)
                            .with(DealField.VALUE, value)
                            .with(DealField.PROBABILITY, probability)
                            .with(DealField.STAGE, stage);
                    if (engaged != null) {
                        deal.engaged(Math.abs(engaged));
                    }
                    if (closing != null) {
                        deal.closing(closing);
                    }
                    if ((bits & 1) == 0) {
                        deal.with(DealField.CONTACT_EMAIL, null);
                    }
                    if ((bits & 2) == 0 || stage.closed()) {
                        deal.unranked();
                    }
                    return (bits & 4) == 0 ? deal.inNewWorkspace() : deal;
                });
    }
}
