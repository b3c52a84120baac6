package io.tributary.health;

import io.tributary.deal.DealField;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What would raise a deal's score, and by how much at the most. */
final class Advice {
    private final PipelineProfile.Weights weights;

    Advice(PipelineProfile.Weights weights) {
        this.weights = weights;
    }

    /** Everything that would help, the most first. */
    List<Health.Improvement> of(HealthFacts facts, List<Contribution> contributions) {
        List<Health.Improvement> improvements = new ArrayList<>();
        gain(
                improvements,
                contributions,
                "engagement",
                weights.engagement().bestTenths(),
                "Log a call, a meeting or a mail with the contact.");
        gain(
                improvements,
                contributions,
                "velocity",
                weights.velocity().bestTenths(),
                "Move the deal to its next stage, or close it.");
        if (facts.expectedCloseDate() != null && has(contributions, "close_date")) {
            gain(improvements, contributions, "close_date", 0, "Agree on a new close date with the customer.");
        }
        if (facts.nextStep() == null) {
            add(improvements, "next_step", PipelineProfile.tenths(weights.nextStep()), "Name the next step.");
        }
        for (Map.Entry<DealField, Double> field : weights.completeness().entrySet()) {
            if (!facts.stated().contains(field.getKey())) {
                add(
                        improvements,
                        "completeness",
                        PipelineProfile.tenths(field.getValue()),
                        "State the " + field.getKey().code().replace('_', ' ') + ".");
            }
        }
        improvements.sort(Comparator.comparing(Health.Improvement::points).reversed());
        return improvements;
    }

    private static void gain(
            List<Health.Improvement> improvements,
            List<Contribution> contributions,
            String factor,
            long best,
            String advice) {
        long now = contributions.stream()
                .filter(contribution -> contribution.factor().equals(factor))
                .mapToLong(
                        contribution -> contribution.points().movePointRight(1).longValueExact())
                .sum();
        add(improvements, factor, best - now, advice);
    }

    private static boolean has(List<Contribution> contributions, String factor) {
        return contributions.stream()
                .anyMatch(contribution -> contribution.factor().equals(factor));
    }

    private static void add(List<Health.Improvement> improvements, String factor, long tenths, String advice) {
        if (tenths > 0) {
            improvements.add(new Health.Improvement(factor, BigDecimal.valueOf(tenths, 1), advice));
        }
    }
}
