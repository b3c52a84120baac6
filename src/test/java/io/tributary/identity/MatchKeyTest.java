package io.tributary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class MatchKeyTest {

    @Test
    void needs_both_a_name_and_a_company() {
        assertThat(MatchKey.of("Renewal", "Acme")).isPresent();
        assertThat(MatchKey.of(null, "Acme")).isEmpty();
        assertThat(MatchKey.of("  ", "Acme")).isEmpty();
        assertThat(MatchKey.of("Renewal", null)).isEmpty();
        assertThat(MatchKey.of("Renewal", "")).isEmpty();
        assertThat(MatchKey.of("Renewal", "n/a")).isEmpty();
    }

    /** Keys are stored: a change of folding or hashing needs a migration, and this test to say so. */
    @Test
    void stays_what_it_was() {
        assertThat(MatchKey.of("Enterprise License – 2026", "Müller & Co. KG"))
                .contains(new MatchKey(UUID.fromString("0f23ba33-c6bb-5f0a-7a94-42e58d20adba"), "co kg"));
    }

    @Test
    void keeps_name_and_company_apart() {
        assertThat(key("Alpha Beta", "Gamma")).isNotEqualTo(key("Alpha", "Beta Gamma"));
        assertThat(key("Alpha", "Beta")).isNotEqualTo(key("Beta", "Alpha"));
    }

    @Test
    void sets_the_legal_form_outside_the_key() {
        assertThat(key("Renewal", "Falke AG"))
                .isEqualTo(key("Renewal", "Falke GmbH"))
                .isEqualTo(key("renewal", "FALKE"));
    }

    @Test
    void agrees_with_the_same_legal_form_or_none() {
        MatchKey stockCorporation = MatchKey.of("Renewal", "Falke AG").orElseThrow();
        MatchKey bare = MatchKey.of("Renewal", "Falke").orElseThrow();
        assertThat(stockCorporation.agreesWith("ag")).isTrue();
        assertThat(stockCorporation.agreesWith(null)).isTrue();
        assertThat(stockCorporation.agreesWith("gmbh")).isFalse();
        assertThat(bare.agreesWith("gmbh")).isTrue();
        assertThat(bare.agreesWith(null)).isTrue();
    }

    private static UUID key(String name, String company) {
        return MatchKey.of(name, company).orElseThrow().key();
    }
}
