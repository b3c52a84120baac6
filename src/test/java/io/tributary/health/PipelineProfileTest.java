package io.tributary.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.FieldOrigin;
import io.tributary.deal.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineProfileTest {
    private static final Instant NOW = Instant.parse("2026-05-20T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-05-20");
    private static final Norms NORMS = new Norms(
            Map.of(Stage.DISCOVERY, Duration.ofDays(5), Stage.PROPOSAL, Duration.ofDays(30)), new BigDecimal("20000"));

    private final HealthProfile profile = HealthProfiles.byName("pipeline-v1").orElseThrow();

    @Test
    void a_fresh_and_complete_deal_is_not_at_risk() {
        HealthFacts facts = Facts.since(NOW)
                .worth(new BigDecimal("50000"))
                .closing(TODAY.plusDays(60))
                .stating(DealField.COMPANY, DealField.CONTACT_EMAIL, DealField.CONTACT_NAME)
                .facts();

        assertThat(health(facts).score()).isEqualTo("84.0");
        assertThat(health(facts).riskLevel()).isEqualTo("low");
    }

    @Test
    void what_is_unknown_costs_no_points_and_lowers_the_confidence() {
        Health sparse = health(Facts.since(NOW).facts());

        assertThat(sparse.score()).isEqualTo("76.0");
        assertThat(sparse.contributions()).extracting(Contribution::factor).containsExactly("velocity");
        assertThat(sparse.unknown())
                .containsExactly(
                        "engagement", "trend", "likelihood", "exposure", "close_date", "next_step", "completeness");
        assertThat(sparse.confidence()).isLessThan(new BigDecimal("0.30"));
    }

    @Test
    void everything_going_wrong_is_nothing_left_and_everything_right_is_all() {
        HealthFacts worst = Facts.since(NOW.minus(Duration.ofDays(200)))
                .worth(new BigDecimal("900000"))
                .likely(BigDecimal.ONE)
                .engagedAt(NOW.minus(Duration.ofDays(90)))
                .engagements(0, 9)
                .closing(TODAY.minusDays(90))
                .pushed(5)
                .facts();
        HealthFacts best = Facts.since(NOW)
                .worth(new BigDecimal("5000"))
                .likely(new BigDecimal("95"))
                .engagedAt(NOW)
                .engagements(6, 1)
                .closing(TODAY.plusDays(9))
                .next("Send the contract")
                .stating(DealField.COMPANY, DealField.CONTACT_EMAIL, DealField.CONTACT_NAME)
                .facts();

        assertThat(health(worst).score()).isEqualTo("0.0");
        assertThat(health(worst).riskLevel()).isEqualTo("high");
        assertThat(health(best).score()).isEqualTo("100.0");
        assertThat(health(best).confidence()).isEqualTo("1.00");
        assertThat(health(best).improvements()).isEmpty();
    }

    @Test
    void a_stage_is_measured_by_what_deals_won_here_took() {
        HealthFacts facts = Facts.since(NOW.minus(Duration.ofDays(30))).facts();

        assertThat(profile.score(facts, NOW).contributions())
                .extracting(Contribution::reason)
                .containsExactly("In stage proposal for 30 days, since 2026-04-20; usual are 21 days.");
        assertThat(health(facts).contributions()).isEmpty();
        assertThat(health(Facts.since(NOW.minus(Duration.ofDays(60))).facts()).contributions())
                .extracting(Contribution::reason)
                .containsExactly("In stage proposal for 60 days, since 2026-03-21; deals won here took 30 days.");
    }

    @Test
    void each_reason_has_its_figures_and_its_fields() {
        HealthFacts facts = Facts.since(NOW)
                .worth(new BigDecimal("100000.00"))
                .likely(new BigDecimal("10.00"))
                .engagedAt(NOW.minus(Duration.ofDays(30)))
                .engagements(1, 4)
                .closing(TODAY.minusDays(3))
                .pushed(2)
                .next("Call  on\nMonday.")
                .facts();

        assertThat(health(facts).contributions())
                .containsExactly(
                        part(
                                "velocity",
                                "6.0",
                                "In stage proposal for less than a day, since 2026-05-20; "
                                        + "deals won here took 30 days.",
                                "stage",
                                "stage_entered_at"),
                        part(
                                "engagement",
                                "-25.0",
                                "The last engagement was 30 days ago, on 2026-04-20.",
                                "last_engagement_at"),
                        part(
                                "trend",
                                "-8.0",
                                "1 engagement in the last 14 days, after 4 in the 14 days before.",
                                "last_engagement_at"),
                        part("likelihood", "-8.0", "The probability is 10 %.", "probability"),
                        part(
                                "exposure",
                                "-8.7",
                                "A value of 100,000 is 5 times the usual 20,000, at a probability " + "of only 10 %.",
                                "value",
                                "probability"),
                        part(
                                "close_date",
                                "-7.3",
                                "The expected close date 2026-05-17 passed 3 days ago.",
                                "expected_close_date"),
                        part(
                                "pushes",
                                "-8.0",
                                "The close date was moved to a later day 2 times.",
                                "expected_close_date"),
                        part("next_step", "4.0", "The next step is named: Call on Monday.", "source_metadata"),
                        part(
                                "completeness",
                                "3.5",
                                "What is stated: value, expected close date.",
                                "value",
                                "expected_close_date"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"CLOSED_WON", "CLOSED_LOST"})
    void a_closed_deal_is_not_judged(Stage closed) {
        HealthFacts facts = Facts.since(NOW.minus(Duration.ofDays(400)))
                .in(closed)
                .likely(BigDecimal.ZERO)
                .facts();

        assertThat(health(facts).score()).isEqualTo("70.0");
        assertThat(health(facts).contributions()).isEmpty();
        assertThat(health(facts).improvements()).isEmpty();
    }

    @Test
    void what_would_raise_the_score_is_named_the_most_first() {
        HealthFacts facts = Facts.since(NOW.minus(Duration.ofDays(45)))
                .engagedAt(NOW.minus(Duration.ofDays(30)))
                .facts();

        assertThat(health(facts).improvements())
                .extracting(improvement -> improvement.points() + " " + improvement.factor())
                .startsWith("37.0 engagement", "12.2 velocity", "4.0 next_step", "2.0 completeness");
    }

    @Property
    void a_score_is_its_base_and_its_points_within_the_range(@ForAll("deals") Facts deal) {
        Health health = health(deal.facts());
        BigDecimal sum =
                health.contributions().stream().map(Contribution::points).reduce(health.base(), BigDecimal::add);

        assertThat(health.score()).isEqualTo(sum.max(new BigDecimal("0.0")).min(new BigDecimal("100.0")));
        assertThat(health.confidence()).isBetween(BigDecimal.ZERO, BigDecimal.ONE);
        assertThat(health.contributions()).allSatisfy(contribution -> {
            assertThat(contribution.points().signum()).isNotZero();
            assertThat(contribution.reason()).endsWith(".");
            assertThat(contribution.evidence()).isNotEmpty();
        });
    }

    @Property
    void the_figure_alone_is_the_score(@ForAll("deals") Facts deal) {
        assertThat(profile.figure(deal.facts(), NORMS, NOW))
                .isEqualTo(health(deal.facts()).score());
    }

    @Property
    void a_deal_never_gets_healthier_by_waiting(@ForAll("deals") Facts deal, @ForAll @IntRange(max = 4000) int hours) {
        assertThat(profile.figure(deal.facts(), NORMS, NOW.plus(Duration.ofHours(hours))))
                .isLessThanOrEqualTo(score(deal));
    }

    @Property
    void nothing_that_happens_to_a_deal_is_not_good_news(
            @ForAll("recordedDeals") Deal deal,
            @ForAll @IntRange(max = 90) int one,
            @ForAll @IntRange(max = 90) int other) {
        Instant earlier = NOW.plus(Duration.ofDays(Math.min(one, other)));
        Instant later = NOW.plus(Duration.ofDays(Math.max(one, other)));

        assertThat(profile.figure(HealthFacts.of(deal, later), NORMS, later))
                .isLessThanOrEqualTo(profile.figure(HealthFacts.of(deal, earlier), NORMS, earlier));
    }

    @Property
    void an_engagement_today_never_harms_a_deal_that_was_engaged(
            @ForAll("recordedDeals") Deal deal, @ForAll @IntRange(max = 90) int silent) {
        Instant then = NOW.plus(Duration.ofDays(silent));
        Deal engaged = deal.copy();
        engaged.engage(then);
        Assume.that(!deal.engagedOn.isEmpty());

        assertThat(profile.figure(HealthFacts.of(engaged, then), NORMS, then))
                .isGreaterThanOrEqualTo(profile.figure(HealthFacts.of(deal, then), NORMS, then));
    }

    @Test
    void a_trend_that_fell_stays_fallen_until_somebody_is_in_touch() {
        Deal deal = deal();
        for (int day : List.of(20, 10, 9, 8)) {
            deal.engage(NOW.minus(Duration.ofDays(day)));
        }

        assertThat(trend(deal, NOW)).isEqualTo("3 engagements in the last 14 days, after 1 in the 14 days before.");
        assertThat(trend(deal, NOW.plus(Duration.ofDays(6))))
                .isEqualTo("0 engagements in the last 14 days, after 4 in the 14 days before.");
        assertThat(trend(deal, NOW.plus(Duration.ofDays(60))))
                .isEqualTo(
                        "0 engagements in the 14 days to 2026-05-27, after 4 in the 14 days before, and none since.");
        deal.engage(NOW.plus(Duration.ofDays(60)));
        assertThat(trend(deal, NOW.plus(Duration.ofDays(60))))
                .isEqualTo("1 engagement in the last 14 days, after 0 in the 14 days before.");
    }

    private String trend(Deal deal, Instant at) {
        return profile.score(HealthFacts.of(deal, at), NORMS, at).contributions().stream()
                .filter(contribution -> contribution.factor().equals("trend"))
                .map(Contribution::reason)
                .findFirst()
                .orElse("");
    }

    @Test
    void a_value_without_a_probability_says_nothing_of_the_exposure() {
        Health health = health(Facts.since(NOW).worth(new BigDecimal("50000")).facts());

        assertThat(health.unknown()).contains("likelihood", "exposure");
    }

    @Property
    void a_later_engagement_never_harms_an_engaged_deal(
            @ForAll("deals") Facts deal, @ForAll @IntRange(max = 400) int one, @ForAll @IntRange(max = 400) int other) {
        BigDecimal earlier = score(deal.engagedAt(NOW.minus(Duration.ofDays(Math.max(one, other)))));
        BigDecimal later = score(deal.engagedAt(NOW.minus(Duration.ofDays(Math.min(one, other)))));

        assertThat(later).isGreaterThanOrEqualTo(earlier);
    }

    @Property
    void a_higher_probability_never_harms(
            @ForAll("deals") Facts deal, @ForAll("percents") BigDecimal one, @ForAll("percents") BigDecimal other) {
        assertThat(score(deal.likely(one.max(other)))).isGreaterThanOrEqualTo(score(deal.likely(one.min(other))));
    }

    @Property
    void another_push_never_helps(@ForAll("deals") Facts deal, @ForAll @IntRange(max = 9) int pushes) {
        assertThat(score(deal.pushed(pushes + 1))).isLessThanOrEqualTo(score(deal.pushed(pushes)));
    }

    @Property
    void naming_the_next_step_never_harms(@ForAll("deals") Facts deal) {
        assertThat(score(deal.next("Call"))).isGreaterThanOrEqualTo(score(deal.next(null)));
    }

    @Property
    void a_later_close_date_never_harms(
            @ForAll("deals") Facts deal, @ForAll @IntRange(min = -400, max = 400) int days) {
        assertThat(score(deal.closing(TODAY.plusDays(days + 1L))))
                .isGreaterThanOrEqualTo(score(deal.closing(TODAY.plusDays(days))));
    }

    @Property
    void more_engagements_lately_never_harm_and_more_before_never_help(
            @ForAll("deals") Facts deal,
            @ForAll @IntRange(max = 20) int lately,
            @ForAll @IntRange(max = 20) int before) {
        BigDecimal score = score(deal.engagements(lately, before));

        assertThat(score(deal.engagements(lately + 1, before))).isGreaterThanOrEqualTo(score);
        assertThat(score(deal.engagements(lately, before + 1))).isLessThanOrEqualTo(score);
    }

    @Property
    void more_at_stake_never_helps(
            @ForAll("deals") Facts deal, @ForAll("amounts") BigDecimal one, @ForAll("amounts") BigDecimal other) {
        assertThat(score(deal.worth(one.max(other)))).isLessThanOrEqualTo(score(deal.worth(one.min(other))));
    }

    @Property
    void stating_another_field_never_harms_and_never_lowers_the_confidence(
            @ForAll("deals") Facts deal, @ForAll DealField field) {
        // A probability that is stated counts as what it is; how is another property.
        Assume.that(field != DealField.PROBABILITY);
        Health before = health(deal.facts());
        Health after = health(deal.stating(field).facts());

        assertThat(after.score()).isGreaterThanOrEqualTo(before.score());
        assertThat(after.confidence()).isGreaterThanOrEqualTo(before.confidence());
    }

    @Property
    void a_workspace_that_takes_longer_is_more_patient(
            @ForAll("deals") Facts deal, @ForAll @IntRange(min = 1, max = 90) int days) {
        assertThat(profile.figure(deal.facts(), taking(days + 1), NOW))
                .isGreaterThanOrEqualTo(profile.figure(deal.facts(), taking(days), NOW));
    }

    private static Norms taking(int days) {
        Map<Stage, Duration> all = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            all.put(stage, Duration.ofDays(days));
        }
        return new Norms(all, new BigDecimal("20000"));
    }

    @Property(tries = 100)
    void the_same_facts_have_the_same_score_whatever_was_scored_before(@ForAll List<@From("deals") Facts> deals) {
        List<Health> once = deals.stream().map(deal -> health(deal.facts())).toList();
        List<Health> again = new ArrayList<>();
        for (int i = deals.size() - 1; i >= 0; i--) {
            again.add(0, health(deals.get(i).facts()));
        }

        assertThat(again).isEqualTo(once);
    }

    @Property
    void what_is_not_recorded_is_told_and_neither_helps_nor_harms(@ForAll("deals") Facts deal) {
        Health health = health(deal.facts());

        assertThat(health.contributions())
                .noneMatch(contribution -> health.unknown().contains(contribution.factor()));
    }

    @Property
    void what_the_advice_promises_is_reached_by_following_it(@ForAll("deals") Facts deal) {
        Health before = health(deal.facts());
        before.improvements().stream()
                .filter(improvement -> improvement.factor().equals("engagement"))
                .forEach(engage -> {
                    BigDecimal raw = before.base()
                            .add(before.contributions().stream()
                                    .map(Contribution::points)
                                    .reduce(BigDecimal.ZERO, BigDecimal::add));
                    Health after = health(deal.engagedAt(NOW).facts());
                    BigDecimal reached = after.base()
                            .add(after.contributions().stream()
                                    .map(Contribution::points)
                                    .reduce(BigDecimal.ZERO, BigDecimal::add));
                    assertThat(reached).isEqualTo(raw.add(engage.points()));
                });
    }

    private Health health(HealthFacts facts) {
        return profile.score(facts, NORMS, NOW);
    }

    private BigDecimal score(Facts deal) {
        return health(deal.facts()).score();
    }

    private static Contribution part(String factor, String points, String reason, String... evidence) {
        return new Contribution(factor, new BigDecimal(points), reason, List.of(evidence));
    }

    @Provide
    Arbitrary<Facts> deals() {
        Arbitrary<@Nullable Integer> daysAgo =
                Arbitraries.integers().between(0, 200).injectNull(0.3);
        return Combinators.combine(
                        Arbitraries.of(Stage.class),
                        Arbitraries.integers().between(0, 200),
                        daysAgo,
                        Arbitraries.longs().between(0, 90_000_000).injectNull(0.3),
                        percents().injectNull(0.3),
                        Arbitraries.integers().between(-200, 200).injectNull(0.3),
                        talks(),
                        Arbitraries.of(DealField.class).set())
                .as((stage, inStage, engaged, cents, percent, closing, talks, stated) -> Facts.since(
                                NOW.minus(Duration.ofDays(inStage)))
                        .in(stage)
                        .engagements(talks.lately(), talks.before())
                        .next(talks.nextStep())
                        .worth(cents == null ? null : BigDecimal.valueOf(cents, 2))
                        .likely(percent)
                        .engagedAt(engaged == null ? null : NOW.minus(Duration.ofDays(engaged)))
                        .closing(
                                closing == null
                                        ? null
                                        : LocalDate.ofInstant(NOW, ZoneOffset.UTC)
                                                .plusDays(closing))
                        .pushed(talks.pushes())
                        .stating(stated.toArray(DealField[]::new)))
                .withoutEdgeCases();
    }

    private record Talks(
            int lately, int before, int pushes, @Nullable String nextStep) {}

    private static Arbitrary<Talks> talks() {
        Arbitrary<Integer> times = Arbitraries.integers().between(0, 6);
        return Combinators.combine(
                        times,
                        times,
                        times,
                        Arbitraries.of("Call", "Send the contract").injectNull(0.5))
                .as(Talks::new);
    }

    private static Deal deal() {
        Deal deal = new Deal(new UUID(1, 2), new FieldOrigin("api", null, null, null, NOW, null));
        deal.set(DealField.NAME, "Fleet renewal", null);
        deal.set(DealField.STAGE, Stage.PROPOSAL, null);
        deal.set(DealField.PROBABILITY, new BigDecimal("20"), null);
        return deal;
    }

    /** Deals as they are kept, with the days on which somebody was in touch. */
    @Provide
    Arbitrary<Deal> recordedDeals() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(0, 60).list().ofMaxSize(12),
                        Arbitraries.longs().between(0, 90_000_000).injectNull(0.3),
                        percents(),
                        Arbitraries.integers().between(-60, 60).injectNull(0.3),
                        Arbitraries.integers().between(0, 6))
                .as((inStage, engaged, cents, percent, closing, pushes) -> {
                    Deal deal = deal();
                    deal.stageEnteredAt = NOW.minus(Duration.ofDays(inStage));
                    engaged.forEach(days -> deal.engage(NOW.minus(Duration.ofDays(days))));
                    deal.set(DealField.VALUE, cents == null ? null : BigDecimal.valueOf(cents, 2), null);
                    deal.set(DealField.PROBABILITY, percent, null);
                    deal.set(DealField.EXPECTED_CLOSE_DATE, closing == null ? null : TODAY.plusDays(closing), null);
                    deal.closeDatePushes = pushes;
                    return deal;
                });
    }

    @Provide
    Arbitrary<BigDecimal> amounts() {
        return Arbitraries.longs().between(0, 90_000_000).map(cents -> BigDecimal.valueOf(cents, 2));
    }

    @Provide
    Arbitrary<BigDecimal> percents() {
        return Arbitraries.longs().between(0, 10_000).map(hundredths -> BigDecimal.valueOf(hundredths, 2));
    }
}
