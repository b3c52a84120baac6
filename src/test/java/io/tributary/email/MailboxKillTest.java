package io.tributary.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tributary.testing.Eventually;
import io.tributary.testing.MortalHub;
import io.tributary.testing.TestHub;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub that reads a mailbox and is killed at random moments: no mail is lost and none becomes two deals. The long form is
 * {@code -Dmailbox.mails=1000 -Dmailbox.kills=30}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class MailboxKillTest {
    private static final int MAILS = Integer.getInteger("mailbox.mails", 60);
    private static final int KILLS = Integer.getInteger("mailbox.kills", 1);

    @TempDir
    Path data;

    private MortalHub hub;

    @BeforeEach
    void prepare() throws IOException {
        hub = new MortalHub(data);
    }

    @AfterEach
    void stop() throws InterruptedException {
        hub.close();
    }

    @Test
    void every_mail_becomes_one_deal_however_often_the_hub_is_killed() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(TestHub.freePort(), "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        server.start();
        try {
            GreenMailUser user = server.setUser("deals@hub.example", "deals", "password");
            Random random = new Random(KILLS);
            hub.start();
            Map<String, Object> parameters = Map.of(
                    "host",
                    "127.0.0.1",
                    "port",
                    server.getImap().getPort(),
                    "tls",
                    "none",
                    "username",
                    "deals",
                    "password",
                    "password",
                    "poll_seconds",
                    1);
            assertThat(hub.caller()
                            .put("/connections/inbox", Map.of("kind", "mailbox", "parameters", parameters))
                            .status())
                    .isEqualTo(200);
            int delivered = 0;
            for (int kill = 0; kill <= KILLS; kill++) {
                int until = MAILS * (kill + 1) / (KILLS + 1);
                for (; delivered < until; delivered++) {
                    user.deliver(mail(delivered));
                }
                if (kill < KILLS) {
                    LockSupport.parkNanos(
                            Duration.ofMillis(random.nextInt(2_500)).toNanos());
                    hub.kill(false);
                    hub.start();
                }
            }
            Eventually.within(
                    Duration.ofMinutes(3).plusMillis(MAILS * 500L),
                    () -> assertThat(deals())
                            .as(() -> hub.caller().get("/connections/inbox") + ", " + unread(server, user) + " unread")
                            .isEqualTo(MAILS));
            Eventually.becomesTrue(Duration.ofMinutes(1), () -> unread(server, user) == 0);
            assertThat(deals()).isEqualTo(MAILS);
            assertThat(names()).hasSize(MAILS);
            assertThat(hub.caller().get("/rejected").at("/items")).isEmpty();
        } finally {
            server.stop();
        }
    }

    private static long unread(GreenMail server, GreenMailUser user) {
        return server.getManagers().getImapHostManager().getFolder(user, "INBOX").getMessages().stream()
                .filter(mail -> !mail.isSet(Flags.Flag.SEEN))
                .count();
    }

    private int deals() {
        return hub.caller().get("/metrics").at("/total_active_deals").asInt();
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>();
        String next = "";
        do {
            JsonNode page = hub.caller().get("?limit=200" + next).json();
            names.addAll(page.path("items").findValuesAsText("name"));
            next = page.path("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").asText();
        } while (!next.isEmpty());
        return names;
    }

    private static MimeMessage mail(int number) throws Exception {
        String text = "From: Lead <lead" + number + "@company" + number + ".example>\r\nSubject: Inquiry " + number
                + "\r\nMessage-ID: <k" + number + "@company.example>\r\n\r\nWe need " + number + " pumps.\r\n";
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(text.getBytes(UTF_8)));
    }
}
