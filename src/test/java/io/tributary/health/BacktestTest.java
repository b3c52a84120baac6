package io.tributary.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BacktestTest {
    private static final Instant NOW = Instant.parse("2026-05-20T12:00:00Z");

    private final HealthProfile profile = HealthProfiles.byName("pipeline-v1").orElseThrow();

    /** A deal of that probability, in its stage for that many days. */
    private static Backtest.Sample deal(int probability, int days, boolean won) {
        return new Backtest.Sample(
                Facts.since(NOW.minus(Duration.ofDays(days)))
                        .likely(new BigDecimal(probability))
                        .facts(),
                Norms.NONE,
                NOW,
                won);
    }

    @Test
    void an_order_that_is_right_is_one_and_none_is_a_half() {
        assertThat(Backtest.of(profile, List.of(deal(90, 1, true), deal(10, 1, false), deal(20, 1, false)))
                        .auc())
                .isEqualTo(1.0);
        assertThat(Backtest.of(profile, List.of(deal(10, 1, true), deal(90, 1, false)))
                        .auc())
                .isEqualTo(0.0);
        assertThat(Backtest.of(profile, List.of(deal(50, 1, true), deal(50, 1, false)))
                        .auc())
                .isEqualTo(0.5);
        assertThat(Backtest.of(profile, List.of(deal(50, 1, true))).auc()).isNull();
    }

    @Test
    void every_deal_is_in_one_band() {
        Backtest test = Backtest.of(profile, List.of(deal(90, 1, true), deal(90, 1, false), deal(0, 300, false)));

        assertThat(test.bands()).hasSize(10);
        assertThat(test.bands().stream().mapToLong(Backtest.Band::deals).sum()).isEqualTo(3);
        assertThat(test.bands().stream().filter(band -> band.won() == 1))
                .singleElement()
                .satisfies(band -> assertThat(band.winRate()).isEqualByComparingTo("50"));
    }

    @Test
    void a_fit_finds_what_matters_in_the_history_and_its_file_is_a_profile() throws HealthFileException {
        // Probability decides; time in the stage is chance.
        Random random = new Random(7);
        List<Backtest.Sample> samples = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            int probability = random.nextInt(101);
            samples.add(deal(probability, random.nextInt(90), random.nextInt(100) < probability));
        }

        Fit fit = Fit.of(profile, samples).orElseThrow();

        assertThat(fit.multipliers().get("likelihood")).isGreaterThan(0.8);
        assertThat(fit.multipliers().get("velocity")).isLessThan(0.6);
        HealthProfile fitted = HealthFile.parse(profile.fitted("ours-2", fit).orElseThrow());
        assertThat(fitted.name()).isEqualTo("ours-2");
        assertThat(Backtest.of(fitted, samples).auc())
                .isGreaterThan(Backtest.of(profile, samples).auc());
    }

    @Test
    void a_file_without_a_change_is_the_same_profile() throws HealthFileException {
        HealthProfile same =
                HealthFile.parse(profile.fitted("same", new Fit(Map.of())).orElseThrow());

        for (int days = 0; days < 100; days += 7) {
            Backtest.Sample sample = deal(days, days, true);
            assertThat(same.figure(sample.facts(), Norms.NONE, NOW).doubleValue())
                    .isCloseTo(profile.figure(sample.facts(), Norms.NONE, NOW).doubleValue(), within(0.001));
        }
    }

    @Test
    void too_little_history_is_fitted_to_nothing() {
        List<Backtest.Sample> samples = new ArrayList<>();
        for (int i = 0; i < 199; i++) {
            samples.add(deal(50, 1, i < 50));
        }

        assertThat(Fit.of(profile, samples)).isEmpty();
    }
}
