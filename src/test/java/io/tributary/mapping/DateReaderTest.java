package io.tributary.mapping;

import static io.tributary.mapping.Readings.said;
import static io.tributary.mapping.Readings.tenant;
import static io.tributary.mapping.Readings.warns;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateReaderTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            2026-06-01                      | 2026-06-01
            2026/6/1                        | 2026-06-01
            2026.06.01                      | 2026-06-01
            20260601                        | 2026-06-01
            2026-03-31 17:00                | 2026-03-31
            2026-03-31T17:00:00             | 2026-03-31
            2026-06-01T00:00:00Z            | 2026-06-01
            2026-06-01T00:00:00+02:00       | 2026-06-01
            2023-05-28T21:10:08.000+0000    | 2023-05-28
            2026-06-01T23:30:00-0500        | 2026-06-02
            01.06.2026                      | 2026-06-01
            1. 6. 2026                      | 2026-06-01
            25/12/2026                      | 2026-12-25
            12/25/2026                      | 2026-12-25
            6/30/2026 5:00 PM               | 2026-06-30
            25-12-26                        | 2026-12-25
            31.12.69                        | 2069-12-31
            31.12.70                        | 1970-12-31
            12 March 2026                   | 2026-03-12
            March 12, 2026                  | 2026-03-12
            Mar 12th 2026                   | 2026-03-12
            Thursday, 12 March 2026         | 2026-03-12
            12-Mar-26                       | 2026-03-12
            12. März 2026                   | 2026-03-12
            3 Dez. 2026                     | 2026-12-03
            1er janvier 2026                | 2026-01-01
            14 févr. 2026                   | 2026-02-14
            12 de marzo de 2026             | 2026-03-12
            12 gennaio 2026                 | 2026-01-12
            12 de março de 2026             | 2026-03-12
            12 maart 2026                   | 2026-03-12
            46000                           | 2025-12-09
            46000.75                        | 2025-12-09
            1798761600                      | 2027-01-01
            1798761600000                   | 2027-01-01
            2028-02-29                      | 2028-02-29
            """)
    void datesAreRead(String text, String expected) {
        Reading<LocalDate> reading = DateReader.read(text, tenant("en-US"));

        assertThat(said(reading)).isEqualTo(expected);
        assertThat(warns(reading)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-13-45",
                "2026-02-30",
                "2027-02-29",
                "31/31/2026",
                "31.04.2026",
                "soon",
                "Q2 2026",
                "March 2026",
                "2026",
                "12/2026",
                "2026-06-01 25:00",
                "2026-06-01T10:00 nowhere",
                "12 Smarch 2026",
                "00/00/2026",
                "1/2/3/4",
                "12 13 March 2026",
                "99999999999999999999",
                "5",
                "0001-01-01",
                "2026-06-01x"
            })
    void whatIsNoDayIsRefused(String text) {
        assertThat(DateReader.read(text, tenant("en-US"))).isInstanceOf(Reading.Fault.class);
    }

    @ParameterizedTest(name = "03/04/2026 in {0} is {1}")
    @CsvSource({"en-US,2026-03-04", "en-GB,2026-04-03", "de-DE,2026-04-03", "sv-SE,2026-04-03"})
    void theLocaleDecidesWhatNothingElseDoesAndAWarningSaysSo(String locale, String expected) {
        Reading<LocalDate> reading = DateReader.read("03/04/2026", tenant(locale));

        assertThat(said(reading)).isEqualTo(expected);
        assertThat(warns(reading)).isTrue();
    }

    @Test
    void theOrderOfTheColumnDecides() {
        assertThat(said(DateReader.read("03/04/2026", DateOrder.DMY, tenant("en-US"))))
                .isEqualTo("2026-04-03");
        assertThat(said(DateReader.read("26/03/04", DateOrder.YMD, tenant("en-US"))))
                .isEqualTo("2026-03-04");
        assertThat(said(DateReader.read("12/25/2026", DateOrder.DMY, tenant("en-US"))))
                .isEqualTo("refused: is not written day first, as its column is");
    }

    @Test
    void aMomentIsTheDayItIsInTheTenantsZone() {
        ReadingContext auckland = tenant("en-NZ", "NZD", "Pacific/Auckland");

        assertThat(said(DateReader.read("2026-06-01T16:50:06.678Z", auckland))).isEqualTo("2026-06-02");
        assertThat(said(DateReader.read("2026-06-01T00:00:00.000Z", auckland))).isEqualTo("2026-06-01");
        assertThat(said(DateReader.read(1_798_761_600_000L, auckland))).isEqualTo("2027-01-01");
        assertThat(said(DateReader.read("2026-06-01 23:59", auckland))).isEqualTo("2026-06-01");
    }

    @Test
    void numbersBeyondAnyCalendarAreRefused() {
        assertThat(said(DateReader.read(new BigInteger("99999999999999999999"), tenant("en-US"))))
                .isEqualTo("refused: is not a date");
        assertThat(said(DateReader.read(new BigDecimal("1e999999"), tenant("en-US"))))
                .isEqualTo("refused: is not a date");
        assertThat(said(DateReader.read(new BigDecimal("1e-999999"), tenant("en-US"))))
                .isEqualTo("refused: is not a date");
        assertThat(said(DateReader.read(true, tenant("en-US")))).isEqualTo("refused: is not a date");
    }

    @Property
    void aDayAsALocaleSpellsItIsReadBack(@ForAll("days") LocalDate day, @ForAll("languages") Locale language) {
        String text = DateTimeFormatter.ofPattern("d MMMM yyyy", language).format(day);

        assertThat(said(DateReader.read(text, tenant("en-US")))).isEqualTo(day.toString());
    }

    @Provide
    Arbitrary<LocalDate> days() {
        return Arbitraries.longs()
                .between(
                        LocalDate.of(1900, 1, 1).toEpochDay(),
                        LocalDate.of(2199, 12, 31).toEpochDay())
                .map(LocalDate::ofEpochDay);
    }

    @Provide
    Arbitrary<Locale> languages() {
        return Arbitraries.of("en", "de", "fr", "es", "it", "pt", "nl").map(Locale::forLanguageTag);
    }

    @Property
    void noTextBreaksTheReader(@ForAll String text) {
        assertThat(DateReader.read(text, tenant("en-US"))).isNotNull();
    }
}
