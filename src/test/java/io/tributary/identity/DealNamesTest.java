package io.tributary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DealNamesTest {

    static Stream<List<String>> same() {
        return NameCases.of("deals.txt", '=');
    }

    static Stream<List<String>> different() {
        return NameCases.of("deals.txt", '!');
    }

    static Stream<String> noName() {
        return NameCases.of("deals.txt", '~').map(names -> names.get(0));
    }

    @ParameterizedTest
    @MethodSource("same")
    void spellings_of_one_name_fold_to_one(List<String> names) {
        assertThat(names.stream().map(DealNames::fold).distinct()).hasSize(1).doesNotContainNull();
    }

    @ParameterizedTest
    @MethodSource("different")
    void two_names_fold_to_two(List<String> names) {
        assertThat(names.stream().map(DealNames::fold)).doesNotHaveDuplicates().doesNotContainNull();
    }

    @ParameterizedTest
    @MethodSource("noName")
    void a_blank_is_no_name(String name) {
        assertThat(DealNames.fold(name)).isNull();
    }

    @Property
    void the_fast_path_reads_as_unicode_normalisation_does(@ForAll("latin") String text) {
        assertThat(FoldedText.of(text).toString())
                .isEqualTo(FoldedText.readNormalized(text, false).toString());
    }

    @Property
    void case_never_matters(@ForAll("names") String name) {
        assertThat(DealNames.fold(name.toUpperCase(Locale.ROOT)))
                .isEqualTo(DealNames.fold(name))
                .isEqualTo(DealNames.fold(name.toLowerCase(Locale.ROOT)));
    }

    @Property
    void punctuation_between_letters_never_matters(@ForAll("words") List<String> words) {
        String joined = DealNames.fold(String.join("", words));
        assertThat(Stream.of(" ", "-", ". ", " & ", "/", "’", "\u00A0")
                        .map(separator -> DealNames.fold(String.join(separator, words))))
                .containsOnly(joined);
    }

    @Property
    void folding_twice_is_folding_once(@ForAll("names") String name) {
        String folded = DealNames.fold(name);
        Assume.that(folded == null || folded.chars().noneMatch(c -> c == '+' || c == '#'));
        assertThat(DealNames.fold(folded)).isEqualTo(folded);
    }

    @Provide
    Arbitrary<String> latin() {
        return Arbitraries.strings().withCharRange('\0', '\u017F').ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('\0', '\u017F')
                .withCharRange('Α', 'ώ')
                .withCharRange('Ѐ', 'џ')
                .ofMaxLength(20);
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('À', 'Ö')
                .ofMinLength(1)
                .ofMaxLength(6)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }
}
