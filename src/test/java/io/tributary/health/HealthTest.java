package io.tributary.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {

    @ParameterizedTest
    @CsvSource({
        "70.0, -75.0,   0.0, high",
        "70.0,  45.0, 100.0, low",
        "70.0, -30.1,  39.9, high",
        "70.0, -30.0,  40.0, medium",
        "70.0,  -0.1,  69.9, medium",
        "70.0,   0.5,  70.5, low"
    })
    void a_sum_is_kept_within_its_range_and_has_a_risk(
            BigDecimal base, BigDecimal points, BigDecimal score, String risk) {
        Health health = Health.sum("test", base, List.of(new Contribution("factor", points, "A reason.", List.of())));
        assertThat(health.score()).isEqualTo(score);
        assertThat(health.riskLevel()).isEqualTo(risk);
    }

    @Test
    void a_profile_is_found_by_its_exact_name() {
        assertThat(HealthProfiles.byName("atom-v1")).map(HealthProfile::name).contains("atom-v1");
        assertThat(HealthProfiles.byName("ATOM-V1")).isEmpty();
        assertThat(HealthProfiles.byName("")).isEmpty();
    }
}
