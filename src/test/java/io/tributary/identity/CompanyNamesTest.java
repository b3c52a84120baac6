package io.tributary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompanyNamesTest {

    static Stream<List<String>> same() {
        return NameCases.of("companies.txt", '=').flatMap(CompanyNamesTest::againstTheFirst);
    }

    static Stream<List<String>> different() {
        return NameCases.of("companies.txt", '!').flatMap(CompanyNamesTest::pairs);
    }

    static Stream<String> noCompany() {
        return NameCases.of("companies.txt", '~').map(names -> names.get(0));
    }

    @ParameterizedTest
    @MethodSource("same")
    void spellings_of_one_company_match(List<String> pair) {
        assertThat(match(pair.get(0), pair.get(1))).as(() -> explain(pair)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("different")
    void two_companies_do_not_match(List<String> pair) {
        assertThat(match(pair.get(0), pair.get(1))).as(() -> explain(pair)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("noCompany")
    void a_blank_or_a_placeholder_is_no_company(String name) {
        assertThat(CompanyNames.fold(name)).isNull();
    }

    @Test
    void the_canonical_form_is_told() {
        assertThat(Stream.of("Orchard Ltd", "Falke Aktiengesellschaft", "Acme Corp.", "Acme Inc", "Tulp BV", "Tulp")
                        .map(name -> String.valueOf(form(name))))
                .containsExactly("limited", "ag", "corporation", "incorporated", "bv", "null");
    }

    private static Object form(String name) {
        CompanyNames.Folded folded = CompanyNames.fold(name);
        return folded == null || folded.legalForm() == null ? "null" : folded.legalForm();
    }

    private static boolean match(String one, String other) {
        MatchKey left = MatchKey.of("Renewal", one).orElseThrow();
        MatchKey right = MatchKey.of("Renewal", other).orElseThrow();
        return left.key().equals(right.key())
                && left.agreesWith(right.legalForm())
                && right.agreesWith(left.legalForm());
    }

    private static String explain(List<String> pair) {
        return CompanyNames.fold(pair.get(0)) + " and " + CompanyNames.fold(pair.get(1));
    }

    private static Stream<List<String>> againstTheFirst(List<String> names) {
        return names.stream().skip(1).map(name -> List.of(names.get(0), name));
    }

    private static Stream<List<String>> pairs(List<String> names) {
        return names.stream()
                .flatMap(one -> names.stream().skip(names.indexOf(one) + 1).map(other -> List.of(one, other)));
    }
}
