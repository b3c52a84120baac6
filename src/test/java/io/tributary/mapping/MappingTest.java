package io.tributary.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.deal.FieldError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MappingTest {
    private static final ReadingContext TENANT = Readings.tenant("en-US");

    @Test
    void everyFaultOfAFileIsFoundAtOnceWithItsLineAndItsMend() {
        MappingException exception =
                catchThrowableOfType(MappingException.class, () -> Mapping.parse("x.mapping.yaml", """
                        source: x
                        flaten: [properties]
                        fields:
                          nam: [title]
                          company: { from: [firm], read: txt }
                          value: { from: [firm], read: date }
                          stage: { values: { Neu: discovry } }
                          description: { template: "{mesage}" }
                          probability: { template: "{message}" }
                        parts:
                          message: [message, Message]
                        """));

        assertThat(exception.faults())
                .extracting(fault -> fault.line() + " " + fault.problem() + " " + fault.mend())
                .containsExactly(
                        "2 A mapping does not know \"flaten\". Did you mean \"flatten\"?",
                        "4 A deal has no field \"nam\". Did you mean \"name\"?",
                        "5 Field \"company\": there is no way of reading called \"txt\". Did you mean \"text\"?",
                        "6 Field \"value\" cannot be read as \"date\". Write money, or leave it out.",
                        "6 \"firm\" feeds both \"company\" and \"value\". Keep it in one of them.",
                        "7 Field \"stage\": \"discovry\" is no stage. Did you mean \"discovery\"?",
                        "8 Field \"description\": its template names \"mesage\", which is no field or part."
                                + " Did you mean \"message\"?",
                        "9 Field \"probability\" cannot have \"template\"."
                                + " Use it with name, company, contact_name and description only.",
                        "11 \"Message\" stands twice under \"message\": case, spacing and punctuation do not count."
                                + " Remove one of them.");
        assertThat(exception).hasMessageStartingWith("x.mapping.yaml:2: ");
    }

    @Test
    void whatIsNoYamlIsToldByLine() {
        MappingException exception = catchThrowableOfType(
                MappingException.class, () -> Mapping.parse("x.mapping.yaml", "source: x\nfields: [\n"));

        assertThat(exception.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isGreaterThan(1);
            assertThat(fault.problem()).startsWith("This is not YAML");
        });
    }

    @Test
    void anEmptyFileIsAFault() {
        assertThatThrownBy(() -> Mapping.parse("x.mapping.yaml", ""))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("Begin with \"source:\"");
    }

    @Test
    void aliasesCountInTheirOrderAndTheOthersAreKept() throws MappingException {
        Mapping mapping = Mapping.parse("x", "source: x\nfields: { name: [title, subject] }\n");

        Normalised.Taken taken = taken(mapping, record("subject", "Second", "title", "First"));

        assertThat(taken.deal().name()).isEqualTo("First");
        assertThat(taken.deal().metadata()).containsExactly(Map.entry("subject", "Second"));
    }

    @Test
    void aBlankAliasGivesWayToTheNext() throws MappingException {
        Mapping mapping = Mapping.parse("x", "source: x\nfields: { name: [title, subject] }\n");

        assertThat(taken(mapping, record("title", " ", "subject", "Second"))
                        .deal()
                        .name())
                .isEqualTo("Second");
    }

    @Test
    void theCodeOfAFieldAlwaysFeedsItSoThatARecordCanBeMended() throws MappingException {
        Mapping mapping = Mapping.parse("x", "source: x\nflatten: [inner]\nfields: { value: [amount] }\n");

        Normalised.Taken mended = taken(
                mapping, record("name", "A", "amount", "twelve", "value", 12, "inner", record("value", "inside")));

        assertThat(mended.deal().value()).isEqualByComparingTo("12");
        assertThat(mended.deal().metadata()).containsEntry("amount", "twelve").containsEntry("value", "inside");
    }

    @Test
    void textThatCannotBeStoredIsRefusedWhereverItStands() throws MappingException {
        Mapping mapping = Mapping.parse("x", "source: x\nmetadata: [metadata]\n");
        Map<String, @Nullable Object> nested = record("deep", List.of(record("k", "a\0b")));

        Normalised normalised = mapping.normalise(
                new RawRecord(1, record("name", "A\ud800", "note", "\0", "metadata", nested)), TENANT);

        assertThat(((Normalised.Refused) normalised).errors())
                .extracting(FieldError::field)
                .containsExactly("name", "note", "deep");
    }

    @Test
    void metadataNeverPushesOutAFieldOfTheSameName() throws MappingException {
        Mapping mapping = Mapping.parse("x", "source: x\nmetadata: [metadata]\n");

        assertThat(taken(mapping, record("name", "A", "note", "own", "metadata", record("note", "other")))
                        .deal()
                        .metadata())
                .containsExactly(Map.entry("note", "own"), Map.entry("note (2)", "other"));
    }

    @Property
    void noRecordBreaksAMapping(@ForAll Map<String, String> fields) throws MappingException {
        Mapping mapping = Mapping.parse("x", "source: x\nfields: { name: { required: true } }\n");
        Map<String, @Nullable Object> record = new LinkedHashMap<>(fields);

        assertThat(mapping.normalise(new RawRecord(1, record), TENANT)).isNotNull();
    }

    private static Normalised.Taken taken(Mapping mapping, Map<String, @Nullable Object> fields) {
        Normalised normalised = mapping.normalise(new RawRecord(1, fields), TENANT);
        assertThat(normalised).isInstanceOf(Normalised.Taken.class);
        return (Normalised.Taken) normalised;
    }

    private static Map<String, @Nullable Object> record(Object... pairs) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            record.put(pairs[i].toString(), pairs[i + 1]);
        }
        return record;
    }
}
