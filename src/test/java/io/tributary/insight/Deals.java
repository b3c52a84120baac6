package io.tributary.insight;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.FieldOrigin;
import io.tributary.deal.Stage;
import io.tributary.health.HealthFacts;
import io.tributary.health.HealthProfiles;
import io.tributary.metrics.Standing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A deal in a proposal, worth 50,000 euros, sixth of forty, and whatever a test says of it besides. */
final class Deals {
    static final Instant NOW = Instant.parse("2026-05-20T12:00:00Z");

    final Deal deal;
    private @Nullable Standing standing = Standing.of(5, 40);
    private @Nullable BigDecimal winRate = new BigDecimal("32.50");
    private String profile = "pipeline-v1";

    private Deals(Duration age) {
        Instant came = NOW.minus(age);
        deal = new Deal(new UUID(1, 2), new FieldOrigin("email", "mailbox", null, null, came, null));
        deal.set(DealField.NAME, "Fleet renewal", null);
        deal.set(DealField.COMPANY, "Orchard Foods", null);
        deal.set(DealField.VALUE, new BigDecimal("50000.00"), null);
        deal.set(DealField.CURRENCY, "EUR", null);
        deal.set(DealField.STAGE, Stage.PROPOSAL, null);
        deal.set(DealField.PROBABILITY, new BigDecimal("50.00"), null);
        deal.set(DealField.CONTACT_EMAIL, "ada@orchard.example", null);
    }

    static Deals aged(int days) {
        return new Deals(Duration.ofDays(days));
    }

    Deals with(DealField field, @Nullable Object value) {
        deal.set(field, value, null);
        return this;
    }

    Deals closing(int inDays) {
        LocalDate today = NOW.atZone(ZoneOffset.UTC).toLocalDate();
        return with(DealField.EXPECTED_CLOSE_DATE, today.plusDays(inDays));
    }

    Deals engaged(int daysAgo) {
        deal.lastEngagementAt = NOW.minus(Duration.ofDays(daysAgo));
        return this;
    }

    /** Somebody wrote this into the deal. */
    Deals saying(String text) {
        deal.set(DealField.DESCRIPTION, text, null);
        deal.setMetadata(Map.of("body", text));
        return this;
    }

    Deals unranked() {
        standing = null;
        return this;
    }

    Deals judgedBy(String name) {
        profile = name;
        return this;
    }

    Deals inNewWorkspace() {
        winRate = null;
        return this;
    }

    InsightFacts facts() {
        return new InsightFacts(
                deal,
                HealthProfiles.byName(profile).orElseThrow().score(HealthFacts.of(deal, NOW), NOW),
                new Market(
                        standing,
                        40,
                        12,
                        new BigDecimal("1234567.89"),
                        "EUR",
                        winRate,
                        winRate == null ? null : new BigDecimal("41.5")),
                NOW);
    }
}
