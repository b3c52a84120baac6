package io.tributary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.identity.DealLikeness.Resemblance;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which deals are offered as possible duplicates. */
class DealLikenessTest {
    private static final String FILE = "possible-duplicates.txt";

    static Stream<List<String>> alike() {
        return NameCases.of(FILE, '~');
    }

    static Stream<List<String>> apart() {
        return NameCases.of(FILE, '!');
    }

    @ParameterizedTest
    @MethodSource("alike")
    void may_be_one_deal(List<String> deals) {
        DealLikeness one = read(deals.get(0));
        DealLikeness other = read(deals.get(1));

        Optional<Resemblance> found = one.compare(other);

        assertThat(found).isPresent();
        assertThat(found.get().score()).isBetween(new BigDecimal("0.5"), BigDecimal.ONE);
        assertThat(found.get().why()).isNotBlank();
        assertThat(one.keys()).as("a key by which they find each other").containsAnyElementsOf(other.keys());
    }

    @ParameterizedTest
    @MethodSource("apart")
    void are_two_deals(List<String> deals) {
        assertThat(read(deals.get(0)).compare(read(deals.get(1)))).isEmpty();
    }

    @Test
    void it_does_not_matter_which_deal_is_compared_with_which() {
        Random random = new Random(11);
        List<DealLikeness> deals = new ArrayList<>();
        Stream.concat(alike(), apart()).forEach(pair -> pair.forEach(deal -> deals.add(read(deal))));
        for (int i = 0; i < 2_000; i++) {
            DealLikeness one = deals.get(random.nextInt(deals.size()));
            DealLikeness other = deals.get(random.nextInt(deals.size()));

            assertThat(one.compare(other).map(Resemblance::score))
                    .isEqualTo(other.compare(one).map(Resemblance::score));
        }
    }

    @Test
    void the_reasons_are_told_in_words() {
        Resemblance found = read("Plant upgrade @ Westerfield Hydraulics @ @ 1000")
                .compare(read("Plant upgrade @ Westerfeild Hydraulics @ @ 1000"))
                .orElseThrow();

        assertThat(found.why())
                .isEqualTo("The same deal name; companies that differ by their spelling"
                        + " (Westerfield Hydraulics / Westerfeild Hydraulics); the same value.");
    }

    @Test
    void a_name_of_any_length_costs_little() {
        String endless = String.join(" ", Collections.nCopies(50_000, "renewal"));

        assertThat(read(endless + " @ " + endless).keys()).hasSize(2);
    }

    /** {@code name @ company @ contact @ value @ close date}; what is left out is not stated. */
    private static DealLikeness read(String text) {
        String[] parts = (text + " ").split("@ |@$", -1);
        List<String> fields = new ArrayList<>();
        // An address holds the sign that separates the fields, without a space after it.
        for (String part : parts) {
            fields.add(part.strip());
        }
        while (fields.size() < 5) {
            fields.add("");
        }
        return DealLikeness.of(
                fields.get(0),
                blank(fields.get(1)),
                blank(fields.get(2)),
                fields.get(3).isEmpty() ? null : new BigDecimal(fields.get(3)),
                "USD",
                fields.get(4).isEmpty() ? null : LocalDate.parse(fields.get(4)));
    }

    private static @Nullable String blank(String text) {
        return text.isEmpty() ? null : text;
    }
}
