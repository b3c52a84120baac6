package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Books;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which value of a field counts when two records state one. */
@WithHub
class PrecedenceTest {
    private static final String FIRST = "2026-03-01T08:00:00Z";
    private static final String SECOND = "2026-03-02T08:00:00Z";
    private static final String THIRD = "2026-03-03T08:00:00Z";

    private TestHub hub;
    private Tenant tenant;

    @BeforeEach
    void setUp(TestHub shared, Tenant own) {
        hub = shared;
        tenant = own;
    }

    @AfterEach
    void the_books_are_exact() {
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void an_older_record_of_an_id_changes_nothing_and_says_so() {
        tenant.post("/api", deal("external_id", "e-1", "value", 100, "source_updated_at", SECOND));

        Reply late = tenant.post("/api", deal("external_id", "e-1", "value", 90, "source_updated_at", FIRST));

        assertThat(late.status()).isEqualTo(200);
        assertThat(late.textAt("/action")).isEqualTo("unchanged");
        assertThat(late.textAt("/matched_by")).isEqualTo("external_id");
        assertThat(late.textAt("/warnings/0/field")).isEqualTo("source_updated_at");
        assertThat(late.at("/deal/value").decimalValue()).isEqualByComparingTo("100");
    }

    @Test
    void a_record_that_arrives_late_is_known_as_late_also_when_the_newer_one_changed_nothing() {
        tenant.post("/api", deal("external_id", "e-1", "value", 100, "source_updated_at", FIRST));
        tenant.post("/api", deal("external_id", "e-1", "value", 100, "source_updated_at", THIRD));

        Reply late = tenant.post("/api", deal("external_id", "e-1", "value", 90, "source_updated_at", SECOND));

        assertThat(late.textAt("/action")).isEqualTo("unchanged");
        assertThat(late.at("/deal/value").decimalValue()).isEqualByComparingTo("100");
    }

    @Test
    void a_newer_record_of_an_id_counts() {
        tenant.post("/api", deal("external_id", "e-1", "value", 100, "source_updated_at", FIRST));

        Reply newer = tenant.post("/api", deal("external_id", "e-1", "value", 90, "source_updated_at", SECOND));

        assertThat(newer.textAt("/action")).isEqualTo("updated");
        assertThat(newer.at("/deal/value").decimalValue()).isEqualByComparingTo("90");
    }

    @Test
    void an_older_record_met_by_name_replaces_no_newer_value_but_fills_what_is_missing() {
        tenant.post("/api", deal("value", 100, "source_updated_at", SECOND));

        Reply late = tenant.post(
                "/api", deal("value", 90, "contact_email", "ann@orchard.example", "source_updated_at", FIRST));

        assertThat(late.textAt("/matched_by")).isEqualTo("name_company");
        assertThat(late.at("/deal/value").decimalValue()).isEqualByComparingTo("100");
        assertThat(late.textAt("/deal/contact_email")).isEqualTo("ann@orchard.example");
    }

    @Test
    void a_source_that_the_tenant_trusts_less_replaces_nothing_of_one_it_trusts_more() {
        tenant.put("/settings", Map.of("field_trust", List.of("manual", "api")));
        tenant.post("/manual", deal("value", 100));

        Reply less = tenant.post("/api", deal("value", 90, "description", "fills the blank"));
        Reply more = tenant.post("/manual", deal("value", 80));

        assertThat(less.at("/deal/value").decimalValue()).isEqualByComparingTo("100");
        assertThat(less.textAt("/deal/description")).isEqualTo("fills the blank");
        assertThat(more.at("/deal/value").decimalValue()).isEqualByComparingTo("80");
    }

    @Test
    void an_estimate_gives_way_to_a_stated_value() {
        Reply form = tenant.post("/web-form", form());
        assertThat(form.at("/deal/value_estimated").asBoolean()).isTrue();

        Reply stated = tenant.post("/manual", inquiry("value", 7));

        assertThat(stated.textAt("/deal/id")).isEqualTo(form.textAt("/deal/id"));
        assertThat(stated.at("/deal/value").decimalValue()).isEqualByComparingTo("7");
        assertThat(stated.at("/deal/value_estimated").asBoolean(true)).isFalse();
    }

    @Test
    void an_estimate_never_replaces_a_stated_value() {
        tenant.post("/manual", inquiry("value", 7));

        Reply form = tenant.post("/web-form", form());

        assertThat(form.textAt("/matched_by")).isEqualTo("name_company");
        assertThat(form.at("/deal/value").decimalValue()).isEqualByComparingTo("7");
        assertThat(form.at("/deal/value_estimated").asBoolean(true)).isFalse();
    }

    @Test
    void a_web_form_fills_the_blanks_of_another_source_and_nothing_else() {
        tenant.post("/manual", inquiry("stage", "negotiation", "description", "typed in by hand"));

        Reply form = tenant.post("/web-form", form());

        assertThat(form.textAt("/deal/contact_email")).isEqualTo("ann@orchard.example");
        assertThat(form.at("/deal/value").decimalValue()).isPositive();
        assertThat(form.textAt("/deal/stage")).isEqualTo("negotiation");
        assertThat(form.textAt("/deal/description")).isEqualTo("typed in by hand");
        assertThat(form.textAt("/deal/source")).isEqualTo("manual");
    }

    @Test
    void another_source_replaces_what_a_web_form_said() {
        tenant.post("/web-form", form());

        Reply typed = tenant.post("/manual", inquiry("contact_email", "bo@orchard.example"));

        assertThat(typed.textAt("/deal/contact_email")).isEqualTo("bo@orchard.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "empty", "spaces", "absent"})
    void a_blank_never_erases(String blank) {
        Map<String, Object> full = deal(
                "external_id", "e-1",
                "value", 100,
                "stage", "proposal",
                "probability", 61,
                "expected_close_date", "2027-05-01",
                "contact_email", "ann@orchard.example",
                "contact_name", "Ann Roe",
                "description", "Five hundred seats");
        Reply first = tenant.post("/api", full);
        Map<String, Object> blanks = deal("external_id", "e-1");
        for (String field : full.keySet()) {
            if (!blanks.containsKey(field)) {
                switch (blank) {
                    case "null" -> blanks.put(field, null);
                    case "empty" -> blanks.put(field, "");
                    case "spaces" -> blanks.put(field, "  ");
                    default -> {}
                }
            }
        }

        Reply second = tenant.post("/api", blanks);

        assertThat(second.status()).as(second.toString()).isEqualTo(200);
        assertThat(second.textAt("/action")).isEqualTo("unchanged");
        assertThat(second.at("/deal")).isEqualTo(first.at("/deal"));
    }

    @Test
    void nothing_moves_updated_at_but_a_change() {
        Reply first = tenant.post("/api", deal("external_id", "e-1", "value", 100));
        Reply same = tenant.post("/api", deal("external_id", "e-1", "value", 100));
        Reply other = tenant.post("/api", deal("external_id", "e-1", "value", 101));

        assertThat(same.textAt("/deal/updated_at")).isEqualTo(first.textAt("/deal/updated_at"));
        assertThat(other.textAt("/deal/updated_at")).isGreaterThan(first.textAt("/deal/updated_at"));
        assertThat(other.textAt("/deal/created_at")).isEqualTo(first.textAt("/deal/created_at"));
    }

    @Test
    void a_currency_stays_with_its_value() {
        tenant.post("/api", deal("external_id", "e-1", "value", 100, "currency", "EUR"));

        Reply reply = tenant.post("/api", deal("external_id", "e-1", "currency", "JPY"));

        assertThat(reply.textAt("/deal/currency")).isEqualTo("EUR");
    }

    private static Map<String, Object> deal(Object... more) {
        return with(Map.of("name", "Fleet renewal", "company", "Orchard"), more);
    }

    /** A deal of the name that a web form's deal gets. */
    private static Map<String, Object> inquiry(Object... more) {
        return with(Map.of("name", "Web inquiry – Orchard", "company", "Orchard"), more);
    }

    private static Map<String, Object> form() {
        return Map.of(
                "first_name", "Ann",
                "last_name", "Roe",
                "email", "ann@orchard.example",
                "company", "Orchard",
                "company_size", "51-200",
                "message", "Please call");
    }

    private static Map<String, Object> with(Map<String, Object> base, Object... more) {
        Map<String, Object> deal = new HashMap<>(base);
        for (int i = 0; i < more.length; i += 2) {
            deal.put(String.valueOf(more[i]), more[i + 1]);
        }
        return deal;
    }
}
