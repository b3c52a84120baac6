package io.tributary.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.deal.DealField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HeaderPlanTest {
    private final Mapping mapping;

    HeaderPlanTest() throws IOException, MappingException {
        Path file = Path.of("src/main/resources/routes/sources/csv/csv.mapping.yaml");
        mapping = Mapping.parse(file.toString(), Files.readString(file));
    }

    @Test
    void columnsTellTheirFieldAndHowSureItIs() {
        HeaderPlan plan =
                mapping.plan(List.of("Deal Name", "value", "Amount in words", "Deal Size (net)", "error"), Map.of());

        assertThat(plan.columns())
                .extracting(HeaderPlan.Column::field)
                .containsExactly(DealField.NAME, DealField.VALUE, null, null, null);
        assertThat(plan.columns().get(0).confidence()).isEqualTo(0.95);
        assertThat(plan.columns().get(1).confidence()).isEqualTo(1.0);
        assertThat(plan.columns().get(2).confidence()).isZero();
        assertThat(plan.columns().get(4).ignored()).isTrue();
        assertThat(plan.system()).isNull();
    }

    @Test
    void ofTwoColumnsForOneFieldTheBetterNamedFeedsIt() {
        HeaderPlan plan = mapping.plan(List.of("Amount", "value", "value"), Map.of());

        assertThat(plan.columns()).extracting(HeaderPlan.Column::field).containsExactly(null, DealField.VALUE, null);
    }

    @Test
    void aColumnErrorThatIsNotLastIsKept() {
        HeaderPlan plan = mapping.plan(List.of("error", "name"), Map.of());

        assertThat(plan.columns().get(0).ignored()).isFalse();
    }

    @Test
    void anOverrideThatNamesNoColumnIsToldOff() {
        assertThatThrownBy(() -> mapping.plan(List.of("name"), Map.of("Thing", "name")))
                .isInstanceOf(HeaderPlan.OverrideException.class)
                .hasMessage("The mapping names the column \"Thing\", which the file does not have; it has name.");
    }

    @Test
    void anOverrideThatNamesNoFieldIsToldOff() {
        assertThatThrownBy(() -> mapping.plan(List.of("Thing"), Map.of("Thing", "nam")))
                .isInstanceOf(HeaderPlan.OverrideException.class)
                .hasMessageContaining("Did you mean \"name\"?");
    }

    @Test
    void twoOverridesForOneFieldAreToldOff() {
        assertThatThrownBy(() -> mapping.plan(List.of("a", "b"), Map.of("a", "name", "b", "name")))
                .isInstanceOf(HeaderPlan.OverrideException.class)
                .hasMessageContaining("give it one of them");
    }

    @Test
    void datesOfTheYearFirstAreNoEvidenceForDayOrMonth() {
        HeaderPlan plan = mapping.plan(List.of("name", "close_date"), Map.of());
        Evidence evidence = plan.evidence();
        evidence.observe(new String[] {"A", "2026-12-25"});
        evidence.observe(new String[] {"B"});

        assertThat(evidence.decide(Locale.US, null, null).warnings()).isEmpty();
    }

    @Property
    void noRowBreaksAPlan(@ForAll List<String> cells) {
        HeaderPlan plan = mapping.plan(List.of("name", "value", "close_date", "email", "stage", "Status"), Map.of());
        String[] row = cells.toArray(String[]::new);
        Evidence evidence = plan.evidence();
        evidence.observe(row);

        Normalised normalised =
                plan.normalise(1, row, Readings.tenant("en-US"), evidence.decide(Locale.US, null, null));

        if (normalised instanceof Normalised.Taken taken) {
            String kept = taken.deal().name() + taken.deal().metadata();
            assertThat(Arrays.stream(row).skip(6).filter(cell -> !cell.isBlank()))
                    .allMatch(kept::contains);
        }
    }
}
