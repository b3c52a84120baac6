package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Books;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which records are one deal. */
@WithHub
class RecognitionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Fleet renewal  | Acme        | fleet RENEWAL  | ACME Corp.",
                "Fleet renewal  | Acme        | Fleet-Renewal! | Acme Corporation",
                "Fleet renewal  | ACME Corp.  | Fleet  renewal | Acme Corporation",
                "Café renewal   | Müller GmbH | Cafe renewal   | Muller",
                "Renewal 2026   | Acme        | renewal, 2026  | acme",
            })
    void these_are_one_deal(String name, String company, String otherName, String otherCompany, Tenant tenant) {
        Reply first = tenant.post("/api", Map.of("name", name, "company", company));

        Reply second = tenant.post("/manual", Map.of("name", otherName, "company", otherCompany));

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.textAt("/matched_by")).isEqualTo("name_company");
        assertThat(second.textAt("/deal/id")).isEqualTo(first.textAt("/deal/id"));
        assertThat(second.textAt("/deal/name")).isEqualTo(name);
        assertThat(second.textAt("/deal/company")).isEqualTo(company);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Renewal 2026 | Acme     | Renewal 2027   | Acme",
                "Renewal      | Acme     | Renewal        | Acme Logistics",
                "Renewal      | Falke AG | Renewal        | Falke GmbH",
                "Renewal      |          | Renewal        |",
                "Renewal      | Acme     | Renewal        |",
            })
    void these_are_two_deals(String name, String company, String otherName, String otherCompany, Tenant tenant) {
        Reply first = tenant.post("/api", Map.of("name", name, "company", company == null ? "" : company));

        Reply second =
                tenant.post("/manual", Map.of("name", otherName, "company", otherCompany == null ? "" : otherCompany));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.at("/matched_by").isNull()).isTrue();
    }

    @Test
    void a_record_without_an_id_meets_one_that_has_an_id_of_the_same_source(Tenant tenant) {
        Reply one = tenant.post("/api", Map.of("name", "Renewal", "company", "Acme", "external_id", "e-1"));
        Reply other = tenant.post("/api", Map.of("name", "Renewal", "company", "Acme", "value", 5));

        assertThat(other.status()).isEqualTo(200);
        assertThat(other.textAt("/deal/id")).isEqualTo(one.textAt("/deal/id"));
    }

    @Test
    void two_ids_of_one_system_stay_two_deals(TestHub hub, Tenant tenant) {
        Reply one = tenant.post("/api", Map.of("name", "Renewal", "company", "Acme", "external_id", "e-1"));
        Reply other = tenant.post("/api", Map.of("name", "Renewal", "company", "Acme", "external_id", "e-2"));

        assertThat(other.status()).isEqualTo(201);
        assertThat(other.textAt("/deal/id")).isNotEqualTo(one.textAt("/deal/id"));
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_record_without_an_id_is_the_deal_of_its_name_that_has_one(TestHub hub, Tenant tenant) {
        Reply one = tenant.post("/api", Map.of("name", "Renewal", "company", "Acme", "external_id", "e-1"));
        Reply same = tenant.post("/api", Map.of("name", "RENEWAL", "company", "Acme Inc.", "value", 10));

        assertThat(same.textAt("/matched_by")).isEqualTo("name_company");
        assertThat(same.textAt("/deal/id")).isEqualTo(one.textAt("/deal/id"));
        assertThat(same.textAt("/deal/external_id")).isEqualTo("e-1");
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void an_id_that_comes_with_a_known_deal_leads_to_it_from_then_on(TestHub hub, Tenant tenant) {
        Reply typed = tenant.post("/manual", Map.of("name", "Fleet renewal", "company", "Acme"));
        Reply met = tenant.post(
                "/api", Map.of("name", "FLEET RENEWAL", "company", "ACME Corp.", "external_id", "e-1", "value", 5));
        Reply renamed = tenant.post("/api", Map.of("name", "Another name", "external_id", "e-1"));

        assertThat(met.textAt("/matched_by")).isEqualTo("name_company");
        assertThat(met.textAt("/deal/name")).isEqualTo("Fleet renewal");
        assertThat(met.textAt("/deal/company")).isEqualTo("Acme");
        assertThat(met.textAt("/deal/external_id")).isEqualTo("e-1");
        assertThat(renamed.textAt("/matched_by")).isEqualTo("external_id");
        assertThat(renamed.textAt("/deal/id")).isEqualTo(typed.textAt("/deal/id"));
        assertThat(renamed.textAt("/deal/name")).isEqualTo("Another name");
        assertThat(renamed.textAt("/deal/company")).isEqualTo("Acme");
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_deal_is_found_by_its_new_name_and_no_longer_by_its_old_one(Tenant tenant) {
        Reply first = tenant.post("/api", Map.of("name", "Old name", "company", "Acme", "external_id", "e-1"));
        tenant.post("/api", Map.of("name", "New name", "external_id", "e-1"));

        Reply byNew = tenant.post("/manual", Map.of("name", "New name", "company", "Acme"));
        Reply byOld = tenant.post("/manual", Map.of("name", "Old name", "company", "Acme"));

        assertThat(byNew.textAt("/deal/id")).isEqualTo(first.textAt("/deal/id"));
        assertThat(byOld.status()).isEqualTo(201);
    }

    @Test
    void the_same_id_in_another_workspace_is_another_deal(Tenant tenant) {
        var elsewhere = tenant.in("north", java.util.EnumSet.of(io.tributary.tenant.Scope.INGEST));
        Reply here = tenant.post("/api", Map.of("name", "Renewal", "company", "Acme", "external_id", "e-1"));
        Reply there = elsewhere.post("/api", Map.of("name", "Renewal", "company", "Acme", "external_id", "e-1"));

        assertThat(there.status()).isEqualTo(201);
        assertThat(there.textAt("/deal/workspace_id")).isEqualTo("north");
        assertThat(there.textAt("/deal/id")).isNotEqualTo(here.textAt("/deal/id"));
    }

    @Test
    void the_15_and_the_18_characters_of_a_salesforce_id_are_one_id(Tenant tenant) {
        Reply brief = upload(tenant, "0061x00000AbCdE");
        Reply whole = upload(tenant, "0061x00000AbCdEAAV");

        assertThat(brief.at("/created").asInt()).as(brief.toString()).isEqualTo(1);
        assertThat(whole.at("/unchanged").asInt()).as(whole.toString()).isEqualTo(1);
    }

    /** A file as Salesforce's Data Loader writes it. */
    private static Reply upload(Tenant tenant, String id) {
        String csv = "Id,Name,StageName,Amount,CloseDate,Probability\n" + id
                + ",Fleet renewal,Prospecting,1000,2027-01-31,10\n";
        String body = "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"deals.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\n" + csv + "\r\n--line--\r\n";
        return tenant.send(
                "POST", "/csv/upload", "multipart/form-data; boundary=line", body.getBytes(StandardCharsets.UTF_8));
    }
}
