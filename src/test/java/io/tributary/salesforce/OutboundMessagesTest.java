package io.tributary.salesforce;

import static io.tributary.salesforce.Organisation.notification;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Books;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outbound messages are acknowledged once everything in them is kept, and refused by a fault, never by an Ack. */
@WithHub
class OutboundMessagesTest {
    private static final String ACK = "<Ack>true</Ack>";

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
    void a_message_is_one_ack_for_all_of_its_records(TestHub hub, Tenant tenant) {
        Reply reply = Organisation.connect(hub, tenant, org)
                .send(
                        opportunity("04l000000000001AAA", 1, "Mens 501 Summer Collection"),
                        opportunity("04l000000000002AAA", 2, "Mens 510 Summer Collection"),
                        notification("04l000000000003AAA", "Opportunity", "Id", FakeOrg.id(3), "Amount", "7"),
                        notification(
                                "04l000000000004AAA",
                                "Lead",
                                "Id",
                                "00Q000000000001AAA",
                                "LastName",
                                "Novak",
                                "FirstName",
                                "Lena",
                                "Company",
                                "Tallin Rail",
                                "Email",
                                "lena@tallin.example"),
                        notification("04l000000000005AAA", "Opportunity"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type").orElse("")).startsWith("text/xml");
        assertThat(reply.text()).containsOnlyOnce(ACK);
        assertThat(tenant.get("").at("/items")).hasSize(2);
        assertThat(tenant.get("/rejected").at("/items"))
                .singleElement()
                .satisfies(kept -> assertThat(kept.toString()).contains(FakeOrg.id(3)));
        assertThat(tenant.get("/leads").at("/items"))
                .singleElement()
                .satisfies(lead -> assertThat(lead.toString()).contains("lena@tallin.example", "Novak", "Tallin Rail"));
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_notification_that_comes_again_changes_nothing(TestHub hub, Tenant tenant) {
        Organisation organisation = Organisation.connect(hub, tenant, org);
        organisation.send(opportunity("04l000000000001AAA", 1, "Once"));
        tenant.patch("/" + tenant.get("").textAt("/items/0/id"), java.util.Map.of("name", "Mended by hand"));

        Reply again = organisation.send(opportunity("04l000000000001", 1, "Once"));

        assertThat(again.text()).contains(ACK);
        assertThat(tenant.get("").textAt("/items/0/name")).isEqualTo("Mended by hand");
    }

    @Test
    void the_session_id_is_kept_nowhere(TestHub hub, Tenant tenant) {
        Organisation.connect(hub, tenant, org).send(opportunity("04l000000000001AAA", 1, "Deal"));

        assertThat(tenant.get("").text()
                        + tenant.get("/audit").text()
                        + tenant.get("/activity").text())
                .doesNotContain("never-to-be-kept");
    }

    @Test
    void a_refusal_is_a_fault_that_says_why(TestHub hub, Tenant tenant) {
        Organisation organisation = Organisation.connect(hub, tenant, org);
        String one = opportunity("04l000000000001AAA", 1, "Deal");
        String token = organisation.token();

        isFault(organisation.sendAs(FakeOrg.ID, "wrong", one), 401, "unauthorized");
        isFault(organisation.sendAs("00D000000000062EAA", token, one), 403, "unknown_organisation");
        isFault(organisation.post("<a", token), 400, "unparsable");
        isFault(organisation.post("", token), 400, "unparsable");
        isFault(organisation.post("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", token), 400, "unparsable");
        isFault(organisation.post("<a/>", token), 422, "validation_failed");
        assertThat(Books.of(hub, tenant).deals()).isZero();
    }

    private static void isFault(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.text())
                .contains("Fault", "<code>" + code + "</code>", "<request_id>")
                .doesNotContain(ACK);
        assertThat(reply.header("content-type").orElse("")).startsWith("text/xml");
    }

    @Test
    void an_opportunity_as_json_is_taken_at_the_same_place(TestHub hub, Tenant tenant) {
        Reply reply = tenant.post(
                "/salesforce/sync", java.util.Map.of("Id", FakeOrg.id(1), "Name", "Deal", "StageName", "Prospecting"));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("content-type").orElse("")).startsWith("application/json");
    }

    private static String opportunity(String notification, long number, String name) {
        return notification(
                notification,
                "Opportunity",
                "Id",
                FakeOrg.id(number),
                "Name",
                name,
                "Amount",
                "120000.0",
                "StageName",
                "Perception Analysis",
                "CloseDate",
                "2027-04-03");
    }
}
