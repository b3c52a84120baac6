package io.tributary.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Books;
import io.tributary.testing.Eventually;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first load of an organisation by the Bulk API. */
@WithHub
class BulkLoadTest {
    private static final Duration SOON = Duration.ofSeconds(45);
    private static final Instant DAY = Instant.parse("2026-02-01T00:00:00Z");

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
    void results_are_taken_piece_by_piece_with_accounts_contacts_and_deletions(TestHub hub, Tenant tenant) {
        org.pagesOf(100);
        org.put(1, Instant.parse("2026-01-31T23:59:59Z"), Map.of("Name", "Too old"));
        many(350);
        org.put(
                2,
                DAY,
                Map.of(
                        "Name",
                        "Harbour \"lights\",\nsecond part",
                        "Amount",
                        45000.5,
                        "StageName",
                        "Value Proposition",
                        "Account",
                        Map.of("Name", "Harbour Authority"),
                        "OpportunityContactRoles",
                        contact("omar@harbour.example")));
        org.put(3, DAY, Map.of("Name", "Deleted before it was known"));
        org.delete(3, DAY);

        connect(hub, tenant, "bulk");

        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isEqualTo(351));
        var deal = tenant.get("?q=Harbour").at("/items/0");
        assertThat(deal.path("name").asText()).isEqualTo("Harbour \"lights\",\nsecond part");
        assertThat(deal.path("value").decimalValue()).isEqualByComparingTo("45000.5");
        assertThat(deal.path("company").asText()).isEqualTo("Harbour Authority");
        assertThat(deal.path("contact_email").asText()).isEqualTo("omar@harbour.example");
        assertThat(org.pieces()).isEqualTo(4);
        Eventually.within(
                SOON,
                () -> assertThat(tenant.get("/connections/org")
                                .at("/backfill/percent")
                                .asInt())
                        .isEqualTo(100));
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void what_changes_while_the_job_runs_is_read_afterwards(TestHub hub, Tenant tenant) {
        many(20);
        org.bulk(true, 1, "JobComplete");
        connect(hub, tenant, "bulk");
        Eventually.becomesTrue(SOON, () -> job(hub, tenant) != null);

        org.put(1003, Instant.now(), Map.of("Name", "Deal 3", "Amount", 777));
        org.put(5000, Instant.now(), Map.of("Name", "New meanwhile"));

        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isEqualTo(21));
        Eventually.within(
                SOON,
                () -> assertThat(tenant.get("?q=Deal%203").at("/items/0/value").asInt())
                        .isEqualTo(777));
        assertThat(job(hub, tenant)).isNull();
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void results_that_are_half_taken_are_taken_on_from_there(TestHub hub, Tenant tenant) {
        org.pagesOf(10);
        many(40);
        // The second piece fails; what was committed with the first is where the next turn begins.
        org.failPiece(2, 503);

        connect(hub, tenant, "bulk");

        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isEqualTo(40));
        assertThat(org.pieces()).isEqualTo(4);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void an_organisation_that_does_not_offer_it_is_read_page_by_page(TestHub hub, Tenant tenant) {
        many(30);
        org.bulk(false, 0, "JobComplete");

        connect(hub, tenant, "bulk");

        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isEqualTo(30));
        assertThat(org.pieces()).isZero();
    }

    @Test
    void a_job_that_fails_is_not_waited_for(TestHub hub, Tenant tenant) {
        many(30);
        org.bulk(true, 0, "Failed");

        connect(hub, tenant, "bulk");

        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isEqualTo(30));
        assertThat(org.pieces()).isZero();
    }

    @Test
    void results_that_are_gone_are_replaced_by_pages(TestHub hub, Tenant tenant) {
        org.pagesOf(10);
        many(30);
        org.failPiece(2, 404);

        connect(hub, tenant, "bulk");

        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isEqualTo(30));
        assertThat(org.pieces()).isOne();
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void few_records_are_not_worth_a_job(TestHub hub, Tenant tenant) {
        many(30);

        connect(hub, tenant, "auto");

        Eventually.within(SOON, () -> assertThat(Books.of(hub, tenant).deals()).isEqualTo(30));
        assertThat(org.pieces()).isZero();
    }

    @Test
    void a_line_is_read_as_a_query_would_give_it() throws Exception {
        String csv = """
                "Id","Amount","IsDeleted","Size__c","Description","Account.Name","Account.Site"
                "006","1.5","false","0012","","Acme","Oslo"
                """;

        assertThat(BulkLoad.read(csv, Map.of("Size__c", "string")))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record)
                            .containsEntry("Amount", new BigDecimal("1.5"))
                            .containsEntry("IsDeleted", false)
                            .containsEntry("Size__c", "0012")
                            .containsEntry("Account", Map.of("Name", "Acme", "Site", "Oslo"));
                    assertThat(record.get("Description")).isNull();
                });
    }

    private void many(int count) {
        for (int i = 0; i < count; i++) {
            org.put(1000 + i, DAY.plusSeconds(i), Map.of("Name", "Deal " + i, "Amount", 100 + i));
        }
    }

    private static Map<String, Object> contact(String email) {
        return Map.of("records", List.of(Map.of("Contact", Map.of("Email", email, "LastName", "Reyes"))));
    }

    private void connect(TestHub hub, Tenant tenant, String firstLoad) {
        Organisation.connect(
                hub, tenant, org, "poll_seconds", "1", "backfill_from", "2026-02-01", "first_load", firstLoad);
    }

    private static @Nullable String job(TestHub hub, Tenant tenant) {
        return hub.owner()
                .sql("select bulk_job from salesforce_cursor where tenant_id = ?")
                .param(tenant.id())
                .query((row, number) -> String.valueOf(row.getString(1)))
                .optional()
                .filter(job -> !job.equals("null"))
                .orElse(null);
    }
}
