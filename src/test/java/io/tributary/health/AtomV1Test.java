package io.tributary.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.deal.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AtomV1Test {

    private static final Instant NOW = Instant.parse("2026-05-20T12:00:00Z");

    private final HealthProfile profile = new AtomV1();

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            # in stage | since engagement | value    | probability | score | risk   | factors
            PT0S       , PT0S             , 5000.00  , 50          , 70.0  , low    , ''
            P14D       , P7D              , 10000.00 , 29          , 70.0  , low    , ''
            P13D       , P6D              , 10000.01 , 30          , 70.0  , low    , ''
            P14DT1S    , PT0S             , none     , 50          , 55.0  , medium , velocity
            PT0S       , P7DT1S           , none     , 50          , 50.0  , medium , engagement
            PT0S       , none             , none     , 50          , 40.0  , medium , engagement
            PT0S       , PT0S             , 10000.01 , 29.99       , 60.0  , medium , value
            PT0S       , PT0S             , none     , 0           , 70.0  , low    , ''
            PT0S       , none             , 50000.00 , 10          , 30.0  , high   , engagement value
            P20D       , P9D              , 10.00    , 50          , 35.0  , high   , velocity engagement
            P20D       , P9D              , 50000.00 , 10          , 25.0  , high   , velocity engagement value
            P20D       , none             , 50000.00 , 10          , 15.0  , high   , velocity engagement value
            P-3D       , P-3D             , none     , 50          , 70.0  , low    , ''
            """)
    void judges_by_its_rules(
            Duration inStage,
            @Nullable Duration sinceEngagement,
            @Nullable BigDecimal value,
            BigDecimal probability,
            BigDecimal score,
            String risk,
            String factors) {
        Health health = profile.score(facts(Stage.PROPOSAL, inStage, sinceEngagement, value, probability), NOW);
        assertThat(health.score()).isEqualTo(score);
        assertThat(health.riskLevel()).isEqualTo(risk);
        assertThat(health.profile()).isEqualTo("atom-v1");
        assertThat(health.base()).isEqualTo(new BigDecimal("70.0"));
        assertThat(String.join(
                        " ",
                        health.contributions().stream()
                                .map(Contribution::factor)
                                .toList()))
                .isEqualTo(factors);
    }

    @Test
    void names_the_evidence_with_its_figures() {
        HealthFacts facts = facts(
                Stage.NEGOTIATION,
                Duration.ofDays(20),
                Duration.ofDays(9),
                new BigDecimal("50000.00"),
                new BigDecimal("12.50"));
        assertThat(profile.score(facts, NOW).contributions())
                .containsExactly(
                        new Contribution(
                                "velocity",
                                new BigDecimal("-15.0"),
                                "In stage negotiation for 20 days, since 2026-04-30; the limit is 14 days.",
                                List.of("stage", "stage_entered_at")),
                        new Contribution(
                                "engagement",
                                new BigDecimal("-20.0"),
                                "The last engagement was 9 days ago, on 2026-05-11; the limit is 7 days.",
                                List.of("last_engagement_at")),
                        new Contribution(
                                "value",
                                new BigDecimal("-10.0"),
                                "A value of 50000.00 is over 10000 while the probability of 12.5% is under 30%.",
                                List.of("value", "probability")));
    }

    @Test
    void says_so_when_a_limit_was_only_just_passed() {
        HealthFacts facts =
                facts(Stage.DISCOVERY, Duration.ofDays(14).plusSeconds(1), null, null, new BigDecimal("50"));
        assertThat(profile.score(facts, NOW).contributions())
                .extracting(Contribution::reason)
                .containsExactly(
                        "In stage discovery for just over 14 days, since 2026-05-06; the limit is 14 days.",
                        "No engagement is recorded.");
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void judges_every_stage_alike(Stage stage) {
        HealthFacts facts = facts(stage, Duration.ofDays(15), null, new BigDecimal("20000"), BigDecimal.ZERO);
        assertThat(profile.score(facts, NOW).score()).isEqualTo("15.0");
    }

    @Property
    void the_score_is_the_base_and_all_points_within_its_range(@ForAll("facts") HealthFacts facts) {
        Health health = profile.score(facts, NOW);
        BigDecimal sum =
                health.contributions().stream().map(Contribution::points).reduce(health.base(), BigDecimal::add);
        assertThat(health.score()).isEqualByComparingTo(sum).isBetween(BigDecimal.ZERO, new BigDecimal("100"));
        assertThat(health.score().scale()).isOne();
        assertThat(health.contributions()).allSatisfy(contribution -> {
            assertThat(contribution.points().signum()).isNotZero();
            assertThat(contribution.points().scale()).isOne();
            assertThat(contribution.reason()).endsWith(".");
        });
    }

    @Property
    void a_deal_never_gets_healthier_by_waiting(@ForAll("facts") HealthFacts facts, @ForAll("spans") Duration wait) {
        assertThat(profile.score(facts, NOW.plus(wait.abs())).score())
                .isLessThanOrEqualTo(profile.score(facts, NOW).score());
    }

    @Property
    void engagement_never_harms(@ForAll("facts") HealthFacts facts, @ForAll("spans") Duration ago) {
        Instant engaged = NOW.minus(ago.abs());
        Instant last = facts.lastEngagementAt();
        Instant latest = last == null || engaged.isAfter(last) ? engaged : last;
        HealthFacts after = Facts.of(facts.stage(), facts.value(), facts.probability(), facts.stageEnteredAt(), latest);
        assertThat(score(after)).isGreaterThanOrEqualTo(score(facts));
    }

    @Property
    void a_higher_probability_never_harms(@ForAll("facts") HealthFacts facts, @ForAll("percents") BigDecimal other) {
        HealthFacts likelier = Facts.of(
                facts.stage(),
                facts.value(),
                facts.probability().max(other),
                facts.stageEnteredAt(),
                facts.lastEngagementAt());
        assertThat(score(likelier)).isGreaterThanOrEqualTo(score(facts));
    }

    @Property
    void a_higher_value_never_helps(@ForAll("facts") HealthFacts facts, @ForAll("values") BigDecimal other) {
        BigDecimal value = facts.value();
        HealthFacts larger = Facts.of(
                facts.stage(),
                value == null ? other : value.max(other),
                facts.probability(),
                facts.stageEnteredAt(),
                facts.lastEngagementAt());
        assertThat(score(larger)).isLessThanOrEqualTo(score(facts));
    }

    private BigDecimal score(HealthFacts facts) {
        return profile.score(facts, NOW).score();
    }

    private static HealthFacts facts(
            Stage stage,
            Duration inStage,
            @Nullable Duration sinceEngagement,
            @Nullable BigDecimal value,
            BigDecimal probability) {
        Instant engaged = sinceEngagement == null ? null : NOW.minus(sinceEngagement);
        return Facts.of(stage, value, probability, NOW.minus(inStage), engaged);
    }

    @Provide
    Arbitrary<HealthFacts> facts() {
        return Combinators.combine(
                        Arbitraries.of(Stage.class),
                        spans(),
                        spans().injectNull(0.2),
                        values().injectNull(0.2),
                        percents())
                .as(AtomV1Test::facts);
    }

    @Provide
    Arbitrary<Duration> spans() {
        return Arbitraries.longs()
                .between(-5 * 86_400L, 40 * 86_400L)
                .edgeCases(config -> config.add(7 * 86_400L, 7 * 86_400L + 1, 14 * 86_400L, 14 * 86_400L + 1))
                .map(Duration::ofSeconds);
    }

    @Provide
    Arbitrary<BigDecimal> values() {
        return Arbitraries.longs().between(0, 3_000_000).map(cents -> BigDecimal.valueOf(cents, 2));
    }

    @Provide
    Arbitrary<BigDecimal> percents() {
        return Arbitraries.longs().between(0, 10_000).map(hundredths -> BigDecimal.valueOf(hundredths, 2));
    }
}
