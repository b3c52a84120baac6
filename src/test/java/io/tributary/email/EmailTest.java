package io.tributary.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.WithHub;
import io.tributary.testing.WorkbookFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@WithHub
class EmailTest {
    private static Reply post(Tenant tenant, String... lines) {
        return tenant.send(
                "POST", "/email", "message/rfc822", String.join("\r\n", lines).getBytes(UTF_8));
    }

    private static String[] inquiry(String id) {
        return new String[] {
            "From: Jane Roe <jane@northwind-traders.example>",
            "To: deals@hub.example",
            "Subject: Re: Need 40 seats",
            "Message-ID: <" + id + "@northwind-traders.example>",
            "Date: Mon, 02 Mar 2026 10:00:00 +0000",
            "Authentication-Results: mx.hub.example; spf=pass",
            "",
            "Hello,",
            "",
            "we have EUR 50,000 for this, by 30 June 2026.",
            "",
            "Best regards,",
            "Jane Roe",
            "Northwind-Traders Ltd",
            "Tel. +44 20 7946 0958"
        };
    }

    @Test
    void a_mail_becomes_a_deal_that_says_all_it_says(Tenant tenant) {
        Reply reply = post(tenant, inquiry("a1"));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.textAt("/deal/name")).isEqualTo("Need 40 seats");
        assertThat(reply.textAt("/deal/company")).isEqualTo("Northwind-Traders Ltd");
        assertThat(reply.textAt("/deal/contact_email")).isEqualTo("jane@northwind-traders.example");
        assertThat(reply.textAt("/deal/contact_name")).isEqualTo("Jane Roe");
        assertThat(reply.at("/deal/value").decimalValue()).isEqualByComparingTo("15000");
        assertThat(reply.at("/deal/value_estimated").asBoolean()).isTrue();
        assertThat(reply.textAt("/lead/phone")).isEqualTo("+44 20 7946 0958");
        assertThat(reply.textAt("/deal/source_metadata/message_id")).isEqualTo("a1@northwind-traders.example");
        assertThat(reply.textAt("/deal/source_metadata/authentication_results/0"))
                .contains("spf=pass");
        assertThat(reply.textAt("/deal/source_metadata/suggestions/0/value")).isEqualTo("50000.00");
        assertThat(reply.textAt("/deal/source_metadata/suggestions/0/currency")).isEqualTo("EUR");
        assertThat(reply.textAt("/deal/source_metadata/suggestions/0/quote")).contains("EUR 50,000 for this");
        assertThat(reply.textAt("/deal/source_metadata/suggestions/1/value")).isEqualTo("2026-06-30");
        assertThat(reply.at("/deal/expected_close_date").isNull()).isTrue();
    }

    @Test
    void the_same_mail_again_changes_nothing(Tenant tenant) {
        String id = post(tenant, inquiry("a1")).textAt("/deal/id");
        Reply again = post(tenant, inquiry("a1"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.textAt("/action")).isEqualTo("unchanged");
        assertThat(again.textAt("/deal/id")).isEqualTo(id);
        assertThat(tenant.get("").at("/items")).hasSize(1);
        assertThat(tenant.get("/" + id + "/activities").at("/items")).hasSize(1);
    }

    @Test
    void an_answer_is_an_engagement_on_its_deal_and_so_is_the_answer_to_that(Tenant tenant) {
        String id = post(tenant, inquiry("a1")).textAt("/deal/id");
        Reply answer = post(
                tenant,
                "From: Sam <sam@our-company.example>",
                "Subject: Re: Need 40 seats",
                "Date: Tue, 03 Mar 2026 10:00:00 +0000",
                "Message-ID: <b1@our-company.example>",
                "In-Reply-To: <a1@northwind-traders.example>",
                "",
                "Here is our quote.");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.textAt("/deal/id")).isEqualTo(id);
        assertThat(answer.textAt("/deal/last_engagement_at")).isEqualTo("2026-03-03T10:00:00.000000Z");
        Reply further = post(
                tenant,
                "From: Boss <boss@northwind-traders.example>",
                "Subject: AW: Need 40 seats",
                "Date: Wed, 04 Mar 2026 10:00:00 +0000",
                "Message-ID: <c2@northwind-traders.example>",
                "In-Reply-To: <never-seen@our-company.example>",
                "References: <b1@our-company.example> <never-seen@our-company.example>",
                "",
                "Too much.");
        assertThat(further.textAt("/deal/id")).isEqualTo(id);
        assertThat(further.textAt("/deal/last_engagement_at")).isEqualTo("2026-03-04T10:00:00.000000Z");
        assertThat(tenant.get("").at("/items")).hasSize(1);
        Reply activities = tenant.get("/" + id + "/activities");
        assertThat(activities.at("/items").findValuesAsText("type")).containsExactly("email", "email", "created");
        assertThat(activities.at("/items").findValuesAsText("text").get(0)).contains("Too much.");
        Reply again = post(
                tenant,
                "From: Sam <sam@our-company.example>",
                "Subject: Re: Need 40 seats",
                "Date: Tue, 03 Mar 2026 10:00:00 +0000",
                "Message-ID: <b1@our-company.example>",
                "In-Reply-To: <a1@northwind-traders.example>",
                "",
                "Here is our quote.");
        assertThat(again.textAt("/action")).isEqualTo("unchanged");
    }

    @Test
    void who_was_forwarded_by_name_alone_has_no_address(Tenant tenant) {
        Reply reply = post(
                tenant,
                "From: Sam <sam@our-company.example>",
                "Subject: FW: Pumps",
                "",
                "please call",
                "",
                "-----Original Message-----",
                "From: Ola Nordmann",
                "Sent: 2 March 2026 09:00",
                "To: Sam Seller",
                "Subject: Pumps",
                "",
                "We need twelve pumps.");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.at("/deal/contact_email").isNull()).isTrue();
        assertThat(reply.textAt("/deal/contact_name")).isEqualTo("Ola Nordmann");
        assertThat(reply.textAt("/deal/description")).isEqualTo("We need twelve pumps.");
        assertThat(reply.textAt("/deal/source_metadata/note")).isEqualTo("please call");
        assertThat(reply.textAt("/deal/source_metadata/forwarded_by")).isEqualTo("Sam <sam@our-company.example>");
    }

    @Test
    void a_chain_of_forwards_ends_at_whoever_wrote_first(Tenant tenant) {
        Reply reply = post(
                tenant,
                "From: Sam <sam@our-company.example>",
                "Subject: Fwd: Fwd: Pumps",
                "",
                "yours",
                "---------- Forwarded message ---------",
                "From: Anna <anna@our-company.example>",
                "Date: Mon, Mar 2, 2026 at 9:00 AM",
                "Subject: Fwd: Pumps",
                "To: <sam@our-company.example>",
                "",
                "for you",
                "---------- Forwarded message ---------",
                "From: Ola <ola@fjord.example>",
                "Date: Mon, Mar 2, 2026 at 8:00 AM",
                "Subject: Pumps",
                "To: <anna@our-company.example>",
                "",
                "twelve pumps");
        assertThat(reply.textAt("/deal/contact_email")).isEqualTo("ola@fjord.example");
        assertThat(reply.textAt("/deal/name")).isEqualTo("Pumps");
        assertThat(reply.at("/deal/source_metadata/forwarded_through").toString())
                .isEqualTo("[\"Sam <sam@our-company.example>\",\"Anna <anna@our-company.example>\"]");
    }

    @Test
    void a_mail_forwarded_as_attachment_is_read_as_it_was_sent(Tenant tenant) {
        Reply reply = post(
                tenant,
                "From: Sam <sam@our-company.example>",
                "Subject: Pumps, see attached",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: text/plain",
                "",
                "yours",
                "--b",
                "Content-Type: message/rfc822",
                "",
                "From: Ola <ola@fjord.example>",
                "Subject: Pump order",
                "Message-ID: <o@fjord.example>",
                "",
                "twelve pumps",
                "--b--");
        assertThat(reply.textAt("/deal/contact_email")).isEqualTo("ola@fjord.example");
        assertThat(reply.textAt("/deal/name")).isEqualTo("Pump order");
        assertThat(reply.textAt("/deal/source_metadata/note")).isEqualTo("yours");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Auto-Submitted: auto-replied | automatic_reply",
                "Subject: Automatische Antwort: Angebot | automatic_reply",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=b | bounce",
                "Return-Path: <> | bounce",
                "List-Unsubscribe: <mailto:u@news.example> | list",
                "Precedence: bulk | list",
                "X-Spam-Flag: YES | spam",
                "Content-Type: text/calendar; method=REQUEST | calendar",
            })
    void what_is_no_inquiry_is_kept_with_the_reason(String header, String reason, Tenant tenant) {
        Reply reply =
                post(tenant, "From: a@b.example", "Message-ID: <n@b.example>", header, "", "--b", "", "Hello", "--b--");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.textAt("/code")).isEqualTo("not_a_lead");
        assertThat(reply.textAt("/source")).isEqualTo("email");
        assertThat(reply.textAt("/details/0/field")).isEqualTo("mail");
        String id = reply.textAt("/rejected_id");
        Reply again =
                post(tenant, "From: a@b.example", "Message-ID: <n@b.example>", header, "", "--b", "", "Hello", "--b--");
        assertThat(again.textAt("/rejected_id")).isEqualTo(id);
        assertThat(tenant.get("/rejected").at("/items")).hasSize(1);
        assertThat(tenant.get("/rejected").at("/items/0").toString()).contains(reason);
        assertThat(tenant.get("").at("/items")).isEmpty();
    }

    @Test
    void a_mail_set_aside_is_taken_when_somebody_picks_it_and_not_with_all_the_others(Tenant tenant) {
        String id = post(
                        tenant,
                        "From: Jane <jane@fjord.example>",
                        "Precedence: bulk",
                        "Message-ID: <p@fjord.example>",
                        "Subject: Pumps",
                        "",
                        "twelve pumps")
                .textAt("/rejected_id");
        assertThat(tenant.post("/rejected/replay?source=email", Map.of())
                        .at("/rejected")
                        .asInt())
                .isEqualTo(1);
        assertThat(tenant.get("").at("/items")).isEmpty();
        Reply taken = tenant.post("/rejected/" + id + "/replay", Map.of());
        assertThat(taken.textAt("/deal/name")).isEqualTo("Pumps");
        assertThat(taken.textAt("/deal/contact_email")).isEqualTo("jane@fjord.example");
        assertThat(taken.at("/deal/source_metadata").has("mail")).isFalse();
        assertThat(tenant.get("/rejected").at("/items")).isEmpty();
        Reply answer = post(
                tenant,
                "From: Sam <sam@our-company.example>",
                "Subject: Re: Pumps",
                "In-Reply-To: <p@fjord.example>",
                "",
                "Here is our quote.");
        assertThat(answer.textAt("/deal/id")).isEqualTo(taken.textAt("/deal/id"));
    }

    @Test
    void a_mail_from_nobody_is_taken_once_somebody_says_whose_it_is(Tenant tenant) {
        String id = post(tenant, "Subject: Hello", "", "Hi").textAt("/rejected_id");
        assertThat(tenant.post("/rejected/" + id + "/replay", Map.of()).status())
                .isEqualTo(422);
        Reply taken = tenant.post("/rejected/" + id + "/replay", Map.of("contact_email", "ann@fjord.example"));
        assertThat(taken.textAt("/deal/contact_email")).isEqualTo("ann@fjord.example");
        assertThat(taken.textAt("/deal/name")).isEqualTo("Hello");
    }

    @Test
    void a_mail_from_nobody_is_refused_and_kept(Tenant tenant) {
        Reply reply = post(tenant, "Subject: Hello", "", "Hi");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.textAt("/details/0/field")).isEqualTo("sender");
        assertThat(reply.textAt("/rejected_id")).isNotEmpty();
        assertThat(tenant.send("POST", "/email", "message/rfc822", new byte[0]).status())
                .isEqualTo(400);
        assertThat(tenant.send("POST", "/email", "text/plain", new byte[] {1}).status())
                .isEqualTo(415);
    }

    @Test
    void fields_as_json_are_understood_likewise(Tenant tenant) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("sender", "jane.roe@gmail.com");
        fields.put("subject", "Other seats");
        fields.put("content", "Hi");
        assertThat(tenant.post("/email", fields).at("/deal/company").isNull()).isTrue();
        fields.put("content", "Hi\n\nKind regards\nJane Roe | Contoso Pumps GmbH");
        fields.put("subject", "More seats");
        assertThat(tenant.post("/email", fields).textAt("/deal/company")).isEqualTo("Contoso Pumps GmbH");
        fields.remove("sender");
        Reply refused = tenant.post("/email", fields);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.textAt("/details/0/field")).isEqualTo("sender");
    }

    @Test
    void a_table_that_came_along_is_an_import_of_its_own(Tenant tenant) {
        Reply reply = post(
                tenant,
                "From: Jane <jane@fjord.example>",
                "Subject: Our list",
                "Message-ID: <t@fjord.example>",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "",
                "see attached",
                "--b",
                "Content-Type: text/csv",
                "Content-Disposition: attachment; filename=list.csv",
                "",
                "name,company,value",
                "Plant,Acme,500",
                "Mill,Initech,700",
                "--b",
                "Content-Type: application/pdf",
                "Content-Disposition: attachment; filename=\"../../a.pdf\"",
                "",
                "%PDF",
                "--b--");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.at("/deal/source_metadata/attachments")).hasSize(2);
        assertThat(reply.textAt("/deal/source_metadata/attachments/1/name")).isEqualTo("a.pdf");
        assertThat(reply.textAt("/deal/source_metadata/attachments/0/sha256")).hasSize(64);
        String importId = reply.textAt("/imports/0/import_id");
        io.tributary.testing.Eventually.becomesTrue(
                java.time.Duration.ofSeconds(30),
                () -> tenant.get("/imports/" + importId).textAt("/state").equals("done"));
        assertThat(tenant.get("/imports/" + importId).at("/created").asInt()).isEqualTo(2);
        assertThat(tenant.get("").at("/items")).hasSize(3);
    }

    @Test
    void so_is_one_in_a_workbook(Tenant tenant) {
        byte[] workbook = new WorkbookFile(
                        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>name</t></is></c>"
                                + "<c r=\"B1\" t=\"inlineStr\"><is><t>value</t></is></c></row>"
                                + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Plant</t></is></c><c r=\"B2\"><v>500</v></c></row>")
                .bytes();

        Reply reply = withAttachment(
                tenant, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "list.xlsx", workbook);

        importsOne(tenant, reply, 500);
    }

    @Test
    void so_is_one_that_outlook_packed_into_its_own_form(Tenant tenant) throws Exception {
        byte[] packed = tnef("list.csv", "name,value\r\nPlant,700\r\n".getBytes(UTF_8));

        Reply reply = withAttachment(tenant, "application/ms-tnef", "winmail.dat", packed);

        assertThat(reply.textAt("/deal/source_metadata/attachments/0/name")).isEqualTo("list.csv");
        importsOne(tenant, reply, 700);
    }

    private static void importsOne(Tenant tenant, Reply mail, int value) {
        assertThat(mail.status()).as(mail.text()).isEqualTo(201);
        String importId = mail.textAt("/imports/0/import_id");
        io.tributary.testing.Eventually.becomesTrue(
                java.time.Duration.ofSeconds(30),
                () -> tenant.get("/imports/" + importId).textAt("/state").equals("done"));
        assertThat(tenant.get("?q=Plant").at("/items/0/value").asInt()).isEqualTo(value);
    }

    private static Reply withAttachment(Tenant tenant, String type, String name, byte[] content) {
        return post(
                tenant,
                "From: Jane <jane@fjord.example>",
                "Subject: Our list",
                "Message-ID: <" + name + "@fjord.example>",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "",
                "see attached",
                "--b",
                "Content-Type: " + type,
                "Content-Transfer-Encoding: base64",
                "Content-Disposition: attachment; filename=" + name,
                "",
                Base64.getMimeEncoder().encodeToString(content),
                "--b--");
    }

    /** A file in Microsoft's transport neutral encapsulation format ([MS-OXTNEF]), which is what winmail.dat holds. */
    private static byte[] tnef(String name, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {0x78, (byte) 0x9F, 0x3E, 0x22, 1, 0});
        attribute(bytes, 1, 0x00089006, new byte[] {0, 0, 1, 0});
        attribute(bytes, 2, 0x00069002, new byte[14]);
        attribute(bytes, 2, 0x00018010, (name + "\0").getBytes(UTF_8));
        attribute(bytes, 2, 0x0006800F, content);
        return bytes.toByteArray();
    }

    private static void attribute(ByteArrayOutputStream bytes, int level, int id, byte[] data) throws IOException {
        int sum = 0;
        for (byte one : data) {
            sum += one & 0xFF;
        }
        bytes.write(ByteBuffer.allocate(data.length + 11)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) level)
                .putInt(id)
                .putInt(data.length)
                .put(data)
                .putShort((short) sum)
                .array());
    }
}
