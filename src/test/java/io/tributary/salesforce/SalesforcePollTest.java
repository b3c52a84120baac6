package io.tributary.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Books;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What neither message nor stream told of is found by polling. */
@WithHub
class SalesforcePollTest {
    private static final Duration SOON = Duration.ofSeconds(45);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private FakeOrg org;

    @BeforeEach
    void start() throws Exception {
        org = new FakeOrg();
    }

    @AfterEach
    void stop() {
        org.close();
    }

    @Test
    void a_backfill_reads_every_page_from_its_day_on(TestHub hub, Tenant tenant) {
        org.pagesOf(100);
        org.put(1, Instant.parse("2026-01-31T23:59:59Z"), Map.of("Name", "Too old"));
        for (int i = 0; i < 350; i++) {
            org.put(1000 + i, Instant.parse("2026-02-01T00:00:00Z").plusSeconds(i / 120), Map.of("Name", "Deal " + i));
        }

        Organisation.connect(hub, tenant, org, "poll_seconds", "60", "backfill_from", "2026-02-01");

        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isEqualTo(350));
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_record_is_read_whole_with_its_account_and_contact(TestHub hub, Tenant tenant) {
        Organisation.connect(hub, tenant, org, "poll_seconds", "1");
        org.put(
                1,
                now,
                Map.of(
                        "Name",
                        "Harbour lights",
                        "Amount",
                        45000.0,
                        "StageName",
                        "Value Proposition",
                        "Account",
                        Map.of("attributes", Map.of("type", "Account"), "Name", "Harbour Authority"),
                        "OpportunityContactRoles",
                        Map.of(
                                "records",
                                java.util.List.of(Map.of(
                                        "Contact",
                                        Map.of(
                                                "Email", "omar@harbour.example",
                                                "FirstName", "Omar",
                                                "LastName", "Reyes"))))));

        Eventually.within(
                SOON, () -> assertThat(tenant.get("").at("/items/0").toString()).contains("Harbour Authority"));
        var deal = tenant.get("").at("/items/0");
        assertThat(deal.path("contact_email").asText()).isEqualTo("omar@harbour.example");
        assertThat(deal.path("stage").asText()).isEqualTo("proposal");
        assertThat(deal.path("source_metadata").toString()).doesNotContain("attributes", "OpportunityContactRoles");
        assertThat(tenant.get("/leads").at("/items/0").toString()).contains("Omar", "Reyes");
    }

    @Test
    void what_was_emptied_or_deleted_over_there_is_so_here(TestHub hub, Tenant tenant) {
        Organisation.connect(hub, tenant, org, "poll_seconds", "1");
        org.put(1, now, Map.of("Name", "Emptied", "Amount", 10, "CloseDate", "2027-01-01"));
        org.put(2, now, Map.of("Name", "Deleted", "Amount", 20));
        Eventually.within(SOON, () -> assertThat(active(tenant)).isEqualTo(2));

        Map<String, Object> emptied = new LinkedHashMap<>();
        emptied.put("Name", "Emptied");
        emptied.put("Amount", null);
        org.put(1, now.plusSeconds(1), emptied);
        org.delete(2, now.plusSeconds(1));

        Eventually.within(SOON, () -> assertThat(active(tenant)).isOne());
        Eventually.within(
                SOON,
                () -> assertThat(tenant.get("?q=Emptied").at("/items/0/value").isNull())
                        .isTrue());
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_session_that_ended_is_renewed_and_failures_are_waited_out(TestHub hub, Tenant tenant) {
        Organisation.connect(hub, tenant, org, "poll_seconds", "1");
        org.put(1, now, Map.of("Name", "One"));
        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isOne());

        org.endSessions();
        org.failNext(503);
        org.put(2, now.plusSeconds(1), Map.of("Name", "Two"));

        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isEqualTo(2));
        assertThat(org.signIns())
                .hasSize(2)
                .allSatisfy(form -> assertThat(form).containsEntry("grant_type", "client_credentials"));
    }

    @Test
    void signs_in_by_a_signed_assertion(TestHub hub, Tenant tenant) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----";

        Organisation.connect(hub, tenant, org, "auth", "jwt", "username", "ada@acme.example", "private_key", pem);

        Reply tried = tenant.send("POST", "/connections/org/test", null, new byte[0]);

        assertThat(tried.at("/ok").asBoolean()).as(tried.text()).isTrue();
        Map<String, String> form = org.signIns().get(0);
        assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        assertThat(new String(
                        Base64.getUrlDecoder().decode(form.get("assertion").split("\\.", -1)[1]),
                        StandardCharsets.UTF_8))
                .contains(
                        "\"iss\":\"app\"", "\"sub\":\"ada@acme.example\"", "\"aud\":\"" + org.url() + "\"", "\"exp\"");
    }

    private static int active(Tenant tenant) {
        return tenant.get("/metrics").at("/total_active_deals").asInt();
    }
}
