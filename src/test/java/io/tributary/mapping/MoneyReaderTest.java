package io.tributary.mapping;

import static io.tributary.mapping.Readings.said;
import static io.tributary.mapping.Readings.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyReaderTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            75000                  | 75000.00
            75000.5                | 75000.50
            1234.56                | 1234.56
            1.234,56               | 1234.56
            1,234.56               | 1234.56
            1.234.567,89           | 1234567.89
            1,234,567              | 1234567.00
            1 234 567,89           | 1234567.89
            1\u00a0234,50          | 1234.50
            1\u202f234,50          | 1234.50
            1'234.50               | 1234.50
            1’234’567.50           | 1234567.50
            1,00,000               | 100000.00
            12,34,567.50           | 1234567.50
            0.500                  | 0.50
            1234.567               | 1234.57
            .75                    | 0.75
            29.9950                | 30.00
            $1,234.50              | 1234.50 USD
            € 4.711,98             | 4711.98 EUR
            4.711,98 €             | 4711.98 EUR
            £14.99                 | 14.99 GBP
            US$ 12.99              | 12.99 USD
            C$12.50                | 12.50 CAD
            A$ 12.50               | 12.50 AUD
            $1,190.00 AUD          | 1190.00 AUD
            R$ 1.500,00            | 1500.00 BRL
            45,50 zł               | 45.50 PLN
            4 500 Kč               | 4500.00 CZK
            ₹1,00,000              | 100000.00 INR
            CHF 1'049.95           | 1049.95 CHF
            1049.95 chf            | 1049.95 CHF
            EUR 12                 | 12.00 EUR
            12EUR                  | 12.00 EUR
            12 euros               | 12.00 EUR
            Rp 31.500              | 31500.00 IDR
            12.500 ₫               | 12500.00 VND
            3.390.000 руб.         | 3390000.00 RUB
            250k                   | 250000.00
            $250K                  | 250000.00 USD
            1.2M                   | 1200000.00
            1,2 Mio. €             | 1200000.00 EUR
            €1.2bn                 | 1200000000.00 EUR
            250k€                  | 250000.00 EUR
            1.500,-                | 1500.00
            1500.- CHF             | 1500.00 CHF
            +5                     | 5.00
            Price: $5              | 5.00 USD
            5 *                    | 5.00
            0                      | 0.00
            999999999999999        | 999999999999999.00
            """)
    void aPlainAmountIsReadWhateverTheLocale(String text, String expected) {
        assertThat(said(MoneyReader.read(text.translateEscapes(), tenant("en-US"))))
                .startsWith(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "twelve",
                "12.3.4",
                "1O00",
                "10-20",
                "10 to 20",
                "$5 - $7",
                "5 or 6",
                "12,34,56",
                "1.23.456",
                "1..5",
                "AED 8000 (USD 2179)",
                "5 apples",
                "about 5",
                "5/month",
                "1e5",
                "1 23",
                "1,2,3",
                "$",
                "5 EUR USD",
                "up to 500",
                "from $5",
                "500-",
                "(5",
                "5)",
                "--5",
                "５",
                "1.2.3,4",
                "1,234.567.8",
                "5mil",
                "2 billion"
            })
    void aTextWithoutExactlyOnePlainAmountIsRefused(String text) {
        assertThat(MoneyReader.read(text, tenant("en-US"))).isInstanceOf(Reading.Fault.class);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            -5             | must not be negative
            -$5            | must not be negative
            $-5            | must not be negative
            (500)          | must not be negative
            ($1,200.00)    | must not be negative
            −5             | must not be negative
            -0.001         | must not be negative
            40%            | is a percentage, not an amount
            $5 EUR         | names two currencies
            7 990 kr       | names a currency that could be any of DKK, ISK, NOK, SEK: write its code
            1234567890123456  | has more than 15 digits before the decimals
            999999999999999.999 | has more than 15 digits before the decimals
            999999999bn    | has more than 15 digits before the decimals
            1.234          | can be read as 1.234 and as 1234: write it without a thousands separator
            """)
    void aRefusalSaysWhy(String text, String error) {
        assertThat(said(MoneyReader.read(text, tenant("en-US")))).isEqualTo("refused: " + error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u00a0", "-", "–", "n/a", "N/A", "tbd", "TBD", "null", "None", "k.A."})
    void aWordForNoValueIsNothing(String text) {
        assertThat(MoneyReader.read(text, tenant("en-US"))).isInstanceOf(Reading.Nothing.class);
    }

    @ParameterizedTest(name = "{1} of a tenant in {0} with {2} is {3}")
    @CsvSource(delimiter = '|', textBlock = """
            en-US | 1,234     | USD | 1234.00
            de-DE | 1.234     | EUR | 1234.00
            de-CH | 1.234     | CHF | refused
            de-DE | 1,234     | EUR | refused
            en-CA | $5        | CAD | 5.00 CAD
            en-AU | $5        | EUR | 5.00 AUD
            de-DE | $5        | EUR | 5.00 USD
            sv-SE | 7 990 kr  | SEK | 7990.00 SEK
            nb-NO | 7 990 kr  | EUR | 7990.00 NOK
            zh-CN | ¥5        | CNY | 5.00 CNY
            """)
    void whatSeveralReadingsFitFollowsTheTenantWhereHeDecides(
            String locale, String text, String currency, String expected) {
        assertThat(said(MoneyReader.read(text, tenant(locale, currency, "UTC"))))
                .startsWith(expected);
    }

    @Test
    void theMarkOfTheColumnDecidesWhatMayBeReadEitherWay() {
        ReadingContext tenant = tenant("en-US");

        assertThat(said(MoneyReader.read("1.500", DecimalMark.POINT, tenant))).isEqualTo("1.50");
        assertThat(said(MoneyReader.read("1.500", DecimalMark.COMMA, tenant))).isEqualTo("1500.00");
        assertThat(said(MoneyReader.read("1,500", DecimalMark.COMMA, tenant))).isEqualTo("1.50");
        assertThat(said(MoneyReader.read("12.5", DecimalMark.COMMA, tenant)))
                .isEqualTo("refused: is not written with a decimal comma, as its column is");
    }

    @Test
    void jsonNumbersAreBoundedBeforeTheyAreRounded() {
        ReadingContext tenant = tenant("en-US");

        assertThat(said(MoneyReader.read(new BigDecimal("1e999999"), tenant))).contains("more than 15 digits");
        assertThat(said(MoneyReader.read(new BigDecimal("1e-999999"), tenant))).isEqualTo("0.00");
        assertThat(said(MoneyReader.read(new BigDecimal("0e999999"), tenant))).isEqualTo("0.00");
        assertThat(said(MoneyReader.read(new BigDecimal("0.005"), tenant))).isEqualTo("0.01");
        assertThat(said(MoneyReader.read(new BigInteger("75000"), tenant))).isEqualTo("75000.00");
        assertThat(said(MoneyReader.read(0.1, tenant))).isEqualTo("0.10");
        assertThat(said(MoneyReader.read(Double.NaN, tenant))).isEqualTo("refused: is not one plain amount");
        assertThat(said(MoneyReader.read(-1L, tenant))).isEqualTo("refused: must not be negative");
    }

    @Test
    void whatIsNoTextAndNoNumberIsRefused() {
        ReadingContext tenant = tenant("en-US");

        assertThat(said(MoneyReader.read(Map.of("a", 1), tenant))).isEqualTo("refused: is not one plain amount");
        assertThat(said(MoneyReader.read(List.of(5), tenant))).isEqualTo("refused: is not one plain amount");
        assertThat(said(MoneyReader.read(true, tenant))).isEqualTo("refused: is not one plain amount");
    }

    @Property
    void anAmountAsALocaleWritesItIsReadBack(
            @ForAll @BigRange(min = "0", max = "999999999999") @Scale(2) BigDecimal amount,
            @ForAll("locales") Locale locale) {
        DecimalFormat format = new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(locale));

        assertThat(said(MoneyReader.read(format.format(amount), tenant("en-US"))))
                .isEqualTo(amount.setScale(2).toPlainString());
    }

    @Provide
    Arbitrary<Locale> locales() {
        return Arbitraries.of("en-US", "de-DE", "fr-FR", "de-CH", "es-ES", "pl-PL", "pt-BR", "sv-SE", "it-IT", "nl-NL")
                .map(Locale::forLanguageTag);
    }

    @Property
    void noTextBreaksTheReader(@ForAll String text) {
        assertThat(MoneyReader.read(text, tenant("de-DE"))).isNotNull();
    }
}
