package io.tributary.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithHub
class SmtpTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private GreenMail server;

    @BeforeEach
    void startServer() throws java.io.IOException {
        server = new GreenMail(new ServerSetup(TestHub.freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("robot@example.com", "robot", "s3cr3t-pass");
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop();
    }

    private Map<String, Object> asked(String password) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("host", "127.0.0.1");
        parameters.put("port", server.getSmtp().getPort());
        parameters.put("tls", "none");
        parameters.put("username", "robot");
        parameters.put("password", password);
        parameters.put("from", "Sales Röbot <robot@example.com>");
        return Map.of("kind", "smtp", "parameters", parameters);
    }

    private static boolean send(TestHub hub, Tenant tenant, Map<String, Object> mail) {
        return hub.camelContext()
                .getRegistry()
                .findSingleByType(OutgoingMails.class)
                .keep(tenant.workspace(), mail);
    }

    @Test
    void a_mail_goes_out_through_the_workspaces_own_server(TestHub hub, Tenant tenant) throws Exception {
        assertThat(tenant.put("/connections/out", asked("s3cr3t-pass")).status())
                .isEqualTo(200);

        assertThat(send(
                        hub,
                        tenant,
                        Map.of(
                                "to",
                                "ann@example.com, Bob <bob@example.com>",
                                "subject",
                                "Größe",
                                "text",
                                "Zeile\nzwei ✓")))
                .isTrue();

        Eventually.within(SOON, () -> assertThat(server.getReceivedMessages()).hasSize(2));
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Größe");
        assertThat(mail.getFrom()[0].toString()).contains("robot@example.com");
        assertThat(mail.getAllRecipients()).hasSize(2);
        assertThat(String.valueOf(mail.getContent()).strip()).isEqualTo("Zeile\r\nzwei ✓");
        assertThat(mail.getMessageID()).matches("<[0-9a-f-]{36}@example.com>");
        Eventually.within(
                SOON,
                () -> assertThat(tenant.get("/connections/out")
                                .at("/last_success")
                                .isNull())
                        .isFalse());
    }

    @Test
    void the_same_key_is_the_same_mail(TestHub hub, Tenant tenant) {
        tenant.put("/connections/out", asked("s3cr3t-pass"));
        Map<String, Object> mail =
                Map.of("to", "ann@example.com", "subject", "Once", "text", "x", "html", "<b>x</b>", "key", "event 7");
        send(hub, tenant, mail);
        Eventually.within(SOON, () -> assertThat(waiting(hub, tenant)).isZero());

        send(hub, tenant, mail);

        assertThat(waiting(hub, tenant)).isZero();
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    private static int waiting(TestHub hub, Tenant tenant) {
        return hub.owner()
                .sql("select count(*) from delivery where tenant_id = :tenant")
                .param("tenant", tenant.id())
                .query(Integer.class)
                .single();
    }

    @Test
    void a_workspace_without_a_server_sends_no_mail(TestHub hub, Tenant tenant) {
        assertThat(send(hub, tenant, Map.of("to", "ann@example.com", "subject", "x", "text", "x")))
                .isFalse();
    }

    @Test
    void a_test_signs_in_and_sends_nothing(Tenant tenant) {
        Map<String, Object> asked = asked("s3cr3t-pass");
        Reply works = tenant.post("/connections/out/test", asked);
        assertThat(works.at("/ok").asBoolean()).as(works.text()).isTrue();

        Reply wrong = tenant.post("/connections/out/test", asked("wr0ng-pass"));
        assertThat(wrong.at("/ok").asBoolean()).isFalse();
        assertThat(wrong.textAt("/reason"))
                .contains("refused user name or password")
                .doesNotContain("wr0ng-pass");

        assertThat(server.getReceivedMessages()).isEmpty();
        server.stop();
        Reply down = tenant.post("/connections/out/test", asked);
        assertThat(down.textAt("/reason")).contains("does not accept the connection");
    }
}
