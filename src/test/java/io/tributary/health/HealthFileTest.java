package io.tributary.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthFileTest {

    @Test
    void the_figures_of_a_file_are_what_judges() throws Exception {
        HealthProfile strict =
                HealthFile.parse(builtIn().replace("base: 70", "base: 50").replace("pipeline-v1", "strict-v1"));

        Instant now = Instant.parse("2026-05-20T12:00:00Z");
        Health health = strict.score(Facts.since(now).facts(), now);
        assertThat(health.profile()).isEqualTo("strict-v1");
        assertThat(health.score()).isEqualTo("56.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            base: 70                  | base: seventy              | base is "seventy"
            base: 70                  | base: 170                  | base is "170"
            profile: pipeline-v1      | profile: Mine!             | no usable name
            likelihood:               | likelyhood:                | there is no factor "likelyhood"
            [[0.5, 6], [1, 0], [3, -25]] | [[1, 0], [0.5, 6]]      | ascending order
            [[0.5, 6], [1, 0], [3, -25]] | [[0, 0], [1, 5], [2, 0]] | both rises and falls
            [[0.5, 6], [1, 0], [3, -25]] | 6                       | has no points
            [[0.5, 6], [1, 0], [3, -25]] | [[1]]                   | no pair
            discovery: 14             | discovry: 14               | no open stage
            discovery: 14             | discovery: 0               | "0"
            company: 1.5              | firm: 1.5                  | no field of a deal
            below_percent: 30         | below: 30                  | exposure.below_percent is missing
            base: 70                  | base: [                    | not YAML
            """)
    void every_fault_is_told_with_its_line(String right, String wrong, String told) throws Exception {
        String file = builtIn();
        assertThat(file).contains(right);
        assertThatThrownBy(() -> HealthFile.parse(file.replace(right, wrong)))
                .isInstanceOf(HealthFileException.class)
                .hasMessageContaining(told)
                .hasMessageContaining("line ");
    }

    private static String builtIn() throws IOException {
        try (InputStream yaml = HealthFile.class.getResourceAsStream("/routes/health/pipeline-v1.health.yaml")) {
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
