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
 * @param engagements how many engagements there were of late; null where they are not counted
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
     * How many engagements there were in two periods of 14 days, one after the other. Of all such pairs that end between the
     * day of the latest engagement and today, this is the one with the steepest fall: were it always the one that ends
     * today, a deal would seem to recover as its engagements grow old, although nobody was in touch.
     *
     * @param lately in the 14 days that end with {@code until}
     * @param before in the 14 days before those
     * @param until the last day of the later period; null means today
     */
    public record Engagements(
            int lately, int before, @Nullable LocalDate until) {}

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
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate last = null;
        for (LocalDate day : deal.engagedOn) {
            if (!day.isAfter(today) && (last == null || day.isAfter(last))) {
                last = day;
            }
        }
        if (last == null) {
            return deal.engagedOn.isEmpty() ? null : new Engagements(0, 0, null);
        }
        // At [n]: how many engagements there were in the n days that end with the last one.
        int[] within = new int[2 * PERIOD + 1];
        for (LocalDate day : deal.engagedOn) {
            long back = ChronoUnit.DAYS.between(day, last);
            if (back >= 0 && back < 2 * PERIOD) {
                within[(int) back + 1]++;
            }
        }
        for (int days = 1; days <= 2 * PERIOD; days++) {
            within[days] += within[days - 1];
        }
        long silent = ChronoUnit.DAYS.between(last, today);
        Engagements steepest = null;
        for (int day = 0; day <= Math.min(silent, 2 * PERIOD); day++) {
            int lately = within[Math.max(0, PERIOD - day)];
            int before = within[2 * PERIOD - day] - lately;
            if (steepest == null || lately - before <= steepest.lately() - steepest.before()) {
                steepest = new Engagements(lately, before, day == silent ? null : last.plusDays(day));
            }
        }
        return steepest;
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
