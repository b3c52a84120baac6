package io.tributary.insight;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.Stage;
import io.tributary.health.Contribution;
import io.tributary.insight.Insight.Kind;
import io.tributary.metrics.Standing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The built-in analyst: three insights from recorded facts, by rules alone. Pure, so the same facts give the same
 * sentences, and it costs nothing to ask it again.
 */
public final class RuleAnalyst {
    private static final BigDecimal HIGH_PERCENTILE = new BigDecimal("75");
    private static final BigDecimal LIKELY = new BigDecimal("60");

    private RuleAnalyst() {}

    /** A risk or an opportunity, what to do next, and where the deal stands among the others, in that order. */
    public static List<Insight> analyse(InsightFacts facts) {
        return List.of(outlook(facts), action(facts), market(facts));
    }

    private static Insight outlook(InsightFacts facts) {
        Deal deal = facts.deal();
        if (deal.stage() == Stage.CLOSED_WON) {
            return Insight.byRules(
                    Kind.OPPORTUNITY,
                    "The deal is won",
                    "It was won " + ago(facts.daysSince(deal.stageEnteredAt)) + worth(facts)
                            + ". A customer who has just bought is the best one to ask for a reference.",
                    evidence(facts, "stage", "stage_entered_at"));
        }
        if (deal.stage() == Stage.CLOSED_LOST) {
            return Insight.byRules(
                    Kind.RISK,
                    "The deal is lost",
                    "It was lost " + ago(facts.daysSince(deal.stageEnteredAt)) + worth(facts)
                            + ". Without the reason on record the next deal may be lost the same way.",
                    evidence(facts, "stage", "stage_entered_at"));
        }
        Contribution worst = facts.grounds().stream()
                .filter(part -> part.points().signum() < 0)
                .min(Comparator.comparing(Contribution::points))
                .orElse(null);
        if (worst != null && !facts.health().riskLevel().equals("low")) {
            return risk(facts, worst);
        }
        return opportunity(facts);
    }

    private static Insight risk(InsightFacts facts, Contribution worst) {
        String title = switch (worst.factor()) {
            case "velocity" -> "The deal stands still";
            case "engagement" -> "The customer is silent";
            case "trend" -> "The contact gets less frequent";
            case "likelihood" -> "The deal is unlikely to be won";
            case "value", "exposure" -> "A large value at a low probability";
            case "close_date" -> "The close date has passed";
            case "pushes" -> "The close date keeps moving";
            default -> "The health score is down";
        };
        List<String> evidence = new ArrayList<>(worst.evidence());
        evidence.removeIf(field -> !facts.fields().contains(field));
        evidence.add("health_score");
        return new Insight(
                Kind.RISK,
                title,
                worst.reason() + " That takes " + figure(worst.points().abs())
                        + " points off the health score, which is "
                        + figure(facts.health().score()) + " now, a "
                        + facts.health().riskLevel() + " risk.",
                evidence,
                Insight.RULES,
                null,
                null);
    }

    private static Insight opportunity(InsightFacts facts) {
        Deal deal = facts.deal();
        String score = "Its health score is " + figure(facts.health().score()) + ", a "
                + facts.health().riskLevel() + " risk";
        if (deal.probability().compareTo(LIKELY) >= 0) {
            return Insight.byRules(
                    Kind.OPPORTUNITY,
                    "Likely to be won",
                    "The deal is in stage " + deal.stage().code() + " at a probability of " + figure(deal.probability())
                            + "%" + worth(facts) + ". " + score + ".",
                    evidence(facts, "probability", "stage", "health_score"));
        }
        Standing standing = facts.market().standing();
        if (standing != null && deal.value() != null && standing.percentile().compareTo(HIGH_PERCENTILE) >= 0) {
            return Insight.byRules(
                    Kind.OPPORTUNITY,
                    "One of the larger deals",
                    "It ranks " + standing.valueRank() + " of " + standing.totalActive() + " active deals by value"
                            + worth(facts) + ". " + score + ".",
                    evidence(facts, "value", "value_rank", "health_score"));
        }
        return Insight.byRules(
                Kind.OPPORTUNITY,
                "Nothing stands in the way",
                score + ", in stage " + deal.stage().code() + " for " + days(facts.daysSince(deal.stageEnteredAt))
                        + ", and nothing on record speaks against it.",
                evidence(facts, "health_score", "stage", "stage_entered_at"));
    }

    private static Insight action(InsightFacts facts) {
        Deal deal = facts.deal();
        if (deal.stage() == Stage.CLOSED_WON) {
            return act(
                    "Ask for a reference",
                    "Ask the customer for a reference while the decision is fresh.",
                    facts,
                    "stage");
        }
        if (deal.stage() == Stage.CLOSED_LOST) {
            return act("Note why it was lost", "Write down the reason while it is known.", facts, "stage");
        }
        Long toClose = facts.daysToClose();
        if (toClose != null && toClose < 0) {
            return act(
                    "Agree on a new close date",
                    "The expected close date of " + deal.expectedCloseDate() + " passed " + ago(-toClose)
                            + ". Ask the customer for a date that holds, or close the deal.",
                    facts,
                    "expected_close_date");
        }
        if (deal.text(DealField.CONTACT_EMAIL) == null) {
            return act(
                    "Find the contact",
                    "No address of a contact is recorded, so nobody can follow up. Ask who decides and write it down.",
                    facts,
                    "contact_email");
        }
        if (deal.lastEngagementAt == null) {
            return act(
                    "Call the contact",
                    "No engagement is recorded since the deal came "
                            + ago(facts.daysSince(deal.origin().at())) + ". Call or write, and log it.",
                    facts,
                    "last_engagement_at",
                    "contact_email");
        }
        if (facts.grounds().stream()
                .anyMatch(part ->
                        part.factor().equals("engagement") && part.points().signum() < 0)) {
            return act(
                    "Call the contact",
                    "The last engagement was " + ago(facts.daysSince(deal.lastEngagementAt))
                            + ". Call or write, and log it.",
                    facts,
                    "last_engagement_at",
                    "contact_email");
        }
        if (deal.value() == null || deal.valueEstimated()) {
            return act(
                    "Ask for the budget",
                    "Nobody has stated the value of the deal. Ask the customer for the budget.",
                    facts,
                    "value");
        }
        if (toClose == null) {
            return act(
                    "Agree on a close date",
                    "No close date is recorded. Ask the customer when the decision is due.",
                    facts,
                    "expected_close_date");
        }
        return next(facts, deal, toClose);
    }

    private static Insight next(InsightFacts facts, Deal deal, long toClose) {
        String step = switch (deal.stage()) {
            case DISCOVERY -> "Find out what the customer needs and who decides";
            case QUALIFICATION -> "Settle budget and need, then send a proposal";
            case PROPOSAL -> "Go through the proposal with the customer";
            default -> "Settle the last open terms and ask for the signature";
        };
        return act(
                step,
                "The deal is in stage " + deal.stage().code() + " and should close on " + deal.expectedCloseDate()
                        + ", " + (toClose == 0 ? "which is today" : "in " + days(toClose)) + ".",
                facts,
                "stage",
                "expected_close_date");
    }

    private static Insight act(String title, String text, InsightFacts facts, String... evidence) {
        return Insight.byRules(Kind.ACTION, title, text, evidence(facts, evidence));
    }

    private static Insight market(InsightFacts facts) {
        Market market = facts.market();
        Standing standing = market.standing();
        String record = market.winRate() == null
                ? " No deal has been closed here yet."
                : " Of the deals closed here, " + figure(market.winRate()) + "% were won"
                        + (market.daysToWin() == null || market.daysToWin().signum() == 0
                                ? "."
                                : ", after " + figure(market.daysToWin()) + " days on average.");
        if (standing == null) {
            return Insight.byRules(
                    Kind.MARKET,
                    "Against the pipeline",
                    "The pipeline holds " + active(market) + " worth "
                            + money(market.pipelineValue(), market.currency()) + "." + record,
                    evidence(facts, "total_active_deals", "pipeline_value", "win_rate"));
        }
        if (standing.totalActive() == 1) {
            return Insight.byRules(
                    Kind.MARKET,
                    "The only active deal",
                    "It is the only active deal of the workspace, so its value compares with no other." + record,
                    evidence(facts, "total_active_deals", "win_rate"));
        }
        return Insight.byRules(
                Kind.MARKET,
                "Rank " + standing.valueRank() + " of " + standing.totalActive() + " by value",
                "It is worth as much as or more than " + figure(standing.percentile())
                        + "% of the active deals, and " + market.inStage() + (market.inStage() == 1 ? " is" : " are")
                        + " in its stage." + record,
                evidence(facts, "value_rank", "percentile", "stage_distribution", "win_rate"));
    }

    private static String active(Market market) {
        return market.active() == 1 ? "1 active deal" : market.active() + " active deals";
    }

    /** Those of the names that can be cited here. */
    private static String[] evidence(InsightFacts facts, String... names) {
        return java.util.Arrays.stream(names).filter(facts.fields()::contains).toArray(String[]::new);
    }

    private static String worth(InsightFacts facts) {
        Deal deal = facts.deal();
        return deal.value() == null ? "" : ", worth " + money(deal.value(), deal.currency());
    }

    private static String days(long days) {
        return days == 1 ? "1 day" : days + " days";
    }

    private static String ago(long days) {
        return days <= 0 ? "today" : days(days) + " ago";
    }

    private static String figure(BigDecimal figure) {
        return figure.signum() == 0 ? "0" : figure.stripTrailingZeros().toPlainString();
    }

    private static String money(BigDecimal amount, String currency) {
        boolean whole = amount.stripTrailingZeros().scale() <= 0;
        DecimalFormat format =
                new DecimalFormat(whole ? "#,##0" : "#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));
        return format.format(amount.setScale(2, RoundingMode.HALF_UP)) + " " + currency;
    }
}
