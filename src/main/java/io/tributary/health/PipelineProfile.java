package io.tributary.health;

import io.tributary.deal.DealField;
import io.tributary.deal.Stage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A profile whose figures stand in a file. A deal is measured against what is usual in its own workspace; what is not
 * recorded costs nothing and lowers the confidence instead. A closed deal is not judged.
 */
final class PipelineProfile implements HealthProfile {
    private static final double DAY = 86_400;

    private final Weights weights;

    /**
     * The figures of a profile file.
     *
     * @param velocity points for the time in a stage, as a multiple of the usual
     * @param usualDays what is usual where the workspace has no history
     * @param engagement points for the days since the last engagement
     * @param trend points for the engagements of 14 days less those of the 14 days before, see {@link
     *     HealthFacts.Engagements}
     * @param likelihood points for a stated probability in percent
     * @param exposure points for the value as a multiple of the usual, of a deal less likely than {@code exposedBelow}
     * @param closeDate points for the days that the expected close date has passed
     * @param pushes points for how often that date was moved to a later day
     * @param nextStep points for a next step that somebody named
     * @param completeness points for each field that somebody stated
     */
    record Weights(
            String name,
            BigDecimal base,
            Curve velocity,
            Map<Stage, Double> usualDays,
            Curve engagement,
            Curve trend,
            Curve likelihood,
            Curve exposure,
            double exposedBelow,
            BigDecimal usualValue,
            Curve closeDate,
            Curve pushes,
            double nextStep,
            Map<DealField, Double> completeness) {}

    PipelineProfile(Weights weights) {
        this.weights = weights;
    }

    @Override
    public Optional<String> fitted(String name, Fit fit) {
        Map<String, Double> multipliers = fit.multipliers();
        StringBuilder file = new StringBuilder(
                "profile: " + name + "\nbase: " + weights.base().toPlainString() + "\n");
        file.append("velocity:\n  points: ").append(weights.velocity().text(of("velocity", multipliers)));
        file.append("\n  usual_days: { ")
                .append(weights.usualDays().entrySet().stream()
                        .map(days -> days.getKey().code() + ": " + number(days.getValue()))
                        .sorted()
                        .collect(Collectors.joining(", ")))
                .append(" }\n");
        curve(file, "engagement", weights.engagement(), multipliers);
        curve(file, "trend", weights.trend(), multipliers);
        curve(file, "likelihood", weights.likelihood(), multipliers);
        file.append("exposure:\n  below_percent: ").append(number(weights.exposedBelow()));
        file.append("\n  usual_value: ").append(weights.usualValue().toPlainString());
        file.append("\n  points: ")
                .append(weights.exposure().text(of("exposure", multipliers)))
                .append('\n');
        curve(file, "close_date", weights.closeDate(), multipliers);
        curve(file, "pushes", weights.pushes(), multipliers);
        file.append("next_step:\n  points: ")
                .append(number(weights.nextStep() * of("next_step", multipliers)))
                .append("\ncompleteness:\n  points: { ")
                .append(weights.completeness().entrySet().stream()
                        .map(field -> field.getKey().code() + ": "
                                + number(field.getValue() * of("completeness", multipliers)))
                        .collect(Collectors.joining(", ")))
                .append(" }\n");
        return Optional.of(file.toString());
    }

    private static void curve(StringBuilder file, String factor, Curve curve, Map<String, Double> multipliers) {
        file.append(factor)
                .append(":\n  points: ")
                .append(curve.text(of(factor, multipliers)))
                .append('\n');
    }

    private static double of(String factor, Map<String, Double> multipliers) {
        return multipliers.getOrDefault(factor, 1.0);
    }

    /** With at most two places, as people write it. */
    static String number(double number) {
        return BigDecimal.valueOf(number)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    @Override
    public String name() {
        return weights.name();
    }

    @Override
    public Health score(HealthFacts facts, Norms norms, Instant now) {
        Tally.Reasons tally = new Tally.Reasons();
        judge(facts, norms, now, tally);
        return Health.sum(
                weights.name(),
                weights.base(),
                tally.contributions,
                tally.confidence(),
                tally.unknown,
                facts.stage().closed() ? java.util.List.of() : new Advice(weights).of(facts, tally.contributions));
    }

    @Override
    public BigDecimal figure(HealthFacts facts, Norms norms, Instant now) {
        Tally.Figures tally = new Tally.Figures();
        judge(facts, norms, now, tally);
        return Health.kept(weights.base().add(BigDecimal.valueOf(tally.tenths(), 1)));
    }

    private void judge(HealthFacts facts, Norms norms, Instant now, Tally tally) {
        if (facts.stage().closed()) {
            return;
        }
        judgeVelocity(facts, norms, now, tally);
        judgeEngagement(facts, now, tally);
        judgeTrend(facts.engagements(), tally);
        judgeLikelihood(facts, norms, tally);
        judgeCloseDate(facts, now, tally);
        tally.ask("next_step", weights.nextStep(), facts.nextStep() != null);
        if (facts.nextStep() != null) {
            tally.add(
                    "next_step",
                    tenths(weights.nextStep()),
                    () -> "The next step is named: " + shortened(facts.nextStep()) + ".",
                    "source_metadata");
        }
        judgeCompleteness(facts, tally);
    }

    private void judgeVelocity(HealthFacts facts, Norms norms, Instant now, Tally tally) {
        Duration inStage = Duration.between(facts.stageEnteredAt(), now);
        Duration measured = norms.timeIn(facts.stage()).orElse(null);
        double usual =
                measured == null ? weights.usualDays().getOrDefault(facts.stage(), 14.0) : measured.toSeconds() / DAY;
        double days = Math.max(0, inStage.toSeconds() / DAY);
        tally.ask("velocity", weights.velocity().weight(), true);
        tally.add(
                "velocity",
                weights.velocity().tenths(days / usual),
                () -> "In stage " + facts.stage().code() + " for " + days(days) + ", since "
                        + date(facts.stageEnteredAt()) + "; "
                        + (measured == null ? "usual are " : "deals won here took ") + days(usual) + ".",
                "stage",
                "stage_entered_at");
    }

    private void judgeEngagement(HealthFacts facts, Instant now, Tally tally) {
        Instant last = facts.lastEngagementAt();
        tally.ask("engagement", weights.engagement().weight(), last != null);
        if (last != null) {
            double days = Math.max(0, Duration.between(last, now).toSeconds() / DAY);
            tally.add(
                    "engagement",
                    weights.engagement().tenths(days),
                    () -> "The last engagement was " + days(days) + " ago, on " + date(last) + ".",
                    "last_engagement_at");
        }
    }

    private void judgeTrend(HealthFacts.@Nullable Engagements engagements, Tally tally) {
        tally.ask("trend", weights.trend().weight(), engagements != null);
        if (engagements != null) {
            tally.add(
                    "trend",
                    weights.trend().tenths((double) engagements.lately() - engagements.before()),
                    () -> trend(engagements),
                    "last_engagement_at");
        }
    }

    private static String trend(HealthFacts.Engagements engagements) {
        LocalDate until = engagements.until();
        String lately = engagements.lately() + (engagements.lately() == 1 ? " engagement" : " engagements");
        return until == null
                ? lately + " in the last 14 days, after " + engagements.before() + " in the 14 days before."
                : lately + " in the 14 days to " + until + ", after " + engagements.before()
                        + " in the 14 days before, and none since.";
    }

    private void judgeLikelihood(HealthFacts facts, Norms norms, Tally tally) {
        boolean stated = facts.stated().contains(DealField.PROBABILITY);
        double percent = facts.probability().doubleValue();
        tally.ask("likelihood", weights.likelihood().weight(), stated);
        if (stated) {
            tally.add(
                    "likelihood",
                    weights.likelihood().tenths(percent),
                    () -> "The probability is " + plain(facts.probability()) + " %.",
                    "probability");
        }
        BigDecimal value = facts.value();
        tally.ask("exposure", weights.exposure().weight(), value != null && stated);
        if (value != null && stated && percent < weights.exposedBelow()) {
            BigDecimal typical = norms.typicalValue();
            boolean measured = typical != null && typical.signum() > 0;
            BigDecimal usual = measured && typical != null ? typical : weights.usualValue();
            tally.add(
                    "exposure",
                    weights.exposure().tenths(value.doubleValue() / usual.doubleValue()),
                    () -> "A value of " + amount(value) + " is "
                            + plain(value.divide(usual, 1, RoundingMode.HALF_UP)) + " times the usual "
                            + amount(usual) + ", at a probability of only " + plain(facts.probability())
                            + " %.",
                    "value",
                    "probability");
        }
    }

    private void judgeCloseDate(HealthFacts facts, Instant now, Tally tally) {
        LocalDate expected = facts.expectedCloseDate();
        tally.ask("close_date", weights.closeDate().weight(), expected != null);
        if (expected == null) {
            return;
        }
        // A day has passed when it is over everywhere west of UTC too; nobody is blamed a day early.
        long passed = ChronoUnit.DAYS.between(
                expected,
                now.minus(Duration.ofHours(12)).atOffset(ZoneOffset.UTC).toLocalDate());
        tally.add(
                "close_date",
                weights.closeDate().tenths((double) passed),
                () -> "The expected close date " + expected + " passed " + days((double) passed) + " ago.",
                "expected_close_date");
        tally.add(
                "pushes",
                weights.pushes().tenths(facts.closeDatePushes()),
                () -> "The close date was moved to a later day "
                        + (facts.closeDatePushes() == 1 ? "once." : facts.closeDatePushes() + " times."),
                "expected_close_date");
    }

    private void judgeCompleteness(HealthFacts facts, Tally tally) {
        double points = 0;
        double all = 0;
        for (Map.Entry<DealField, Double> field : weights.completeness().entrySet()) {
            all += field.getValue();
            points += facts.stated().contains(field.getKey()) ? field.getValue() : 0;
        }
        tally.ask("completeness", all, points > 0);
        tally.add(
                "completeness",
                tenths(points),
                () -> "What is stated: "
                        + String.join(
                                ", ",
                                weights.completeness().keySet().stream()
                                        .filter(facts.stated()::contains)
                                        .map(field -> field.code().replace('_', ' '))
                                        .toList())
                        + ".",
                weights.completeness().keySet().stream()
                        .filter(facts.stated()::contains)
                        .map(DealField::code)
                        .toArray(String[]::new));
    }

    static long tenths(double points) {
        return Math.round(10 * points);
    }

    private static String days(double days) {
        long whole = (long) days;
        return whole == 0 ? "less than a day" : whole == 1 ? "1 day" : whole + " days";
    }

    private static String date(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static String amount(BigDecimal number) {
        return new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }

    private static String shortened(@Nullable String text) {
        String line = String.valueOf(text).strip().replaceAll("\\s+", " ");
        String whole = line.length() <= 120 ? line : line.substring(0, 119) + "…";
        return whole.endsWith(".") ? whole.substring(0, whole.length() - 1) : whole;
    }
}
