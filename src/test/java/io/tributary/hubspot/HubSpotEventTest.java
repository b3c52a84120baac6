package io.tributary.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.deal.FieldError;
import io.tributary.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubSpotEventTest {

    @ParameterizedTest
    @CsvSource({
        "deal.creation        , ''  , deal   , creation",
        "deal.propertyChange  , ''  , deal   , propertyChange",
        "object.propertyChange, 0-3 , deal   , propertyChange",
        "object.deletion      , 0-1 , contact, deletion",
        "object.restore       , 0-2 , company, restore",
        "object.creation      , 2-77, 2-77   , creation",
        "contact.privacyDeletion, '', contact, privacyDeletion"
    })
    void tells_what_happened_to_what(String type, String typeId, String object, String kind) throws Exception {
        HubSpotEvent event = read("""
                {"eventId":1,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"%s","objectTypeId":"%s",
                 "objectId":123,"attemptNumber":0}""".formatted(type, typeId));

        assertThat(event.object()).isEqualTo(object);
        assertThat(event.kind()).isEqualTo(kind);
        assertThat(event.portal()).isEqualTo("62515");
        assertThat(event.objectIds()).containsExactly("123");
        assertThat(event.occurredAt()).isEqualTo(Instant.ofEpochMilli(1564113600000L));
        assertThat(event.isOfDeal()).isEqualTo(object.equals("deal"));
    }

    @Test
    void the_older_name_of_the_type_is_read_too() throws Exception {
        assertThat(read("{\"portalId\":1,\"occurredAt\":1,\"eventType\":\"deal.deletion\",\"objectId\":5}")
                        .kind())
                .isEqualTo("deletion");
    }

    @Test
    void an_association_happens_to_the_object_it_comes_from() throws Exception {
        HubSpotEvent event = read("""
                {"eventId":7,"portalId":1,"occurredAt":2,"subscriptionType":"deal.associationChange",
                 "associationType":"DEAL_TO_CONTACT","fromObjectId":40,"toObjectId":50,"associationRemoved":false}""");

        assertThat(event.objectIds()).containsExactly("40");
        assertThat(event.otherObjectId()).isEqualTo("50");
    }

    @Test
    void a_merge_names_who_stays_first_then_who_goes() throws Exception {
        HubSpotEvent event = read("""
                {"eventId":7,"portalId":1,"occurredAt":2,"subscriptionType":"deal.merge","objectId":40,
                 "primaryObjectId":40,"mergedObjectIds":[41,42],"newObjectId":43,"numberOfPropertiesMoved":3}""");

        assertThat(event.objectIds()).containsExactly("40", "41", "42");
        assertThat(event.newObjectId()).isEqualTo("43");
    }

    @Test
    void the_same_event_has_one_key_in_every_attempt_and_another_event_another() throws Exception {
        String event = "{\"eventId\":1,\"portalId\":1,\"occurredAt\":2,\"subscriptionType\":\"deal.creation\","
                + "\"objectId\":3,\"attemptNumber\":0}";
        String key = read(event).key();

        assertThat(read(event.replace("\"attemptNumber\":0", "\"attemptNumber\":4"))
                        .key())
                .isEqualTo(key);
        for (String[] change : new String[][] {
            {"\"eventId\":1", "\"eventId\":9"},
            {"\"portalId\":1", "\"portalId\":9"},
            {"\"occurredAt\":2", "\"occurredAt\":9"},
            {"creation", "deletion"},
            {"\"objectId\":3", "\"objectId\":9"}
        }) {
            assertThat(read(event.replace(change[0], change[1])).key()).isNotEqualTo(key);
        }
    }

    @Test
    void what_is_no_event_is_told() throws Exception {
        assertThat(faults("{}"))
                .extracting(FieldError::field)
                .containsExactly("subscriptionType", "objectId", "occurredAt");
        assertThat(faults("7")).extracting(FieldError::field).containsExactly("event");
        assertThat(faults("{\"portalId\":1,\"occurredAt\":\"soon\",\"subscriptionType\":\"deal\",\"objectId\":[]}"))
                .extracting(FieldError::field)
                .containsExactly("subscriptionType", "objectId", "occurredAt");
    }

    private static HubSpotEvent read(String json) throws Exception {
        List<FieldError> faults = new ArrayList<>();
        Optional<HubSpotEvent> event = HubSpotEvent.read(Json.read(json.getBytes(StandardCharsets.UTF_8)), faults);
        assertThat(faults).isEmpty();
        return event.orElseThrow();
    }

    private static List<FieldError> faults(String json) throws Exception {
        List<FieldError> faults = new ArrayList<>();
        assertThat(HubSpotEvent.read(Json.read(json.getBytes(StandardCharsets.UTF_8)), faults))
                .isEmpty();
        return faults;
    }
}
