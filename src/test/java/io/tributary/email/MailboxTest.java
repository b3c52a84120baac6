package io.tributary.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mailbox on a real IMAP server. */
@WithHub
class MailboxTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private GreenMail server;
    private GreenMailUser user;

    @BeforeEach
    void open() throws Exception {
        server = new GreenMail(new ServerSetup(TestHub.freePort(), "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        server.start();
        user = server.setUser("deals@hub.example", "deals", "pass&word");
    }

    @AfterEach
    void close() {
        server.stop();
    }

    private Map<String, Object> mailbox(String... more) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("host", "127.0.0.1");
        parameters.put("port", server.getImap().getPort());
        parameters.put("tls", "none");
        parameters.put("username", "deals");
        parameters.put("password", "pass&word");
        parameters.put("poll_seconds", 1);
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        return Map.of("kind", "mailbox", "parameters", parameters);
    }

    private void deliver(String... lines) throws Exception {
        user.deliver(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(String.join("\r\n", lines).getBytes(UTF_8))));
    }

    private void inquiry(int number) throws Exception {
        deliver(
                "From: Lead " + number + " <lead@company" + number + ".example>",
                "Subject: Inquiry " + number,
                "Message-ID: <m" + number + "@company.example>",
                "Content-Type: text/plain; charset=utf-8",
                "",
                "We need " + number + " pumps.");
    }

    private MailFolder folder(String name) {
        ImapHostManager folders = server.getManagers().getImapHostManager();
        return folders.getFolder(user, name);
    }

    private static void await(Tenant tenant, int deals) {
        Eventually.becomesTrue(PATIENCE, () -> tenant.get("").at("/items").size() == deals);
    }

    @Test
    void mails_become_deals_and_are_marked_as_read(Tenant tenant) throws Exception {
        inquiry(1);
        inquiry(2);
        assertThat(tenant.put("/connections/inbox", mailbox()).status()).isEqualTo(200);
        await(tenant, 2);
        Eventually.becomesTrue(
                PATIENCE, () -> folder("INBOX").getMessages().stream().allMatch(mail -> mail.isSet(Flags.Flag.SEEN)));
        inquiry(3);
        await(tenant, 3);
        assertThat(folder("INBOX").getMessageCount()).isEqualTo(3);
        assertThat(tenant.get("").at("/items").findValuesAsText("source")).containsOnly("email");
        Eventually.becomesTrue(
                PATIENCE,
                () -> !tenant.get("/connections/inbox").at("/last_success").isNull());
        assertThat(tenant.get("/audit").text()).contains("mailbox inbox");
    }

    @Test
    void mails_are_moved_or_deleted_once_they_are_taken(Tenant tenant) throws Exception {
        inquiry(1);
        tenant.put("/connections/inbox", mailbox("after", "move:Taken & done"));
        await(tenant, 1);
        Eventually.becomesTrue(PATIENCE, () -> folder("INBOX").getMessageCount() == 0);
        assertThat(folder("Taken & done").getMessageCount()).isEqualTo(1);
        tenant.put("/connections/inbox", mailbox("after", "delete"));
        inquiry(2);
        await(tenant, 2);
        Eventually.becomesTrue(PATIENCE, () -> folder("INBOX").getMessageCount() == 0);
    }

    @Test
    void what_is_no_lead_or_broken_is_set_aside_and_the_rest_flows_on(Tenant tenant) throws Exception {
        deliver("Subject: from nobody", "", "x");
        deliver("From: news@list.example", "List-Id: <news.list.example>", "Subject: News", "", "x");
        deliver("From: \0\u0001@@@", "Content-Type: multipart/mixed; boundary=\"", "Subject: =?x?y?z", "", "--");
        inquiry(1);
        tenant.put("/connections/inbox", mailbox());
        await(tenant, 1);
        Eventually.becomesTrue(
                PATIENCE, () -> tenant.get("/rejected").at("/items").size() == 3);
        String id = tenant.get("/rejected").textAt("/items/0/id");
        assertThat(tenant.get("/rejected").text()).doesNotContain("\"mail\":");
        assertThat(tenant.get("/rejected/" + id).textAt("/rejected/raw/mail")).isNotEmpty();
        Eventually.becomesTrue(
                PATIENCE, () -> folder("INBOX").getMessages().stream().allMatch(mail -> mail.isSet(Flags.Flag.SEEN)));
    }

    @Test
    void only_those_listed_may_pass_mails_on(Tenant tenant) throws Exception {
        String[] passedOn = {
            "To: deals@hub.example",
            "Subject: Fwd: Pumps",
            "",
            "---------- Forwarded message ---------",
            "From: Ola <ola@fjord.example>",
            "Date: Mon, Mar 2, 2026 at 9:00 AM",
            "Subject: Pumps",
            "To: x@y.example",
            "",
            "twelve pumps"
        };
        deliver(joined("From: Sam <sam@our-company.example>", passedOn));
        deliver(joined("From: Eve <eve@elsewhere.example>", passedOn));
        inquiry(1);
        tenant.put("/connections/inbox", mailbox("forwarders", "our-company.example, boss@partner.example"));
        await(tenant, 2);
        Eventually.becomesTrue(
                PATIENCE, () -> tenant.get("/rejected").at("/items").size() == 1);
        assertThat(tenant.get("/rejected").text()).contains("not among the forwarders");
    }

    private static String[] joined(String first, String[] others) {
        String[] all = new String[others.length + 1];
        all[0] = first;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    @Test
    void a_lost_server_is_told_and_caught_up_with(Tenant tenant) throws Exception {
        tenant.put("/connections/inbox", mailbox());
        inquiry(1);
        await(tenant, 1);
        int port = server.getImap().getPort();
        server.stop();
        Eventually.becomesTrue(
                PATIENCE,
                () -> tenant.get("/connections/inbox").textAt("/state").equals("failing"));
        assertThat(tenant.get("/connections/inbox").textAt("/last_error")).contains("does not accept the connection");
        assertThat(tenant.get("/sources").textAt("/items/0/source")).isEqualTo("email");
        assertThat(tenant.get("/sources").textAt("/items/0/state")).isEqualTo("failing");
        assertThat(tenant.get("/sources").at("/items/0/failures").asInt()).isEqualTo(1);
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        server.start();
        user = server.setUser("deals@hub.example", "deals", "pass&word");
        // The same server with another UIDVALIDITY: what it held is there again, unread.
        inquiry(1);
        inquiry(2);
        await(tenant, 2);
        Eventually.becomesTrue(
                PATIENCE,
                () -> tenant.get("/connections/inbox").textAt("/state").equals("running"));
    }

    @Test
    void access_tokens_are_asked_for_and_renewed(Tenant tenant) throws Exception {
        AtomicReference<String> valid = new AtomicReference<>("token-1");
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer tokens = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tokens.createContext("/token", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] answer = ("{\"access_token\":\"" + valid.get() + "\",\"expires_in\":3600}").getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        tokens.start();
        try {
            user.setPassword("token-1");
            inquiry(1);
            Map<String, Object> parameters = new HashMap<>();
            ((Map<?, ?>) mailbox().get("parameters")).forEach((name, value) -> parameters.put(name.toString(), value));
            parameters.remove("password");
            parameters.put(
                    "oauth_token_url", "http://127.0.0.1:" + tokens.getAddress().getPort() + "/token");
            parameters.put("oauth_client_id", "hub");
            parameters.put("oauth_client_secret", "of the hub");
            assertThat(tenant.put("/connections/inbox", Map.of("kind", "mailbox", "parameters", parameters))
                            .status())
                    .isEqualTo(422);
            parameters.put("oauth_refresh_token", "refresh+me");
            assertThat(tenant.put("/connections/inbox", Map.of("kind", "mailbox", "parameters", parameters))
                            .status())
                    .isEqualTo(200);
            await(tenant, 1);
            assertThat(asked)
                    .singleElement()
                    .asString()
                    .contains("grant_type=refresh_token", "refresh%2Bme", "client_id=hub");
            valid.set("token-2");
            user.setPassword("token-2");
            inquiry(2);
            await(tenant, 2);
            assertThat(asked).hasSize(2);
        } finally {
            tokens.stop(0);
        }
    }

    @Test
    void a_server_whose_certificate_nobody_vouches_for_learns_no_password(Tenant tenant) throws Exception {
        GreenMail encrypted =
                new GreenMail(new ServerSetup(TestHub.freePort(), "127.0.0.1", ServerSetup.PROTOCOL_IMAPS));
        encrypted.start();
        try {
            Reply refused = tenant.post(
                    "/connections/inbox/test",
                    mailbox("port", Integer.toString(encrypted.getImaps().getPort()), "tls", "implicit"));

            assertThat(refused.at("/ok").asBoolean()).isFalse();
            assertThat(refused.textAt("/reason")).contains("no trusted TLS connection");
        } finally {
            encrypted.stop();
        }
    }

    @Test
    void nothing_is_said_in_the_clear_where_encryption_is_asked_for(Tenant tenant) throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread listener = new Thread(() -> answerWithoutTls(plain, heard));
            listener.start();

            Reply refused = tenant.post(
                    "/connections/inbox/test",
                    mailbox("port", Integer.toString(plain.getLocalPort()), "tls", "starttls"));

            assertThat(refused.at("/ok").asBoolean()).isFalse();
        }
        assertThat(heard).isNotEmpty().noneMatch(line -> line.contains("LOGIN") || line.contains("AUTHENTICATE"));
    }

    /** An IMAP server that offers a sign-in and no STARTTLS. */
    private static void answerWithoutTls(ServerSocket server, List<String> heard) {
        try (Socket client = server.accept();
                BufferedReader lines = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
            client.getOutputStream().write("* OK ready\r\n".getBytes(UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard.add(line);
                String tag = line.substring(0, Math.max(0, line.indexOf(' ')));
                String said = line.contains("CAPABILITY") ? "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" : "";
                String end = line.contains("STARTTLS") ? " BAD no\r\n" : " OK\r\n";
                client.getOutputStream().write((said + tag + end).getBytes(UTF_8));
            }
        } catch (IOException closed) {
            // The caller went away, which is what is expected of it.
        }
    }

    @Test
    void a_connection_is_tried_before_it_is_kept(Tenant tenant) throws Exception {
        inquiry(1);
        Reply works = tenant.post("/connections/inbox/test", mailbox());
        assertThat(works.at("/ok").asBoolean()).isTrue();
        assertThat(works.textAt("/reason")).contains("1 unread mails");
        Reply wrong = tenant.post("/connections/inbox/test", mailbox("password", "wrong"));
        assertThat(wrong.at("/ok").asBoolean()).isFalse();
        assertThat(wrong.textAt("/reason")).contains("refused user name or password");
        Reply noFolder = tenant.post("/connections/inbox/test", mailbox("folder", "Nowhere"));
        assertThat(noFolder.textAt("/reason")).contains("there is no folder Nowhere");
        assertThat(folder("INBOX").getMessages())
                .extracting(StoredMessage::getFlags)
                .allMatch(flags -> !flags.contains(Flags.Flag.SEEN));
        Reply invalid = tenant.put("/connections/inbox", mailbox("after", "burn"));
        assertThat(invalid.status()).isEqualTo(422);
        assertThat(invalid.textAt("/details/0/field")).isEqualTo("parameters.after");
        assertThat(List.of(tenant.get("/connections/inbox").status())).containsExactly(404);
    }
}
