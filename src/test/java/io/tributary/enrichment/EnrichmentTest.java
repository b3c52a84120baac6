package io.tributary.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.json.Json;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.WithHub;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an enricher fills in, and what it leaves alone. */
@WithHub
class EnrichmentTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ORCHARD =
            "{\"name\":\"Orchard Ltd\",\"phones\":[\"+44 1\"],\"metrics\":{\"employees\":\"51-200\"}}";

    private static void connect(Tenant tenant, FakeEnricher enricher) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("url", enricher.url());
        parameters.put("parameter", "domain");
        parameters.put("header_value", "Bearer k-1");
        parameters.put("fields", "company=$.name, phone=$.phones[0], company_size=metrics.employees");
        Reply made = tenant.put("/connections/firms", Map.of("kind", "enricher", "parameters", parameters));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
    }

    private static Reply deal(Tenant tenant, String name, String email) {
        return tenant.post("/api", Map.of("name", name, "external_id", name, "contact_email", email, "value", 5));
    }

    private static void awaitActivity(Tenant tenant, String deal) {
        Eventually.within(
                SOON,
                () -> assertThat(tenant.get("/" + deal + "/activities").at("/items"))
                        .anySatisfy(activity ->
                                assertThat(activity.get("type").asText()).isEqualTo("enriched")));
    }

    @Test
    void what_is_missing_is_filled_in_with_its_lineage_and_gives_way_to_what_is_stated(Tenant tenant) {
        try (FakeEnricher enricher = new FakeEnricher().knowing("orchard.example", ORCHARD)) {
            connect(tenant, enricher);
            Reply taken = deal(tenant, "Fleet", "ann@orchard.example");
            String deal = taken.textAt("/deal/id");
            awaitActivity(tenant, deal);

            Reply enriched = tenant.get("/" + deal);
            assertThat(enriched.textAt("/deal/company")).isEqualTo("Orchard Ltd");
            assertThat(enriched.textAt("/lineage/company/source")).isEqualTo("enrichment");
            assertThat(enriched.textAt("/lineage/company/actor")).isEqualTo("connection:firms");
            assertThat(enriched.textAt("/lineage/name/source")).isEqualTo("api");
            assertThat(enriched.textAt("/deal/source_metadata/enrichment/company_size"))
                    .isEqualTo("51-200");
            assertThat(enriched.textAt("/lead/phone")).isEqualTo("+44 1");
            assertThat(enriched.at("/lead/facts/company_size/least").asInt()).isEqualTo(51);
            assertThat(enriched.textAt("/lead/facts/domain")).isEqualTo("orchard.example");
            assertThat(enriched.at("/lead/facts/free_mail").asBoolean()).isFalse();

            // Whatever somebody states takes the place of what was only looked up.
            Reply stated =
                    tenant.post("/api", Map.of("name", "Fleet", "external_id", "Fleet", "company", "Orchard plc"));
            assertThat(stated.textAt("/deal/company")).isEqualTo("Orchard plc");
        }
    }

    @Test
    void what_was_given_is_never_overwritten(Tenant tenant) {
        try (FakeEnricher enricher = new FakeEnricher().knowing("orchard.example", ORCHARD)) {
            connect(tenant, enricher);
            String deal = tenant.post(
                            "/api",
                            Map.of("name", "Fleet", "company", "Orchards", "contact_email", "a@orchard.example"))
                    .textAt("/deal/id");
            awaitActivity(tenant, deal);

            assertThat(tenant.get("/" + deal).textAt("/deal/company")).isEqualTo("Orchards");
            assertThat(tenant.get("/" + deal).textAt("/lead/company")).isEqualTo("Orchards");
        }
    }

    @Test
    void a_domain_is_asked_about_once_and_a_free_one_never(Tenant tenant) {
        try (FakeEnricher enricher = new FakeEnricher().knowing("orchard.example", ORCHARD)) {
            connect(tenant, enricher);
            deal(tenant, "Nobody knows", "a@unknown.example");
            deal(tenant, "Free", "someone@gmail.com");
            deal(tenant, "One", "a@orchard.example");
            deal(tenant, "Two", "b@mail.orchard.example");
            awaitActivity(tenant, deal(tenant, "Three", "c@orchard.example").textAt("/deal/id"));
            deal(tenant, "Four", "b@unknown.example");
            awaitActivity(tenant, deal(tenant, "Five", "d@orchard.example").textAt("/deal/id"));

            assertThat(enricher.asked()).containsExactlyInAnyOrder("domain=unknown.example", "domain=orchard.example");
        }
    }

    @Test
    void a_service_that_fails_is_asked_again_and_holds_nobody_up(Tenant tenant) {
        try (FakeEnricher enricher = new FakeEnricher().knowing("orchard.example", ORCHARD)) {
            enricher.fail(2);
            connect(tenant, enricher);
            Reply taken = deal(tenant, "Fleet", "ann@orchard.example");
            assertThat(taken.status()).isEqualTo(201);
            Eventually.within(
                    SOON,
                    () -> assertThat(tenant.get("/connections/firms").textAt("/last_error"))
                            .isEqualTo("it answered 503"));

            awaitActivity(tenant, taken.textAt("/deal/id"));
            assertThat(enricher.asked()).hasSize(3);
            Reply tried = tenant.send("POST", "/connections/firms/test", null, new byte[0]);
            assertThat(tried.at("/ok").asBoolean()).as(tried.toString()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "company=$.name|company=Orchard",
                "company=name, first=$.list[1].a|company=Orchard;first=x",
                "number=$.n, truth=$.t, nothing=$.none, object=$.list|number=1.5;truth=true"
            })
    void fields_are_read_by_their_paths(String fields, String expected) throws Exception {
        Map<String, Object> read = EnricherFields.parse(fields)
                .read(
                        Json.mapper()
                                .readTree(
                                        "{\"name\":\" Orchard\\u0000 \",\"n\":1.5,\"t\":true,\"none\":null,\"list\":[1,{\"a\":\"x\"}]}"));

        assertThat(read.entrySet().stream().map(Object::toString)).containsExactlyInAnyOrder(expected.split(";"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "company", "company=", "=$.a", "Com pany=$.a", "a=$", "a=$.b[x]", "a=$..b"})
    void a_list_that_is_none_is_refused(String fields) {
        assertThatThrownBy(() -> EnricherFields.parse(fields)).isInstanceOf(IllegalArgumentException.class);
    }
}
