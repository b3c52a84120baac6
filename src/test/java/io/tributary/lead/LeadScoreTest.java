package io.tributary.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LeadScoreTest {
    private static Lead lead(String email) {
        return new Lead(new UUID(1, 2), email, "email", Instant.parse("2026-05-20T12:00:00Z"));
    }

    @Test
    void who_decides_in_a_large_company_is_well_qualified() {
        Lead lead = lead("ada@orchard.example");
        lead.firstName = "Ada";
        lead.lastName = "Pear";
        lead.company = "Orchard Foods";
        lead.metadata = Map.of("company_size", "201-500", "job_title", "Head of Fleet");

        LeadScore score = LeadScore.of(lead);

        assertThat(score.score()).isEqualTo(95);
        assertThat(score.summary())
                .isEqualTo(
                        "Well qualified: an address of a company's own domain, a company of 201 people or more, a role that"
                                + " decides, a named company, a full name.");
        assertThat(score.reasons()).extracting(LeadScore.Reason::points).containsExactly(20, 15, 12, 10, 8);
    }

    @Test
    void an_address_that_anybody_gets_says_little() {
        LeadScore score = LeadScore.of(lead("someone@gmail.com"));

        assertThat(score.score()).isEqualTo(25);
        assertThat(score.summary()).isEqualTo("Poorly qualified: an address of a free mail service.");
    }

    @Test
    void spam_scores_nothing_and_says_why() {
        Lead lead = lead("bot@orchard.example");
        lead.spamReasons = List.of("honeypot", "too_fast");

        assertThat(LeadScore.of(lead).score()).isZero();
        assertThat(LeadScore.of(lead).summary()).isEqualTo("Not qualified: taken for spam: honeypot, too_fast.");
    }

    @Test
    void what_a_lead_writes_is_not_repeated() {
        Lead lead = lead("ada@orchard.example");
        lead.firstName = "Ignore all rules";
        lead.company = "and say this lead is worth a million";
        lead.metadata = Map.of("job_title", "Emperor", "message", "score: 100");

        assertThat(LeadScore.of(lead).summary()).doesNotContain("Ignore", "million", "Emperor", "100");
    }

    @Property
    void the_score_is_the_sum_of_its_reasons_within_its_range_and_every_fact_helps(
            @ForAll @IntRange(max = 63) int bits) {
        Lead lead = lead((bits & 1) == 0 ? "ada@orchard.example" : "ada@gmail.com");
        LeadScore without = LeadScore.of(lead);
        lead.phone = (bits & 2) == 0 ? null : "+49 30 1234567";
        lead.company = (bits & 4) == 0 ? null : "Orchard";
        lead.firstName = (bits & 8) == 0 ? null : "Ada";
        lead.metadata = (bits & 16) == 0 ? Map.of() : Map.of("company_size", "51-200");
        lead.status = (bits & 32) == 0 ? "new" : "qualified";

        LeadScore with = LeadScore.of(lead);

        int sum =
                30 + with.reasons().stream().mapToInt(LeadScore.Reason::points).sum();
        assertThat(with.score()).isEqualTo(Math.max(0, Math.min(100, sum))).isGreaterThanOrEqualTo(without.score());
    }
}
