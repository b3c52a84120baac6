package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.FieldOrigin;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a record changes of a deal that is known already, and what it must leave alone. */
class DealMergeTest {
    private static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-03-02T18:00:00Z");

    private final DealMerge merge = new DealMerge(new Precedence(List.of()));

    @Test
    void a_later_record_replaces_what_it_states_and_keeps_what_it_replaced() {
        Deal deal = known("api", null, record().value("100.00"));

        Map<String, @Nullable Object> replaced =
                merge.apply(deal, record().value("200.00").build(), from("api", EVENING, null), false);

        assertThat(deal.value()).isEqualByComparingTo("200");
        assertThat(replaced).containsOnlyKeys("value");
        assertThat((Map<?, ?>) replaced.get("value"))
                .satisfies(before -> assertThat(before.get("value")).isEqualTo(new BigDecimal("100.00")));
        assertThat(deal.originOf(DealField.VALUE).at()).isEqualTo(EVENING);
        assertThat(deal.originOf(DealField.NAME).at()).isEqualTo(MORNING);
    }

    @Test
    void the_same_record_again_changes_nothing() {
        Deal deal = known("api", null, record().value("100.00"));

        assertThat(merge.apply(deal, record().value("100.00").build(), from("api", EVENING, null), false))
                .isEmpty();
    }

    @Test
    void a_blank_never_erases() {
        Deal deal =
                known("api", null, record().value("100.00").description("kept").closing("2026-06-01"));

        merge.apply(deal, record().build(), from("api", EVENING, null), false);

        assertThat(deal.value()).isEqualByComparingTo("100");
        assertThat(deal.text(DealField.DESCRIPTION)).isEqualTo("kept");
        assertThat(deal.expectedCloseDate()).isEqualTo(LocalDate.parse("2026-06-01"));
    }

    @Test
    void an_estimate_never_beats_a_stated_value() {
        Deal deal = known("manual", null, record().value("90000.00"));

        merge.apply(
                deal,
                record().value("15000.00").assuming(DealField.VALUE).build(),
                from("email", EVENING, null),
                false);

        assertThat(deal.value()).isEqualByComparingTo("90000");
        assertThat(deal.valueEstimated()).isFalse();
    }

    @Test
    void a_stated_value_beats_an_estimate_even_when_both_are_the_same_amount() {
        Deal deal = known("email", null, record().value("15000.00").assuming(DealField.VALUE));

        Map<String, @Nullable Object> replaced =
                merge.apply(deal, record().value("15000.00").build(), from("manual", EVENING, null), false);

        assertThat(deal.valueEstimated()).isFalse();
        assertThat(replaced).containsKey("value");
    }

    @Test
    void a_better_estimate_of_the_same_source_replaces_the_first() {
        Deal deal = known("web_form", null, record().value("10000.00").assuming(DealField.VALUE));

        merge.apply(
                deal,
                record().value("50000.00").assuming(DealField.VALUE).build(),
                from("web_form", EVENING, null),
                false);

        assertThat(deal.value()).isEqualByComparingTo("50000");
        assertThat(deal.valueEstimated()).isTrue();
    }

    @Test
    void older_never_beats_newer_by_the_times_of_the_sources() {
        Deal deal = known("hubspot", NOON, record().value("100.00"));

        merge.apply(deal, record().value("50.00").build(), from("salesforce", EVENING, MORNING), false);

        assertThat(deal.value()).isEqualByComparingTo("100");
    }

    @Test
    void a_change_made_before_another_source_was_heard_does_not_undo_what_that_one_said() {
        Deal deal = known("manual", null, record().value("100.00"));

        merge.apply(
                deal, record().value("50.00").build(), from("salesforce", EVENING, MORNING.minusSeconds(3600)), false);

        assertThat(deal.value()).isEqualByComparingTo("100");
    }

    @Test
    void a_web_form_fills_blanks_of_other_sources_and_replaces_nothing() {
        Deal deal = known("api", null, record().description("ours"));

        merge.apply(
                deal,
                record().description("theirs").closing("2026-09-01").build(),
                from("web_form", EVENING, null),
                false);

        assertThat(deal.text(DealField.DESCRIPTION)).isEqualTo("ours");
        assertThat(deal.expectedCloseDate()).isEqualTo(LocalDate.parse("2026-09-01"));
    }

    @Test
    void a_source_that_is_trusted_less_replaces_nothing_of_one_that_is_trusted_more() {
        DealMerge trusting = new DealMerge(new Precedence(List.of("salesforce", "csv")));
        Deal deal = known("salesforce", null, record().value("100.00"));

        trusting.apply(deal, record().value("50.00").build(), from("csv", EVENING, null), false);
        assertThat(deal.value()).isEqualByComparingTo("100");

        trusting.apply(deal, record().value("70.00").build(), from("salesforce", EVENING, null), false);
        assertThat(deal.value()).isEqualByComparingTo("70");
    }

    @Test
    void a_stage_that_nobody_stated_never_moves_a_deal_back() {
        Deal deal = known("api", null, record().at(Stage.NEGOTIATION));

        merge.apply(
                deal,
                record().at(Stage.DISCOVERY).assuming(DealField.STAGE).build(),
                from("api", EVENING, null),
                false);

        assertThat(deal.stage()).isEqualTo(Stage.NEGOTIATION);
        assertThat(deal.stageEnteredAt).isEqualTo(MORNING);
    }

    @Test
    void a_new_stage_is_entered_now_and_brings_its_probability_unless_one_was_stated() {
        Deal assumed = known("api", null, record().assuming(DealField.PROBABILITY));
        Deal stated = known("api", null, record().likely("30.00"));
        NormalisedDeal moved = record().at(Stage.NEGOTIATION)
                .likely("90.00")
                .assuming(DealField.PROBABILITY)
                .build();

        merge.apply(assumed, moved, from("api", EVENING, null), false);
        merge.apply(stated, moved, from("api", EVENING, null), false);

        assertThat(assumed.stageEnteredAt).isEqualTo(EVENING);
        assertThat(assumed.probability()).isEqualByComparingTo("90");
        assertThat(stated.probability()).isEqualByComparingTo("30");
    }

    @Test
    void a_deal_that_is_decided_takes_the_probability_of_its_stage_whatever_was_stated() {
        Deal deal = known("api", null, record().likely("30.00"));

        merge.apply(
                deal,
                record().at(Stage.CLOSED_WON)
                        .likely("100.00")
                        .assuming(DealField.PROBABILITY)
                        .build(),
                from("api", EVENING, null),
                false);

        assertThat(deal.probability()).isEqualByComparingTo("100");
    }

    @Test
    void a_deal_recognised_by_its_name_keeps_the_spelling_it_is_stored_with() {
        Deal deal = known("api", null, record());

        merge.apply(deal, record().named("PUMP ORDER").build(), from("csv", EVENING, null), true);

        assertThat(deal.name()).isEqualTo("Pump order");
    }

    @Test
    void a_currency_goes_with_its_value() {
        Deal deal = known("api", null, record().value("100.00").in("USD"));

        merge.apply(deal, record().value("80.00").in("EUR").build(), from("api", EVENING, null), false);
        assertThat(deal.currency()).isEqualTo("EUR");

        merge.apply(deal, record().in("GBP").build(), from("api", EVENING, null), false);
        assertThat(deal.currency()).as("no value came with it").isEqualTo("EUR");
    }

    @Test
    void campaign_values_keep_their_first_touch_and_the_last_beside_it() {
        Deal deal = known("web_form", null, record().knowing("utm_source", "newsletter"));

        merge.apply(deal, record().knowing("utm_source", "adwords").build(), from("web_form", EVENING, null), false);

        assertThat(deal.metadata())
                .containsEntry("utm_source", "newsletter")
                .containsEntry("last_touch", Map.of("utm_source", "adwords"));
    }

    private static Deal known(String source, @Nullable Instant sourceTime, Said record) {
        NormalisedDeal said = record.build();
        Deal deal = new Deal(new UUID(0, 1), from(source, MORNING, sourceTime));
        deal.set(DealField.NAME, said.name(), null);
        deal.set(DealField.COMPANY, said.company(), null);
        deal.set(DealField.VALUE, said.value(), null);
        deal.set(DealField.CURRENCY, said.currency() == null ? "USD" : said.currency(), null);
        deal.set(DealField.STAGE, said.stage(), null);
        deal.set(DealField.PROBABILITY, said.probability(), null);
        deal.set(DealField.EXPECTED_CLOSE_DATE, said.expectedCloseDate(), null);
        deal.set(DealField.DESCRIPTION, said.description(), null);
        deal.assumed().addAll(said.assumed());
        deal.setMetadata(said.metadata());
        return deal;
    }

    private static FieldOrigin from(String source, Instant at, @Nullable Instant sourceTime) {
        return new FieldOrigin(source, "key:test", null, null, at, sourceTime);
    }

    private static Said record() {
        return new Said();
    }

    /** A record that states its name and company, discovery and 50 percent, and whatever is added. */
    private static final class Said {
        private String name = "Pump order";
        private @Nullable BigDecimal value;
        private @Nullable String currency;
        private Stage stage = Stage.DISCOVERY;
        private BigDecimal probability = new BigDecimal("50.00");
        private @Nullable LocalDate closing;
        private @Nullable String description;
        private final Set<DealField> assumed = EnumSet.noneOf(DealField.class);
        private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();

        Said named(String text) {
            name = text;
            return this;
        }

        Said value(String amount) {
            value = new BigDecimal(amount);
            return this;
        }

        Said in(String code) {
            currency = code;
            return this;
        }

        Said at(Stage at) {
            stage = at;
            return this;
        }

        Said likely(String percent) {
            probability = new BigDecimal(percent);
            return this;
        }

        Said closing(String day) {
            closing = LocalDate.parse(day);
            return this;
        }

        Said description(String text) {
            description = text;
            return this;
        }

        Said assuming(DealField field) {
            assumed.add(field);
            return this;
        }

        Said knowing(String key, String text) {
            metadata.put(key, text);
            return this;
        }

        NormalisedDeal build() {
            return new NormalisedDeal(
                    name,
                    "Fjord Pumps",
                    value,
                    currency,
                    stage,
                    probability,
                    closing,
                    null,
                    null,
                    description,
                    null,
                    null,
                    null,
                    null,
                    assumed,
                    metadata,
                    null);
        }
    }
}
