package io.tributary.health;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The profile {@code atom-v1}: every deal starts at 70 and loses points for standing still, for silence, and for a
 * large value that is unlikely. A closed deal is judged by the same rules, and an unknown engagement counts as none.
 */
public final class AtomV1 implements HealthProfile {

    public static final String NAME = "atom-v1";

    private static final BigDecimal BASE = new BigDecimal("70.0");

    private static final Duration STAGE_LIMIT = Duration.ofDays(14);
    private static final BigDecimal STALLED = new BigDecimal("-15.0");

    private static final Duration ENGAGEMENT_LIMIT = Duration.ofDays(7);
    private static final BigDecimal SILENT = new BigDecimal("-20.0");
    private static final BigDecimal NEVER_ENGAGED = new BigDecimal("-30.0");

    private static final List<String> ENGAGEMENT = List.of("last_engagement_at");

    private static final BigDecimal LARGE_VALUE = new BigDecimal("10000");
    private static final BigDecimal LOW_PROBABILITY = new BigDecimal("30");
    private static final BigDecimal UNLIKELY = new BigDecimal("-10.0");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Health score(HealthFacts facts, Norms norms, Instant now) {
        List<Contribution> contributions = new ArrayList<>(3);
        addVelocity(facts, now, contributions);
        addEngagement(facts.lastEngagementAt(), now, contributions);
        addValue(facts.value(), facts.probability(), contributions);
        return Health.sum(NAME, BASE, contributions);
    }

    private static void addVelocity(HealthFacts facts, Instant now, List<Contribution> contributions) {
        Duration inStage = Duration.between(facts.stageEnteredAt(), now);
        if (inStage.compareTo(STAGE_LIMIT) > 0) {
            String reason = "In stage " + facts.stage().code() + " for " + days(inStage, STAGE_LIMIT) + ", since "
                    + date(facts.stageEnteredAt()) + "; the limit is 14 days.";
            contributions.add(new Contribution("velocity", STALLED, reason, List.of("stage", "stage_entered_at")));
        }
    }

    private static void addEngagement(@Nullable Instant last, Instant now, List<Contribution> contributions) {
        if (last == null) {
            contributions.add(new Contribution("engagement", NEVER_ENGAGED, "No engagement is recorded.", ENGAGEMENT));
            return;
        }
        Duration silence = Duration.between(last, now);
        if (silence.compareTo(ENGAGEMENT_LIMIT) > 0) {
            String reason = "The last engagement was " + days(silence, ENGAGEMENT_LIMIT) + " ago, on " + date(last)
                    + "; the limit is 7 days.";
            contributions.add(new Contribution("engagement", SILENT, reason, ENGAGEMENT));
        }
    }

    private static void addValue(@Nullable BigDecimal value, BigDecimal probability, List<Contribution> contributions) {
        if (value != null && value.compareTo(LARGE_VALUE) > 0 && probability.compareTo(LOW_PROBABILITY) < 0) {
            String reason = "A value of " + value.toPlainString() + " is over 10000 while the probability of "
                    + probability.stripTrailingZeros().toPlainString() + "% is under 30%.";
            contributions.add(new Contribution("value", UNLIKELY, reason, List.of("value", "probability")));
        }
    }

    /** Whole days, except just past the limit, where they would say that it was kept. */
    private static String days(Duration elapsed, Duration limit) {
        return elapsed.toDays() > limit.toDays() ? elapsed.toDays() + " days" : "just over " + limit.toDays() + " days";
    }

    private static String date(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
