package io.tributary.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.deal.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple.Tuple2;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CounterDeltasTest {

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private final CounterDeltas deltas = new CounterDeltas();

    @Test
    void a_new_deal_counts_in_its_stage_and_in_three_bins() {
        deltas.change(null, deal(Stage.PROPOSAL, "37.5", "12345.67", "12345.67"));
        assertThat(deltas.stageDeltas())
                .containsExactly(new StageDelta(
                        Stage.PROPOSAL, 1, new BigDecimal("12345.67"), new BigDecimal("4629.626250"), 0));
        assertThat(deltas.histogramDeltas())
                .containsExactly(bin(0, "12345.67", 1), bin(1, "12300.00", 1), bin(2, "10000.00", 1));
        assertThat(deltas.unconvertedDeltas()).isEmpty();
        assertThat(deltas.activeDeals()).isEqualTo(1);
    }

    @Test
    void a_deal_without_value_counts_but_adds_nothing() {
        deltas.change(null, deal(Stage.DISCOVERY, "50", null, null));
        assertThat(deltas.stageDeltas()).singleElement().satisfies(delta -> {
            assertThat(delta.deals()).isEqualTo(1);
            assertThat(delta.baseSum()).isZero();
            assertThat(delta.weighted()).isZero();
        });
        assertThat(deltas.histogramDeltas()).isEmpty();
        assertThat(deltas.unconvertedDeltas()).isEmpty();
        assertThat(deltas.activeDeals()).isEqualTo(1);
    }

    @Test
    void an_active_value_without_a_rate_counts_by_currency_in_the_order_of_the_alphabet() {
        deltas.change(
                null,
                new CountedDeal(
                        Stage.DISCOVERY,
                        percent("50"),
                        null,
                        "SEK",
                        money("10.00"),
                        CREATED,
                        CREATED,
                        "api",
                        null,
                        null));
        deltas.change(
                null,
                new CountedDeal(
                        Stage.DISCOVERY,
                        percent("50"),
                        null,
                        "CHF",
                        money("1.50"),
                        CREATED,
                        CREATED,
                        "api",
                        null,
                        null));
        deltas.change(
                null,
                new CountedDeal(
                        Stage.PROPOSAL,
                        percent("50"),
                        null,
                        "SEK",
                        money("5.00"),
                        CREATED,
                        CREATED,
                        "api",
                        null,
                        null));
        deltas.change(
                null,
                new CountedDeal(
                        Stage.CLOSED_LOST,
                        percent("0"),
                        null,
                        "NOK",
                        money("9.00"),
                        CREATED,
                        CREATED,
                        "api",
                        null,
                        null));
        assertThat(deltas.unconvertedDeltas())
                .containsExactly(
                        new UnconvertedDelta("CHF", 1, money("1.50")), new UnconvertedDelta("SEK", 2, money("15.00")));
        assertThat(deltas.histogramDeltas()).isEmpty();
    }

    @Test
    void a_deal_is_tallied_by_its_month_and_once_decided_by_its_outcome() {
        CountedDeal open = closing(Stage.NEGOTIATION, "80", null);
        CountedDeal lost = closing(Stage.CLOSED_LOST, "0", "Price");

        deltas.change(null, open);
        assertThat(deltas.tallyDeltas())
                .containsExactly(new TallyDelta(
                        "close_month", "2026-09", 1, money("500.00"), new BigDecimal("400.000000"), money("500.00")));
        deltas.change(open, lost);
        assertThat(deltas.tallyDeltas())
                .containsExactly(
                        new TallyDelta(
                                "lost_reason", "Price", 1, money("500.00"), new BigDecimal("0.000000"), money("0.00")),
                        new TallyDelta(
                                "outcome",
                                "closed_lost/api",
                                1,
                                money("500.00"),
                                new BigDecimal("0.000000"),
                                money("0.00")));
        deltas.change(lost, null);
        assertThat(deltas.tallyDeltas()).isEmpty();
    }

    private static CountedDeal closing(Stage stage, String percent, @Nullable String reason) {
        return new CountedDeal(
                stage,
                percent(percent),
                money("500.00"),
                "USD",
                money("500.00"),
                CREATED,
                CREATED,
                "api",
                LocalDate.of(2026, 9, 30),
                reason);
    }

    @Test
    void winning_a_deal_moves_it_out_of_the_histogram_and_takes_its_time() {
        CountedDeal open = deal(Stage.NEGOTIATION, "80", "500.00", "500.00");
        CountedDeal won = new CountedDeal(
                Stage.CLOSED_WON,
                percent("100"),
                money("500.00"),
                "USD",
                money("500.00"),
                CREATED,
                CREATED.plusSeconds(90),
                "api",
                null,
                null);
        deltas.change(open, won);
        assertThat(deltas.stageDeltas())
                .containsExactly(
                        new StageDelta(Stage.NEGOTIATION, -1, money("-500.00"), new BigDecimal("-400.000000"), 0),
                        new StageDelta(Stage.CLOSED_WON, 1, money("500.00"), new BigDecimal("500.000000"), 90));
        assertThat(deltas.histogramDeltas())
                .containsExactly(bin(0, "500.00", -1), bin(1, "500.00", -1), bin(2, "500.00", -1));
        assertThat(deltas.activeDeals()).isEqualTo(-1);
    }

    @Test
    void values_that_leave_a_bin_for_its_neighbour_within_a_coarse_bin_leave_no_coarse_trace() {
        deltas.change(deal(Stage.PROPOSAL, "50", "10100.00", null), deal(Stage.PROPOSAL, "50", "10200.00", null));
        assertThat(deltas.histogramDeltas())
                .containsExactly(
                        bin(0, "10100.00", -1), bin(0, "10200.00", 1), bin(1, "10100.00", -1), bin(1, "10200.00", 1));
        assertThat(deltas.activeDeals()).isZero();
    }

    @Test
    void a_changed_probability_moves_the_weighted_sum_alone() {
        deltas.change(deal(Stage.PROPOSAL, "50", "100.00", null), deal(Stage.PROPOSAL, "60", "100.00", null));
        assertThat(deltas.stageDeltas()).singleElement().satisfies(delta -> {
            assertThat(delta.deals()).isZero();
            assertThat(delta.baseSum()).isZero();
            assertThat(delta.weighted()).isEqualByComparingTo("10");
        });
        assertThat(deltas.histogramDeltas()).isEmpty();
        assertThat(deltas.isEmpty()).isFalse();
    }

    @Test
    void the_same_amount_written_otherwise_is_one_value() {
        deltas.change(null, deal(Stage.PROPOSAL, "50", "100", null));
        deltas.change(null, deal(Stage.PROPOSAL, "50", "100.00", null));
        assertThat(deltas.histogramDeltas()).first().isEqualTo(bin(0, "100.00", 2));
    }

    @Property
    void there_and_back_is_nothing(
            @ForAll("deals") @Nullable CountedDeal before, @ForAll("deals") @Nullable CountedDeal after) {
        CounterDeltas both = new CounterDeltas();
        both.change(before, after);
        both.change(after, before);
        assertThat(both.isEmpty()).isTrue();
        assertThat(both.histogramDeltas()).isEmpty();
        assertThat(both.stageDeltas()).isEmpty();
        assertThat(both.unconvertedDeltas()).isEmpty();
    }

    @Property
    void steps_on_the_way_do_not_matter(@ForAll("histories") List<CountedDeal> history) {
        CounterDeltas steps = new CounterDeltas();
        CountedDeal last = null;
        for (CountedDeal next : history) {
            steps.change(last, next);
            last = next;
        }
        CounterDeltas leap = new CounterDeltas();
        leap.change(null, last);
        assertSame(steps, leap);
    }

    @Property
    void the_order_of_changes_does_not_matter(@ForAll("changes") List<Tuple2<CountedDeal, CountedDeal>> changes) {
        CounterDeltas forwards = new CounterDeltas();
        changes.forEach(change -> forwards.change(change.get1(), change.get2()));
        Collections.reverse(changes);
        CounterDeltas backwards = new CounterDeltas();
        changes.forEach(change -> backwards.change(change.get1(), change.get2()));
        assertSame(forwards, backwards);
    }

    @Property
    void each_list_is_sorted_and_every_level_counts_the_same_deals(@ForAll("histories") List<CountedDeal> deals) {
        CounterDeltas batch = new CounterDeltas();
        deals.forEach(deal -> batch.change(null, deal));
        assertThat(batch.stageDeltas()).isSortedAccordingTo(Comparator.comparing(StageDelta::stage));
        assertThat(batch.unconvertedDeltas()).isSortedAccordingTo(Comparator.comparing(UnconvertedDelta::currency));
        assertThat(batch.histogramDeltas())
                .isSortedAccordingTo(
                        Comparator.comparingInt(HistogramDelta::level).thenComparing(HistogramDelta::floor));
        long valued = deals.stream()
                .filter(deal -> !deal.stage().closed() && deal.baseValue() != null)
                .count();
        for (int level = HistogramDelta.EXACT; level <= HistogramDelta.COARSE; level++) {
            assertThat(dealsAt(batch, level)).isEqualTo(valued);
        }
        assertThat(batch.stageDeltas().stream().mapToLong(StageDelta::deals).sum())
                .isEqualTo(deals.size());
    }

    private static long dealsAt(CounterDeltas batch, int level) {
        return batch.histogramDeltas().stream()
                .filter(delta -> delta.level() == level)
                .mapToLong(HistogramDelta::deals)
                .sum();
    }

    private static void assertSame(CounterDeltas one, CounterDeltas other) {
        assertThat(one.activeDeals()).isEqualTo(other.activeDeals());
        assertThat(one.histogramDeltas()).isEqualTo(other.histogramDeltas());
        assertThat(one.stageDeltas()).isEqualTo(other.stageDeltas());
        assertThat(one.unconvertedDeltas()).isEqualTo(other.unconvertedDeltas());
    }

    @Provide
    Arbitrary<CountedDeal> deals() {
        return counted().injectNull(0.2);
    }

    @Provide
    Arbitrary<List<CountedDeal>> histories() {
        return counted().list().ofMinSize(1).ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<Tuple2<CountedDeal, CountedDeal>>> changes() {
        return deals().tuple2().list().ofMaxSize(10);
    }

    private static Arbitrary<CountedDeal> counted() {
        Arbitrary<BigDecimal> amounts =
                Arbitraries.longs().between(0, 2_000_000).map(cents -> BigDecimal.valueOf(cents, 2));
        return Combinators.combine(
                        Arbitraries.of(Stage.class),
                        Arbitraries.longs().between(0, 10_000).map(hundredths -> BigDecimal.valueOf(hundredths, 2)),
                        amounts.injectNull(0.3),
                        Arbitraries.of("USD", "EUR", "JPY"),
                        amounts.injectNull(0.3),
                        Arbitraries.longs().between(0, 10_000_000))
                .as((stage, probability, base, currency, value, seconds) -> new CountedDeal(
                        stage,
                        probability,
                        base,
                        currency,
                        value,
                        CREATED,
                        CREATED.plusSeconds(seconds),
                        "api",
                        seconds % 2 == 0 ? null : LocalDate.of(2026, 1 + (int) (seconds % 12), 1),
                        null));
    }

    private static CountedDeal deal(Stage stage, String percent, @Nullable String base, @Nullable String value) {
        return new CountedDeal(
                stage,
                percent(percent),
                base == null ? null : money(base),
                "USD",
                value == null ? null : money(value),
                CREATED,
                CREATED,
                "api",
                null,
                null);
    }

    private static HistogramDelta bin(int level, String floor, long deals) {
        return new HistogramDelta(level, money(floor), deals);
    }

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount);
    }

    private static BigDecimal percent(String amount) {
        return new BigDecimal(amount);
    }
}
