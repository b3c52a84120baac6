package io.tributary.health;

import io.tributary.deal.DealField;
import io.tributary.deal.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts of a deal for a test, written from what matters to it. */
final class Facts {
    private Stage stage = Stage.PROPOSAL;
    private @Nullable BigDecimal value;
    private BigDecimal probability = new BigDecimal("50");
    private final Instant stageEnteredAt;
    private @Nullable Instant lastEngagementAt;
    private HealthFacts.@Nullable Engagements engagements;
    private @Nullable LocalDate expectedCloseDate;
    private int pushes;
    private @Nullable String nextStep;
    private final Set<DealField> stated = EnumSet.of(DealField.NAME);

    private Facts(Instant stageEnteredAt) {
        this.stageEnteredAt = stageEnteredAt;
    }

    /** What the rules of the first profile ask for, and nothing else. */
    static HealthFacts of(
            Stage stage,
            @Nullable BigDecimal value,
            BigDecimal probability,
            Instant stageEnteredAt,
            @Nullable Instant lastEngagementAt) {
        return new HealthFacts(
                stage, value, probability, stageEnteredAt, lastEngagementAt, null, null, 0, null, Set.of());
    }

    /** A deal in its stage since then, of which nothing but its name is stated. */
    static Facts since(Instant stageEnteredAt) {
        return new Facts(stageEnteredAt);
    }

    Facts in(Stage other) {
        stage = other;
        return this;
    }

    Facts worth(@Nullable BigDecimal amount) {
        value = amount;
        if (amount != null) {
            stated.add(DealField.VALUE);
        }
        return this;
    }

    Facts likely(@Nullable BigDecimal percent) {
        if (percent != null) {
            probability = percent;
            stated.add(DealField.PROBABILITY);
        }
        return this;
    }

    Facts engagedAt(@Nullable Instant moment) {
        lastEngagementAt = moment;
        return this;
    }

    Facts engagements(int lately, int before) {
        engagements = new HealthFacts.Engagements(lately, before, null);
        return this;
    }

    Facts closing(@Nullable LocalDate day) {
        expectedCloseDate = day;
        if (day != null) {
            stated.add(DealField.EXPECTED_CLOSE_DATE);
        }
        return this;
    }

    Facts pushed(int times) {
        pushes = times;
        return this;
    }

    Facts next(@Nullable String step) {
        nextStep = step;
        return this;
    }

    Facts stating(DealField... fields) {
        stated.addAll(Set.of(fields));
        return this;
    }

    HealthFacts facts() {
        return new HealthFacts(
                stage,
                value,
                probability,
                stageEnteredAt,
                lastEngagementAt,
                engagements,
                expectedCloseDate,
                pushes,
                nextStep,
                stated);
    }
}
