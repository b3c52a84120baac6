package io.tributary.mapping;

import static io.tributary.mapping.Readings.said;
import static io.tributary.mapping.Readings.tenant;
import static io.tributary.mapping.Readings.warns;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.mapping.StageReader.StageReading;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadersTest {

    @Nested
    class Moments {
        @ParameterizedTest(name = "{0} is {1}")
        @CsvSource(delimiter = '|', textBlock = """
                2026-03-02T10:00:00Z          | 2026-03-02T10:00:00Z
                2026-03-03T12:00:00+02:00     | 2026-03-03T10:00:00Z
                2023-05-28T21:10:08.000+0000  | 2023-05-28T21:10:08Z
                2026-03-31 17:00              | 2026-03-31T15:00:00Z
                2026-03-31                    | 2026-03-30T22:00:00Z
                1798761600                    | 2027-01-01T00:00:00Z
                1798761600123                 | 2027-01-01T00:00:00.123Z
                yesterday                     | refused: is not a date and time
                2026-02-30T10:00:00Z          | refused: is not a date and time
                """)
        void areReadInTheTenantsZone(String text, String expected) {
            assertThat(said(InstantReader.read(text, tenant("en-US", "USD", "Europe/Berlin"))))
                    .isEqualTo(expected);
        }
    }

    @Nested
    class Probabilities {
        @ParameterizedTest(name = "{0} is {1}, warns: {2}")
        @CsvSource({
            "60,60.00,false",
            "60%,60.00,false",
            "60 %,60.00,false",
            "0.5%,0.50,false",
            "0.4,40.00,true",
            "0,0.00,false",
            "1,1.00,false",
            "100,100.00,false",
            "99.999,100.00,false",
            "101,refused: must be between 0 and 100,false",
            "-1,refused: must be between 0 and 100,false",
            "likely,refused: is not a percentage,false",
            "n/a,nothing,false",
        })
        void arePercent(String text, String expected, boolean warns) {
            Reading<BigDecimal> reading = ProbabilityReader.read(text);

            assertThat(said(reading)).isEqualTo(expected);
            assertThat(warns(reading)).isEqualTo(warns);
        }

        @ParameterizedTest(name = "the fraction {0} is {1}")
        @CsvSource({
            "0.2,20.00",
            "1,100.00",
            "1.0,100.00",
            "0,0.00",
            "20%,20.00",
            "20,refused: must be between 0 and 1",
        })
        void areFractionsWhereTheSourceWritesThem(String text, String expected) {
            assertThat(said(ProbabilityReader.readFraction(text))).isEqualTo(expected);
        }

        @Test
        void hugeNumbersDoNoHarm() {
            assertThat(said(ProbabilityReader.read(new BigDecimal("1e999999"))))
                    .isEqualTo("refused: must be between 0 and 100");
            assertThat(said(ProbabilityReader.read(new BigDecimal("1e-999999"))))
                    .isEqualTo("0.00");
        }
    }

    @Nested
    class Stages {
        @ParameterizedTest(name = "{0} is {1}")
        @CsvSource({
            "closed_won,CLOSED_WON",
            "Closed Won,CLOSED_WON",
            "CLOSED-LOST,CLOSED_LOST",
            "won,CLOSED_WON",
            "Qualified,QUALIFICATION",
            "Angebot,PROPOSAL",
            "négociation,NEGOTIATION",
            "Proposal/Price Quote,PROPOSAL",
            "Qualified To Buy,QUALIFICATION",
            "Closed Won (Sales Pipeline),CLOSED_WON",
        })
        void areKnownByCodeAndSynonym(String text, String expected) {
            StageReading reading =
                    ((Reading.Value<StageReading>) StageReader.common().read(text)).value();

            assertThat(reading.stage().name()).isEqualTo(expected);
            assertThat(reading.known()).isTrue();
        }

        @Test
        void bringTheProbabilityOfTheirTable() {
            StageReader salesforce = StageReader.common().with(List.of("salesforce"));

            assertThat(said(salesforce.read("Perception Analysis"))).contains("PROPOSAL", "70.00");
            assertThat(said(StageReader.common().with(List.of("hubspot")).read("contractsent")))
                    .contains("NEGOTIATION", "90.00");
        }

        @Test
        void anUnknownOneIsDiscoveryWithAWarning() {
            Reading<StageReading> reading = StageReader.common().read("1320561848");

            assertThat(said(reading)).contains("DISCOVERY", "known=false");
            assertThat(warns(reading)).isTrue();
        }

        @Test
        void anObjectIsNoStage() {
            assertThat(said(StageReader.common().read(Map.of()))).isEqualTo("refused: must be text");
        }
    }

    @Nested
    class Addresses {
        @ParameterizedTest(name = "{0} is {1}")
        @CsvSource(delimiter = '|', textBlock = """
                ann@b.example                  | ann@b.example
                Ann@B.Example                  | Ann@b.example
                Ann Roe <ann@b.example>        | ann@b.example
                "Roe, Ann" <ann@b.example>     | ann@b.example
                <ann@b.example>                | ann@b.example
                mailto:ann@b.example           | ann@b.example
                ann@b.example,                 | ann@b.example
                """)
        void areReadWithoutTheirTrimmings(String text, String expected) {
            assertThat(said(EmailReader.read(text))).isEqualTo(expected);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "no-at-sign",
                    "a@@b.example",
                    "x@",
                    "@b.example",
                    "spaces in@mail.example",
                    "a@b",
                    "n/a",
                    "ann@b.example, nobody",
                    "a@b..example",
                    "Ann ann@b.example"
                })
        void whatIsNoAddressIsRefused(String text) {
            assertThat(said(EmailReader.read(text))).isEqualTo("refused: is not an e-mail address");
        }

        @Test
        void ofSeveralTheFirstIsTakenWithAWarning() {
            Reading<String> reading = EmailReader.read("ann@b.example; bo@c.example, cy@d.example");

            assertThat(said(reading)).isEqualTo("ann@b.example");
            assertThat(warns(reading)).isTrue();
        }
    }

    @Nested
    class Texts {
        @Test
        void areTakenAsSent() {
            assertThat(said(TextReader.read("  a\n b "))).isEqualTo("  a\n b ");
            assertThat(said(TextReader.readTrimmed(" \u00a0a b\t"))).isEqualTo("a b");
            assertThat(said(TextReader.read(new BigDecimal("12.50")))).isEqualTo("12.50");
            assertThat(said(TextReader.read(true))).isEqualTo("true");
            assertThat(said(TextReader.read("😀"))).isEqualTo("😀");
            assertThat(said(TextReader.read("   "))).isEqualTo("nothing");
        }

        @Test
        void thatNoDatabaseCanHoldAreRefused() {
            assertThat(said(TextReader.read("a\0b"))).isEqualTo("refused: contains the character U+0000");
            assertThat(said(TextReader.read("a\ud800b"))).isEqualTo("refused: contains half of a surrogate pair");
            assertThat(said(TextReader.read("\udc00"))).isEqualTo("refused: contains half of a surrogate pair");
            assertThat(said(TextReader.read("a\ud800"))).isEqualTo("refused: contains half of a surrogate pair");
        }

        @Test
        void listsAndObjectsAreNone() {
            assertThat(said(TextReader.read(List.of("a")))).isEqualTo("refused: must be text");
            assertThat(said(TextReader.read(Map.of()))).isEqualTo("refused: must be text");
        }
    }

    @Nested
    class Ids {
        @Test
        void areTextOrIntegers() {
            assertThat(said(TextReader.readId(" ext-1 "))).isEqualTo("ext-1");
            assertThat(said(TextReader.readId(512L))).isEqualTo("512");
            assertThat(said(TextReader.readId(new BigDecimal("512.0")))).isEqualTo("512");
            assertThat(said(TextReader.readId("x".repeat(512)))).hasSize(512);
        }

        @Test
        void otherThingsAreRefused() {
            assertThat(said(TextReader.readId("x".repeat(513)))).isEqualTo("refused: is longer than 512 characters");
            assertThat(said(TextReader.readId(1.5))).isEqualTo("refused: must be text or an integer");
            assertThat(said(TextReader.readId(true))).isEqualTo("refused: must be text or an integer");
            assertThat(said(TextReader.readId(new BigDecimal("1e999999"))))
                    .isEqualTo("refused: must be text or an integer");
            assertThat(said(TextReader.readId(Map.of()))).isEqualTo("refused: must be text or an integer");
        }
    }
}
