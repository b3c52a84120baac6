package io.tributary.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundMessageReaderTest {
    private static final String NOTE = """
            <Notification><Id>04l5w00005286hAAAQ</Id>
             <sObject xsi:type="sf:Opportunity" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
              <sf:Id>0065w000023STAmAAO</sf:Id><sf:Amount>45000.0</sf:Amount><sf:Name>Fish &amp; Chips</sf:Name>
             </sObject></Notification>""";

    @Test
    void reads_who_sent_it_and_every_record() throws Exception {
        OutboundMessage message = read(message(NOTE + NOTE.replace("04l5w00005286hAAAQ", "04l5w00005286hBAAQ")));

        assertThat(message.organizationId()).isEqualTo("00D5w000004qGTOEA2");
        assertThat(message.actionId()).isEqualTo("04k5w000000TSwMAAW");
        assertThat(message.notifications()).hasSize(2);
        assertThat(message.notifications().get(0))
                .isEqualTo(new OutboundMessage.Notification(
                        "04l5w00005286hAAAQ",
                        "Opportunity",
                        Map.of("Id", "0065w000023STAmAAO", "Amount", "45000.0", "Name", "Fish & Chips")));
    }

    @Test
    void keeps_nothing_of_the_session_id() throws Exception {
        String secret = "00D!AQcAQH0dMHZfz972";
        OutboundMessage message =
                read(message(NOTE).replace("<SessionId xsi:nil=\"true\"/>", "<SessionId>" + secret + "</SessionId>"));

        assertThat(message.toString()).doesNotContain(secret);
    }

    @Test
    void reads_nil_as_null_and_a_compound_as_a_map() throws Exception {
        String fields = "<sf:NextStep xsi:nil=\"true\"/><sf:BillingAddress><sf:city>Kiel</sf:city></sf:BillingAddress>";
        OutboundMessage message = read(message(NOTE.replace("</sObject>", fields + "</sObject>")));

        assertThat(message.notifications().get(0).fields())
                .containsEntry("NextStep", null)
                .containsEntry("BillingAddress", Map.of("city", "Kiel"));
    }

    @Test
    void a_record_deleted_meanwhile_is_a_notification_without_fields() throws Exception {
        OutboundMessage message = read(message("<Notification><Id>04l000000000001AAA</Id></Notification>"));

        assertThat(message.notifications())
                .containsExactly(new OutboundMessage.Notification("04l000000000001AAA", "", Map.of()));
    }

    @Test
    void its_organisation_is_known_by_either_length_of_its_id() throws Exception {
        OutboundMessage message = read(message(NOTE));

        assertThat(message.isFrom("00D5w000004qGTOEA2")).isTrue();
        assertThat(message.isFrom("00D5w000004qGTO")).isTrue();
        assertThat(message.isFrom("00D5w000004qGTo")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "ISO-8859-1"})
    void reads_the_encoding_that_it_declares(String encoding) throws Exception {
        String xml = message(NOTE.replace("Fish &amp; Chips", "Müller")).replace("UTF-8", encoding);

        OutboundMessage message = OutboundMessageReader.read(xml.getBytes(Charset.forName(encoding)));

        assertThat(message.notifications().get(0).fields()).containsEntry("Name", "Müller");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no XML",
                "<a>",
                "<a></b>",
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>",
                "<a>&undeclared;</a>"
            })
    void refuses_what_is_no_plain_xml(String xml) {
        assertThatThrownBy(() -> read(xml))
                .isInstanceOfSatisfying(
                        UnreadableMessageException.class,
                        e -> assertThat(e.isParsable()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a/>",
                "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"/>",
                "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body/></e:Envelope>",
                "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><x/></e:Body></e:Envelope>"
            })
    void refuses_xml_that_is_no_outbound_message(String xml) {
        assertThatThrownBy(() -> read(xml))
                .isInstanceOfSatisfying(
                        UnreadableMessageException.class,
                        e -> assertThat(e.isParsable()).isTrue());
    }

    @Test
    void refuses_a_message_that_lacks_what_it_needs() {
        assertThatThrownBy(() -> read(message(NOTE).replace("04k5w000000TSwMAAW", "")))
                .hasMessageContaining("no ActionId");
        assertThatThrownBy(() -> read(message("<Notification/>"))).hasMessageContaining("no Id");
        assertThatThrownBy(() -> read(message(NOTE).replace("00D5w000004qGTOEA2", "")))
                .hasMessageContaining("OrganizationId");
        assertThatThrownBy(() -> read(message(NOTE.repeat(101)))).hasMessageContaining("at most 100");
    }

    @Test
    void refuses_what_follows_a_whole_message_but_is_broken() {
        assertThatThrownBy(() -> read(message(NOTE) + "<more")).hasMessageContaining("no well-formed XML");
    }

    @Test
    void reads_no_file_and_asks_nobody(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "canary");
        try (ServerSocket listener = new ServerSocket(0)) {
            listener.setSoTimeout(1);
            for (String target :
                    new String[] {file.toUri().toString(), "http://127.0.0.1:" + listener.getLocalPort() + "/x"}) {
                for (String declaration : new String[] {
                    "<!DOCTYPE x SYSTEM \"%s\">",
                    "<!DOCTYPE x [<!ENTITY e SYSTEM \"%s\">]>",
                    "<!DOCTYPE x [<!ENTITY %% p SYSTEM \"%s\">%%p;]>"
                }) {
                    String xml = message(NOTE.replace("Fish &amp; Chips", "&e;"))
                            .replace("?>", "?>" + declaration.formatted(target));
                    assertThatThrownBy(() -> read(xml))
                            .isInstanceOf(UnreadableMessageException.class)
                            .hasMessageNotContaining("canary");
                }
            }
            assertThatThrownBy(listener::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void deep_wide_and_long_records_are_refused_in_time() {
        String deep = "<sf:a>".repeat(100_000) + "</sf:a>".repeat(100_000);
        String wide = "<sf:a/>".repeat(500_000);
        String longText = "<sf:a>" + "x".repeat(9_000_000) + "</sf:a>";
        for (String fields : new String[] {deep, wide, longText}) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> read(message(NOTE.replace("</sObject>", fields + "</sObject>"))))
                    .isInstanceOf(UnreadableMessageException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private static OutboundMessage read(String xml) throws UnreadableMessageException {
        return OutboundMessageReader.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String message(String notifications) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
                 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>
                 <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
                  <OrganizationId>00D5w000004qGTOEA2</OrganizationId><ActionId>04k5w000000TSwMAAW</ActionId>
                  <SessionId xsi:nil="true"/><EnterpriseUrl>…</EnterpriseUrl>%s
                 </notifications></soapenv:Body></soapenv:Envelope>""".formatted(notifications);
    }
}
