package io.tributary.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.json.Json;
import io.tributary.tenant.Scope;
import io.tributary.testing.Books;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a HubSpot account tells by webhooks ends as what is true there, in whatever order and however often it is told. */
@WithHub
class WebhookTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private FakeHubSpot hubSpot;

    @BeforeEach
    void start() throws Exception {
        hubSpot = new FakeHubSpot();
    }

    @AfterEach
    void stop() {
        hubSpot.close();
    }

    @Test
    void a_told_deal_is_read_whole_with_its_contact_and_company(TestHub hub, Tenant tenant) {
        Portal portal = Portal.connect(hub, tenant, hubSpot);
        hubSpot.put(771, now, Map.of("dealname", "Orchard", "amount", "1500.50", "dealstage", "qualifiedtobuy"));
        hubSpot.contact("9", Map.of("email", "ann@orchard.example", "firstname", "Ann", "lastname", "Lee"), 771);
        hubSpot.company("5", Map.of("name", "Other Ltd", "domain", "other.example"), 771);
        hubSpot.company("6", Map.of("name", "Orchard Ltd", "domain", "orchard.example"), 771);

        Reply reply = portal.deliver(List.of(Portal.event("deal.creation", 771, now)));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.at("/received").asInt()).isOne();
        Eventually.within(SOON, () -> {
            JsonNode deal = deal(tenant, "771");
            assertThat(deal.path("name").asText()).isEqualTo("Orchard");
            assertThat(deal.path("value").decimalValue()).isEqualByComparingTo("1500.50");
            assertThat(deal.path("stage").asText()).isEqualTo("qualification");
            assertThat(deal.path("source").asText()).isEqualTo("hubspot");
            assertThat(deal.path("company").asText()).isEqualTo("Orchard Ltd");
            assertThat(deal.path("contact_email").asText()).isEqualTo("ann@orchard.example");
            assertThat(deal.path("contact_name").asText()).isEqualTo("Ann Lee");
        });
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void the_same_event_again_reads_nothing_and_changes_nothing(TestHub hub, Tenant tenant) {
        Portal portal = Portal.connect(hub, tenant, hubSpot);
        hubSpot.put(1, now, Map.of("dealname", "Once", "amount", "10"));
        List<Map<String, Object>> events = List.of(Portal.event("deal.creation", 1, now));
        portal.deliver(events);
        Eventually.within(
                SOON, () -> assertThat(deal(tenant, "1").isMissingNode()).isFalse());
        JsonNode before = deal(tenant, "1");
        long read = hubSpot.entriesRead();

        events.get(0).put("attemptNumber", 3);
        assertThat(portal.deliver(events).status()).isEqualTo(200);
        hubSpot.put(2, now, Map.of("dealname", "Marker"));
        portal.deliver(List.of(Portal.event("deal.creation", 2, now)));
        Eventually.within(
                SOON, () -> assertThat(deal(tenant, "2").isMissingNode()).isFalse());

        assertThat(deal(tenant, "1")).isEqualTo(before);
        assertThat(hubSpot.entriesRead()).isEqualTo(read + 1);
    }

    @Test
    void a_hundred_events_of_one_deal_are_one_read(TestHub hub, Tenant tenant) {
        Portal portal = Portal.connect(hub, tenant, hubSpot);
        hubSpot.put(3, now, Map.of("dealname", "Busy", "amount", "99"));
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            events.add(Portal.event("deal.propertyChange", 3, now.minusSeconds(i)));
        }

        assertThat(portal.deliver(events).at("/received").asInt()).isEqualTo(100);

        Eventually.within(
                SOON, () -> assertThat(deal(tenant, "3").path("value").asInt()).isEqualTo(99));
        assertThat(hubSpot.entriesRead()).isLessThanOrEqualTo(2);
    }

    @Test
    void what_is_emptied_in_hubspot_is_empty_here_unless_somebody_has_said_something_since(TestHub hub, Tenant tenant) {
        Portal portal = Portal.connect(hub, tenant, hubSpot);
        Map<String, String> whole = Map.of(
                "dealname", "Emptied", "amount", "99", "closedate", "2027-03-01T00:00:00Z", "description", "Wants two");
        hubSpot.put(4, now, whole);
        portal.deliver(List.of(Portal.event("deal.creation", 4, now)));
        Eventually.within(
                SOON, () -> assertThat(deal(tenant, "4").path("value").asInt()).isEqualTo(99));
        tenant.patch("/" + deal(tenant, "4").path("id").asText(), Map.of("description", "Wants three"));

        Instant later = now.plusSeconds(5);
        hubSpot.put(4, later, Map.of("dealname", "Emptied", "amount", "", "closedate", "", "description", ""));
        portal.deliver(List.of(Portal.event("deal.propertyChange", 4, later)));

        Eventually.within(SOON, () -> {
            assertThat(deal(tenant, "4").path("expected_close_date").isNull()).isTrue();
            assertThat(deal(tenant, "4").path("value").isNull()).isTrue();
        });
        assertThat(deal(tenant, "4").path("description").asText()).isEqualTo("Wants three");
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_stage_of_the_accounts_own_stands_where_its_probability_says(TestHub hub, Tenant tenant) {
        Portal portal = Portal.connect(hub, tenant, hubSpot);
        hubSpot.put(11, now, Map.of("dealname", "In review", "dealstage", "7731"));
        hubSpot.put(12, now, Map.of("dealname", "Own won", "dealstage", "7732"));
        hubSpot.put(13, now, Map.of("dealname", "Own lost", "dealstage", "7733"));
        portal.deliver(List.of(
                Portal.event("object.creation", 11, now),
                Portal.event("deal.creation", 12, now),
                Portal.event("deal.creation", 13, now)));
        portal.deliver(List.of(generic(11)));

        Eventually.within(SOON, () -> {
            assertThat(deal(tenant, "11").path("stage").asText()).isEqualTo("proposal");
            assertThat(deal(tenant, "11").path("probability").asInt()).isEqualTo(65);
            assertThat(deal(tenant, "12").path("stage").asText()).isEqualTo("closed_won");
            assertThat(deal(tenant, "13").path("stage").asText()).isEqualTo("closed_lost");
        });
    }

    private Map<String, Object> generic(long deal) {
        Map<String, Object> event = Portal.event("object.propertyChange", deal, now);
        event.put("objectTypeId", "0-3");
        return event;
    }

    @Test
    void failures_of_hubspot_cost_time_and_no_deal(TestHub hub, Tenant tenant) {
        Portal portal = Portal.connect(hub, tenant, hubSpot);
        hubSpot.put(21, now, Map.of("dealname", "Survives"));
        hubSpot.failNext(500, 429, 503);

        assertThat(portal.deliver(List.of(Portal.event("deal.creation", 21, now)))
                        .status())
                .isEqualTo(200);

        Eventually.within(
                SOON, () -> assertThat(deal(tenant, "21").path("name").asText()).isEqualTo("Survives"));
    }

    @Test
    void a_token_that_has_ended_is_renewed_once_and_the_call_made_again(TestHub hub, Tenant tenant) {
        Portal portal = Portal.connect(
                hub, tenant, hubSpot, "access_token", "", "client_id", "app", "refresh_token", "refresh-it");
        hubSpot.put(31, now, Map.of("dealname", "First"));
        portal.deliver(List.of(Portal.event("deal.creation", 31, now)));
        Eventually.within(
                SOON, () -> assertThat(deal(tenant, "31").isMissingNode()).isFalse());
        assertThat(hubSpot.tokensGiven()).isOne();

        hubSpot.expireTokens();
        hubSpot.put(32, now, Map.of("dealname", "Second"));
        portal.deliver(List.of(Portal.event("deal.creation", 32, now)));

        Eventually.within(
                SOON, () -> assertThat(deal(tenant, "32").isMissingNode()).isFalse());
        assertThat(hubSpot.tokensGiven()).isEqualTo(2);
    }

    @Test
    void a_deleted_deal_leaves_the_pipeline_and_comes_back_when_it_is_restored(TestHub hub, Tenant tenant) {
        Portal portal = Portal.connect(hub, tenant, hubSpot);
        hubSpot.put(41, now, Map.of("dealname", "Comes and goes", "amount", "500"));
        portal.deliver(List.of(Portal.event("deal.creation", 41, now)));
        Eventually.within(SOON, () -> assertThat(active(tenant)).isOne());
        String id = deal(tenant, "41").path("id").asText();

        hubSpot.archive(41, now.plusSeconds(1));
        portal.deliver(List.of(Portal.event("deal.deletion", 41, now.plusSeconds(1))));
        Eventually.within(SOON, () -> assertThat(active(tenant)).isZero());
        assertThat(deal(tenant, "41").isMissingNode()).isTrue();
        assertThat(tenant.get("/" + id).textAt("/deal/archived_at")).isNotEmpty();
        Books.of(hub, tenant).areBalanced();

        hubSpot.restore(41, now.plusSeconds(2));
        portal.deliver(List.of(Portal.event("deal.restore", 41, now.plusSeconds(2))));
        Eventually.within(SOON, () -> assertThat(active(tenant)).isOne());
        assertThat(deal(tenant, "41").path("id").asText()).isEqualTo(id);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_deleted_deal_is_closed_where_the_connection_says_so(TestHub hub, Tenant tenant) {
        Portal portal = Portal.connect(hub, tenant, hubSpot, "on_delete", "close");
        hubSpot.put(42, now, Map.of("dealname", "Ends", "amount", "500"));
        portal.deliver(List.of(Portal.event("deal.creation", 42, now)));
        Eventually.within(SOON, () -> assertThat(active(tenant)).isOne());

        hubSpot.archive(42, now.plusSeconds(1));
        portal.deliver(List.of(Portal.event("deal.deletion", 42, now.plusSeconds(1))));

        Eventually.within(
                SOON,
                () -> assertThat(deal(tenant, "42").path("stage").asText()).isEqualTo("closed_lost"));
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void of_a_merge_the_deal_that_stays_is_read_and_the_other_leaves(TestHub hub, Tenant tenant) {
        Portal portal = Portal.connect(hub, tenant, hubSpot);
        hubSpot.put(51, now, Map.of("dealname", "Stays", "amount", "1"));
        hubSpot.put(52, now, Map.of("dealname", "Goes", "amount", "2"));
        portal.deliver(List.of(Portal.event("deal.creation", 51, now), Portal.event("deal.creation", 52, now)));
        Eventually.within(SOON, () -> assertThat(active(tenant)).isEqualTo(2));

        hubSpot.put(51, now.plusSeconds(1), Map.of("dealname", "Stays", "amount", "3"));
        hubSpot.archive(52, now.plusSeconds(1));
        Map<String, Object> merge = Portal.event("deal.merge", 51, now.plusSeconds(1));
        merge.put("primaryObjectId", 51);
        merge.put("mergedObjectIds", List.of(52));
        portal.deliver(List.of(merge));

        Eventually.within(SOON, () -> {
            assertThat(active(tenant)).isOne();
            assertThat(deal(tenant, "51").path("value").asInt()).isEqualTo(3);
        });
    }

    @Test
    void a_person_who_wants_to_be_forgotten_is(TestHub hub, Tenant tenant) {
        Portal portal = Portal.connect(hub, tenant, hubSpot);
        hubSpot.put(61, now, Map.of("dealname", "Stays without her", "amount", "1"));
        hubSpot.contact("77", Map.of("email", "grete@person.example", "firstname", "Grete", "lastname", "Holm"), 61);
        portal.deliver(List.of(Portal.event("deal.creation", 61, now)));
        Eventually.within(
                SOON,
                () -> assertThat(deal(tenant, "61").path("contact_email").asText())
                        .isNotEmpty());
        String id = deal(tenant, "61").path("id").asText();
        tenant.patch("/" + id, Map.of("contact_name", "Grete H. Holm"));

        portal.deliver(List.of(Portal.event("contact.privacyDeletion", 77, now)));

        Eventually.within(
                SOON,
                () -> assertThat(deal(tenant, "61").path("contact_email").isNull())
                        .isTrue());
        for (String path : List.of("/" + id, "/leads", "/audit", "/activity", "/" + id + "/activities")) {
            assertThat(tenant.get(path).text()).as(path).doesNotContain("grete@person.example", "Holm");
        }
        for (String table : List.of("history", "event", "audit", "deal", "lead")) {
            assertThat(hub.owner()
                            .sql("select count(*) from " + table + " as t where t.tenant_id = :tenant and "
                                    + "cast(t as text) ~* '(grete|holm)'")
                            .param("tenant", tenant.id())
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_changed_contact_renews_its_deals(TestHub hub, Tenant tenant) {
        Portal portal = Portal.connect(hub, tenant, hubSpot);
        hubSpot.put(71, now, Map.of("dealname", "Hers", "amount", "1"));
        hubSpot.contact("78", Map.of("email", "kim@one.example"), 71);
        portal.deliver(List.of(Portal.event("deal.creation", 71, now)));
        Eventually.within(
                SOON,
                () -> assertThat(deal(tenant, "71").path("contact_email").asText())
                        .isEqualTo("kim@one.example"));

        hubSpot.contact("78", Map.of("email", "kim@two.example"));
        portal.deliver(List.of(Portal.event("contact.propertyChange", 78, now)));

        Eventually.within(
                SOON,
                () -> assertThat(deal(tenant, "71").path("contact_email").asText())
                        .isEqualTo("kim@two.example"));
    }

    @Test
    void whoever_cannot_prove_to_be_hubspot_is_refused_and_learns_nothing(TestHub hub, Tenant tenant, Tenant other) {
        Portal portal = Portal.connect(hub, tenant, hubSpot);
        byte[] body = Json.writeBytes(List.of(Portal.event("deal.creation", 81, now)));
        hubSpot.put(81, now, Map.of("dealname", "Forged"));
        Instant sent = Instant.now();

        assertThat(List.of(
                        portal.deliver(body, "wrong", sent, portal.address()),
                        portal.deliver(body, portal.secret(), sent.minusSeconds(360), portal.address()),
                        portal.deliver(body, portal.secret(), sent.plusSeconds(360), portal.address()),
                        portal.deliver(body, portal.secret(), sent, portal.address() + "&x=1"),
                        hub.stranger().send("POST", portal.path(), "application/json", body),
                        hub.stranger().send("POST", "/hubspot/sync", "application/json", body),
                        hub.stranger().send("POST", "/hubspot/sync?tenant_id=" + other.id(), "application/json", body),
                        hub.stranger().send("POST", "/hubspot/sync?tenant_id=nobody", "application/json", body)))
                .extracting(Reply::status)
                .containsOnly(401);
        byte[] ofAnother = Json.writeBytes(
                List.of(Map.of("portalId", 1, "objectId", 81, "occurredAt", 1, "subscriptionType", "deal.creation")));
        assertThat(portal.deliver(ofAnother, portal.secret(), sent, portal.address())
                        .status())
                .isEqualTo(401);
        assertThat(hub.owner()
                        .sql("select count(*) from hubspot_task where tenant_id = :tenant")
                        .param("tenant", tenant.id())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void with_a_key_no_signature_is_needed(TestHub hub, Tenant tenant) {
        Portal.connect(hub, tenant, hubSpot);
        hubSpot.put(91, now, Map.of("dealname", "By key"));

        Reply reply = tenant.with(EnumSet.of(Scope.INGEST))
                .post("/hubspot/sync", List.of(Portal.event("deal.creation", 91, now)));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        Eventually.within(
                SOON, () -> assertThat(deal(tenant, "91").isMissingNode()).isFalse());
    }

    @Test
    void scores_are_written_back_where_the_connection_names_properties_and_nothing_goes_round(
            TestHub hub, Tenant tenant) {
        Portal portal = Portal.connect(
                hub, tenant, hubSpot, "write_back", "our_score, our_risk, our_next", "poll_seconds", "1");
        hubSpot.put(95, Instant.now(), Map.of("dealname", "Scored", "amount", "7"));
        portal.deliver(List.of(Portal.event("deal.creation", 95, Instant.now())));

        Eventually.within(
                SOON,
                () -> assertThat(hubSpot.written("95"))
                        .containsKeys("our_score", "our_risk")
                        .containsEntry("our_next", "Find the contact"));
        String updated = deal(tenant, "95").path("updated_at").asText();
        int writes = hubSpot.writes();
        int searches = hubSpot.searches();
        Eventually.within(SOON, () -> assertThat(hubSpot.searches()).isGreaterThan(searches + 2));

        assertThat(hubSpot.writes()).isEqualTo(writes);
        assertThat(deal(tenant, "95").path("updated_at").asText()).isEqualTo(updated);
    }

    @Test
    void an_array_that_holds_no_events_is_kept_in_quarantine(TestHub hub, Tenant tenant) {
        Portal.connect(hub, tenant, hubSpot);

        Reply reply = tenant.post("/hubspot/sync", List.of(Map.of("hello", "world")));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.textAt("/rejected_id")).isNotEmpty();
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_deal_that_hubspot_tells_of_and_does_not_have_ends_in_quarantine(TestHub hub, Tenant tenant) {
        Portal portal = Portal.connect(hub, tenant, hubSpot);
        portal.deliver(List.of(Portal.event("deal.creation", 99, now)));
        hub.owner()
                .sql("update hubspot_task set attempts = 4 where tenant_id = :tenant")
                .param("tenant", tenant.id())
                .update();

        Eventually.within(
                Duration.ofSeconds(60),
                () -> assertThat(tenant.get("/rejected?source=hubspot")
                                .at("/items")
                                .size())
                        .isOne());
        Books.of(hub, tenant).areBalanced();
    }

    private static JsonNode deal(Tenant tenant, String externalId) {
        for (JsonNode deal : tenant.get("?limit=200").at("/items")) {
            if (deal.path("external_id").asText().equals(externalId)) {
                return deal;
            }
        }
        return Json.mapper().missingNode();
    }

    private static int active(Tenant tenant) {
        return tenant.get("/metrics").at("/total_active_deals").asInt();
    }
}
