package io.tributary.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.testing.Books;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lead's status as people set it. */
@WithHub
class LeadStatusTest {

    @ParameterizedTest
    @ValueSource(strings = {"qualified", "disqualified", "contacted", "converted"})
    void a_status_is_kept_with_who_set_it(String status, Tenant tenant) {
        String lead = deal(tenant, "Someone", 1).textAt("/lead/id");

        Reply reply = tenant.patch("/leads/" + lead, Map.of("status", status));

        assertThat(reply.textAt("/lead/status")).as(reply.toString()).isEqualTo(status);
        assertThat(tenant.get("/leads/" + lead).textAt("/lead/status")).isEqualTo(status);
        JsonNode audited = tenant.get("/audit").at("/items/0");
        assertThat(audited.get("action").asText()).isEqualTo("lead.updated");
        assertThat(audited.get("subject").asText()).isEqualTo(lead);
        assertThat(audited.at("/details/before/status").asText()).isEqualTo("new");
        assertThat(audited.at("/details/after/status").asText()).isEqualTo(status);
    }

    @Test
    void spam_takes_the_deals_of_the_lead_out_of_the_figures_and_another_status_brings_them_back(
            Tenant tenant, TestHub hub) {
        Reply first = deal(tenant, "First", 100);
        Reply second = deal(tenant, "Second", 200);
        tenant.post("/api", Map.of("name", "Other", "value", 5));
        String lead = first.textAt("/lead/id");

        Reply spam = tenant.patch("/leads/" + lead, Map.of("status", "spam"));

        assertThat(spam.at("/lead/is_spam").asBoolean()).as(spam.toString()).isTrue();
        assertThat(tenant.get("/metrics").at("/total_active_deals").asInt()).isEqualTo(1);
        assertThat(tenant.get("/" + first.textAt("/deal/id"))
                        .at("/deal/is_spam")
                        .asBoolean())
                .isTrue();
        assertThat(tenant.get("/" + second.textAt("/deal/id"))
                        .at("/metrics/value_rank")
                        .isNull())
                .isTrue();
        Books.of(hub, tenant).areBalanced();

        Reply back = tenant.patch("/leads/" + lead, Map.of("status", "contacted"));

        assertThat(back.at("/lead/is_spam").asBoolean()).isFalse();
        assertThat(tenant.get("/metrics").at("/total_active_deals").asInt()).isEqualTo(3);
        assertThat(tenant.get("/metrics").at("/pipeline_value/total").asDouble())
                .isEqualTo(305);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void what_a_spammer_sends_next_by_form_is_spam_too(Tenant tenant, TestHub hub) {
        Map<String, Object> form = Map.of("email", "bot@spam.example", "company", "Spam Inc", "message", "Buy!");
        String lead = tenant.post("/web-form", form).textAt("/lead/id");
        tenant.patch("/leads/" + lead, Map.of("status", "spam"));

        Reply next = tenant.post(
                "/web-form", Map.of("email", "bot@spam.example", "company", "More Spam", "product_interest", "Pills"));

        assertThat(next.at("/deal/is_spam").asBoolean()).as(next.toString()).isTrue();
        assertThat(tenant.get("/leads/" + lead).textAt("/lead/status")).isEqualTo("spam");
        assertThat(tenant.get("/metrics").at("/total_active_deals").asInt()).isZero();
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void the_same_status_again_changes_nothing(Tenant tenant) {
        String lead = deal(tenant, "Again", 1).textAt("/lead/id");
        Reply first = tenant.patch("/leads/" + lead, Map.of("status", "qualified"));
        int audited = tenant.get("/audit").at("/items").size();

        Reply again = tenant.patch("/leads/" + lead, Map.of("status", "qualified"));

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(tenant.get("/audit").at("/items").size()).isEqualTo(audited);
    }

    @Test
    void a_lead_of_another_tenant_does_not_exist(Tenant tenant, TestHub hub) {
        String lead = deal(hub.tenant(), "Theirs", 1).textAt("/lead/id");

        assertThat(tenant.patch("/leads/" + lead, Map.of("status", "spam")).status())
                .isEqualTo(404);
    }

    private static Reply deal(Tenant tenant, String name, int value) {
        return tenant.post("/api", Map.of("name", name, "value", value, "contact_email", "someone@lead.example"));
    }
}
