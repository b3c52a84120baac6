package io.tributary.ingest;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.DealView;
import io.tributary.deal.Stage;
import io.tributary.health.Health;
import io.tributary.health.HealthFacts;
import io.tributary.health.HealthProfile;
import io.tributary.health.Norms;
import io.tributary.health.Rescoring;
import io.tributary.identity.MatchKey;
import io.tributary.metrics.CountedDeal;
import io.tributary.tenant.TenantSettings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What follows from a change of a deal, whoever made it: its score, its part in the counters, and what others are told. */
final class Consequences {
    private final Batch batch;
    private final Resolution resolution;
    private final TenantSettings settings;
    private final HealthProfile profile;
    private final Norms norms;

    Consequences(Batch batch, Resolution resolution, TenantSettings settings, HealthProfile profile, Norms norms) {
        this.batch = batch;
        this.resolution = resolution;
        this.settings = settings;
        this.profile = profile;
        this.norms = norms;
    }

    Health judge(Deal deal) {
        return profile.score(HealthFacts.of(deal, batch.now()), norms, batch.now());
    }

    /** The deal's health for the answer to its record; null in an import, of which nobody is told each deal's reasons. */
    @Nullable
    Health reasons(Deal deal) {
        return batch.importId() == null || batch.replays() ? judge(deal) : null;
    }

    /**
     * Scores a deal.
     *
     * @return its health, where its reasons are told
     */
    @Nullable
    Health score(Deal deal) {
        Health health = reasons(deal);
        score(deal, health == null ? figure(deal) : health.score());
        return health;
    }

    private BigDecimal figure(Deal deal) {
        return profile.figure(HealthFacts.of(deal, batch.now()), norms, batch.now());
    }

    private void score(Deal deal, BigDecimal score) {
        deal.healthScore = score;
        deal.riskLevel = Health.riskOf(score);
        deal.scoredAt = batch.now();
        deal.baseValue = settings.inOwnCurrency(deal.value(), deal.currency());
    }

    /**
     * Puts a deal in its new state in the place of the old one.
     *
     * @return its new health, where its reasons are told
     */
    @Nullable
    Health replace(Deal before, Deal after, Map<String, @Nullable Object> replaced) {
        if (replaced.containsKey(DealField.NAME.code()) || replaced.containsKey(DealField.COMPANY.code())) {
            rename(after);
        }
        if (replaced.containsKey(DealField.NAME.code())
                || replaced.containsKey(DealField.COMPANY.code())
                || replaced.containsKey(DealField.CONTACT_EMAIL.code())) {
            resolution.identityBefore.putIfAbsent(before.id(), before);
        }
        notePush(before, after, replaced);
        Health health = score(after);
        resolution.store(after);
        resolution.known.replace(before, after);
        count(before, after);
        visit(before, after);
        return health;
    }

    private void visit(Deal before, Deal after) {
        if (before.stage() != after.stage() && !after.spam) {
            resolution.visits.add(new Resolution.Visit(
                    after.id(), before.stageEnteredAt, after.stageEnteredAt, before.stage(), after.stage()));
        }
    }

    private static void notePush(Deal before, Deal after, Map<String, @Nullable Object> replaced) {
        LocalDate due = before.expectedCloseDate();
        LocalDate now = after.expectedCloseDate();
        if (replaced.containsKey(DealField.EXPECTED_CLOSE_DATE.code())
                && due != null
                && now != null
                && now.isAfter(due)
                && !before.assumed().contains(DealField.EXPECTED_CLOSE_DATE)
                && before.closeDatePushes == after.closeDatePushes) {
            replaced.put("close_date_pushes", before.closeDatePushes);
            after.closeDatePushes = before.closeDatePushes + 1;
        }
    }

    /**
     * Scores a deal anew because time has passed; nothing of what is known of it changes.
     */
    void rescore(Deal before, Deal after) {
        score(after, figure(after));
        after.rescoreOn = Rescoring.next(profile, norms, after, batch.now());
        resolution.store(after);
        resolution.known.replace(before, after);
        tellScore(before, after);
    }

    private static void rename(Deal deal) {
        MatchKey key = MatchKey.of(deal.name(), deal.company()).orElse(null);
        deal.matchKey = key == null ? null : key.key();
        deal.legalForm = key == null ? null : key.legalForm();
    }

    void count(@Nullable Deal before, @Nullable Deal after) {
        resolution.counters.change(counted(before), counted(after));
    }

    private static @Nullable CountedDeal counted(@Nullable Deal deal) {
        return deal == null || deal.isAside()
                ? null
                : new CountedDeal(
                        deal.stage(),
                        deal.probability(),
                        deal.baseValue,
                        deal.currency(),
                        deal.value(),
                        deal.origin().at(),
                        deal.stageEnteredAt,
                        deal.origin().source(),
                        deal.expectedCloseDate(),
                        deal.stage() == Stage.CLOSED_LOST ? deal.lostReason() : null);
    }

    /** Tells that a deal is now as given; nobody is told of spam. */
    void tell(String event, Deal deal) {
        if (!deal.spam) {
            // A deal that changes again in the same batch is a copy by then.
            resolution.events.add(new Resolution.NewEvent(event, deal.id(), () -> told(deal)));
        }
    }

    private Map<String, @Nullable Object> told(Deal deal) {
        Map<String, @Nullable Object> data = DealView.summary(deal);
        UUID importId = batch.importId();
        data.put("import_id", importId == null ? null : importId.toString());
        return data;
    }

    /**
     * Tells of a new deal that is at high risk, as of one that turned so. Not of those of a file, or whoever loads last
     * year's pipeline would be called upon by each deal of it.
     */
    void tellBornAtRisk(Deal deal) {
        if (!deal.spam && batch.importId() == null && deal.riskLevel.equals("high")) {
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            data.put("health_score", deal.healthScore);
            data.put("previous_score", null);
            data.put("risk_level", deal.riskLevel);
            data.put("previous_risk_level", null);
            resolution.events.add(new Resolution.NewEvent("deal.scored", deal.id(), data));
        }
    }

    /** Tells of a deal's new score, where it is one. */
    void tellScore(Deal before, Deal after) {
        if (!after.spam && after.healthScore.compareTo(before.healthScore) != 0) {
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            data.put("health_score", after.healthScore);
            data.put("previous_score", before.healthScore);
            data.put("risk_level", after.riskLevel);
            data.put("previous_risk_level", before.riskLevel);
            resolution.events.add(new Resolution.NewEvent("deal.scored", after.id(), data));
        }
    }
}
