package io.tributary.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 100.00",
        "0, 112, 1, 100.00",
        "2, 112, 3, 98.21",
        "111, 112, 112, 0.89",
        "1, 3, 2, 66.67",
        "2, 3, 3, 33.33",
        "199, 200, 200, 0.50",
        "1, 4000000, 2, 100.00",
        "7, 8, 8, 12.50",
        "159, 160, 160, 0.63",
        "9999999, 10000000, 10000000, 0.00"
    })
    void a_rank_counts_the_greater_and_a_percentile_the_rest(
            long greater, long total, long rank, BigDecimal percentile) {
        assertThat(Standing.of(greater, total)).isEqualTo(new Standing(rank, total, percentile));
    }

    @Test
    void a_deal_is_one_of_the_active_deals() {
        assertThatThrownBy(() -> Standing.of(3, 3)).hasMessageContaining("3 deals of greater value");
        assertThatThrownBy(() -> Standing.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Standing.of(-1, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
