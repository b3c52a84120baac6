package io.tributary.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several events of one record come to one change, whose order within the batch cannot matter any more. */
class ChangesFoldTest {
    private static final String ID = FakeOrg.id(1);
    private static final Instant AT = Instant.parse("2026-05-01T10:00:00Z");

    @Test
    void the_last_word_on_a_field_counts() {
        Changes.Change emptied = only(event("UPDATE", "Amount", 5), event("UPDATE", "Amount", null));
        assertThat(emptied.fields()).isEmpty();
        assertThat(emptied.nulled()).containsExactly("Amount");

        Changes.Change filled = only(event("UPDATE", "Amount", null), event("UPDATE", "Amount", 5));
        assertThat(filled.fields()).containsExactlyEntriesOf(Map.of("Amount", 5));
        assertThat(filled.nulled()).isEmpty();
        assertThat(filled.type()).isEqualTo(ChangeEvent.Type.UPDATE);
    }

    @Test
    void what_events_do_not_say_for_certain_is_read() {
        assertThat(only(event("CREATE", "Name", "New")).type()).isEqualTo(ChangeEvent.Type.GAP);
        assertThat(only(event("GAP_UPDATE"), event("UPDATE", "Amount", 5)).type())
                .isEqualTo(ChangeEvent.Type.GAP);
        assertThat(only(event("DELETE"), event("UNDELETE")).type()).isEqualTo(ChangeEvent.Type.GAP);
        assertThat(only(event("UPDATE", "AccountId", "0015w000000AbCdAAV")).type())
                .isEqualTo(ChangeEvent.Type.GAP);
        assertThat(only(event("GAP_UPDATE"), event("DELETE")).type()).isEqualTo(ChangeEvent.Type.DELETE);
    }

    @Test
    void an_event_of_records_without_ids_is_an_overflow_since_it_happened() {
        Changes changes = changes(
                ChangeEvent.of("UPDATE", "Opportunity", List.of("006*"), Map.of(), Set.of(), AT.plusSeconds(5)),
                ChangeEvent.of("GAP_OVERFLOW", "Opportunity", List.of(), Map.of(), Set.of(), AT));
        assertThat(changes.all()).isEmpty();
        assertThat(changes.overflowSince()).isEqualTo(AT);
        assertThat(changes.last()).isEqualTo(AT.plusSeconds(5));
    }

    @Test
    void records_of_other_kinds_are_passed_over() {
        assertThat(changes(ChangeEvent.of("UPDATE", "Account", List.of(ID), Map.of(), Set.of(), AT))
                        .all())
                .isEmpty();
        assertThat(BayeuxEvents.read(Map.of("payload", Map.of("Text__c", "a platform event")))
                        .type())
                .isEqualTo(ChangeEvent.Type.OTHER);
    }

    @Test
    void a_push_topic_tells_which_record_to_read() {
        ChangeEvent event = BayeuxEvents.read(Map.of("sobject", Map.of("Id", ID), "event", Map.of("replayId", 7L)));
        assertThat(event.type()).isEqualTo(ChangeEvent.Type.GAP);
        assertThat(event.ids()).containsExactly(ID);
    }

    private static Changes.Change only(ChangeEvent... events) {
        List<Changes.Change> all = changes(events).all();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static Changes changes(ChangeEvent... events) {
        return new Changes(Arrays.asList(events));
    }

    /** An event of one field, as name and value; null where it was emptied. */
    private static ChangeEvent event(String type, Object... field) {
        Map<String, Object> fields = new HashMap<>();
        boolean emptied = field.length > 0 && field[1] == null;
        if (field.length > 0 && !emptied) {
            fields.put(field[0].toString(), field[1]);
        }
        return ChangeEvent.of(
                type, "Opportunity", List.of(ID), fields, emptied ? Set.of(field[0].toString()) : Set.of(), AT);
    }
}
