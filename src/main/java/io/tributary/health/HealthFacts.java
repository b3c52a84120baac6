package io.tributary.health;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a deal and bears on its health. Null means that nothing is recorded, which is not the same as bad.
 *
 * @param value in the tenant's currency where a rate is known, else as stated; null when none is
 * @param probability in percent, 0 to 100
 * @param stageEnteredAt when the deal came into its current stage
 * @param lastEngagementAt the latest call, meeting, mail or note; null when none is recorded
 * @param engagements how many engagements there were lately; null where they are not counted
 * @param closeDatePushes how often the expected close date was moved to a later day
 * @param nextStep what is to be done next, as a source or a person put it; null when nobody said
 * @param stated the fields that hold what somebody stated, as opposed to a default or an estimate
 */
public record HealthFacts(
        Stage stage,
        @Nullable BigDecimal value,
        BigDecimal probability,
        Instant stageEnteredAt,
        @Nullable Instant lastEngagementAt,
        @Nullable Engagements engagements,
        @Nullable LocalDate expectedCloseDate,
        int closeDatePushes,
        @Nullable String nextStep,
        Set<DealField> stated) {
    private static final int PERIOD = 14;

    /**
     * Engagements by age.
     *
     * @param lately in the last 14 days
     * @param before in the 14 days before those
     */
    public record Engagements(int lately, int before) {}

    public HealthFacts {
        stated = Set.copyOf(stated);
    }

    /** What is recorded of {@code deal}, as it counts at {@code now}. */
    public static HealthFacts of(Deal deal, Instant now) {
        return new HealthFacts(
                deal.stage(),
                deal.value(),
                deal.probability(),
                deal.stageEnteredAt,
                deal.lastEngagementAt,
                engagements(deal, now),
                deal.expectedCloseDate(),
                deal.closeDatePushes,
                nextStep(deal),
                stated(deal));
    }

    private static @Nullable Engagements engagements(Deal deal, Instant now) {
        if (deal.engagedOn.isEmpty()) {
            return null;
        }
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        int lately = 0;
        int before = 0;
        for (LocalDate day : deal.engagedOn) {
            long age = ChronoUnit.DAYS.between(day, today);
            if (age >= 0 && age < PERIOD) {
                lately++;
            } else if (age >= PERIOD && age < 2 * PERIOD) {
                before++;
            }
        }
        return new Engagements(lately, before);
    }

    private static @Nullable String nextStep(Deal deal) {
        Object named = deal.metadata().get("next_step");
        if (named == null) {
            // As Salesforce and HubSpot call it; kept among what a source says beside the deal's own fields.
            named = deal.metadata().getOrDefault("NextStep", deal.metadata().get("hs_next_step"));
        }
        return named instanceof String text && !text.isBlank() ? text : null;
    }

    private static Set<DealField> stated(Deal deal) {
        EnumSet<DealField> stated = EnumSet.noneOf(DealField.class);
        for (DealField field : DealField.values()) {
            if (deal.get(field) != null && !deal.assumed().contains(field)) {
                stated.add(field);
            }
        }
        return stated;
    }
}
