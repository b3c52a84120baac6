package io.tributary.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueBinsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            # value            , fine               , next fine          , coarse             , next coarse
            0.00               , 0.00               , 0.01               , 0.00               , 0.01
            0.07               , 0.07               , 0.08               , 0.07               , 0.08
            0.99               , 0.99               , 1.00               , 0.90               , 1.00
            1.00               , 1.00               , 1.01               , 1.00               , 2.00
            9.99               , 9.99               , 10.00              , 9.00               , 10.00
            10.00              , 10.00              , 10.10              , 10.00              , 20.00
            12345.67           , 12300.00           , 12400.00           , 10000.00           , 20000.00
            99999.99           , 99900.00           , 100000.00          , 90000.00           , 100000.00
            100000.00          , 100000.00          , 101000.00          , 100000.00          , 200000.00
            999999999999999.99 , 999000000000000.00 , 1000000000000000.00, 900000000000000.00 , 1000000000000000.00
            """)
    void a_value_falls_into_the_bin_of_its_leading_digits(
            BigDecimal value, BigDecimal fine, BigDecimal nextFine, BigDecimal coarse, BigDecimal nextCoarse) {
        assertThat(ValueBins.fine(value)).isEqualTo(fine);
        assertThat(ValueBins.nextFine(fine)).isEqualTo(nextFine);
        assertThat(ValueBins.coarse(value)).isEqualTo(coarse);
        assertThat(ValueBins.nextCoarse(coarse)).isEqualTo(nextCoarse);
    }

    @Property
    void a_value_lies_between_its_floor_and_the_next(@ForAll("values") BigDecimal value) {
        BigDecimal fine = ValueBins.fine(value);
        assertThat(value).isGreaterThanOrEqualTo(fine).isLessThan(ValueBins.nextFine(fine));
        BigDecimal coarse = ValueBins.coarse(value);
        assertThat(value).isGreaterThanOrEqualTo(coarse).isLessThan(ValueBins.nextCoarse(coarse));
    }

    @Property
    void a_larger_value_never_has_a_lower_floor(@ForAll("values") BigDecimal one, @ForAll("values") BigDecimal other) {
        BigDecimal less = one.min(other);
        BigDecimal more = one.max(other);
        assertThat(ValueBins.fine(less)).isLessThanOrEqualTo(ValueBins.fine(more));
        assertThat(ValueBins.coarse(less)).isLessThanOrEqualTo(ValueBins.coarse(more));
    }

    @Property
    void a_fine_bin_lies_in_one_coarse_bin(@ForAll("values") BigDecimal value) {
        BigDecimal fine = ValueBins.fine(value);
        BigDecimal last = ValueBins.nextFine(fine).subtract(new BigDecimal("0.01"));
        assertThat(ValueBins.coarse(fine)).isEqualTo(ValueBins.coarse(value)).isEqualTo(ValueBins.coarse(last));
    }

    @Property
    void a_floor_is_in_its_own_bin_and_so_is_the_next(@ForAll("values") BigDecimal value) {
        BigDecimal next = ValueBins.nextFine(ValueBins.fine(value));
        assertThat(ValueBins.fine(next)).isEqualTo(next);
        BigDecimal nextCoarse = ValueBins.nextCoarse(ValueBins.coarse(value));
        assertThat(ValueBins.coarse(nextCoarse)).isEqualTo(nextCoarse);
    }

    @Test
    void fewer_places_are_the_same_value() {
        assertThat(ValueBins.fine(new BigDecimal("12345"))).isEqualTo("12300.00");
        assertThat(ValueBins.fine(new BigDecimal("1E+5"))).isEqualTo("100000.00");
        assertThat(ValueBins.fine(new BigDecimal("12.3000"))).isEqualTo("12.30");
    }

    @Test
    void what_is_no_value_or_no_floor_is_refused() {
        assertThatThrownBy(() -> ValueBins.fine(new BigDecimal("-0.01"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ValueBins.fine(new BigDecimal("0.001"))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ValueBins.nextFine(new BigDecimal("12345.00"))).hasMessageContaining("12345.00");
        assertThatThrownBy(() -> ValueBins.nextCoarse(new BigDecimal("12300.00")))
                .hasMessageContaining("12300.00");
    }

    @Provide
    Arbitrary<BigDecimal> values() {
        return Arbitraries.integers()
                .between(0, 17)
                .flatMap(digits -> Arbitraries.longs()
                        .between(0, (long) Math.pow(10, digits) - 1)
                        .map(cents -> BigDecimal.valueOf(cents, 2)));
    }
}
