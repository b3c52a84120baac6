package io.tributary.email;

import io.tributary.connection.Connection;
import io.tributary.connection.ConnectionFailure;
import io.tributary.connection.ConnectionKind;
import io.tributary.connection.Outward;
import io.tributary.connection.Parameter;
import io.tributary.deal.FieldError;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.component.mail.MailUidGenerator;

/** Fetches mails from a mailbox by IMAP. */
public final class MailboxKind implements ConnectionKind {
    private static final List<String> OAUTH =
            List.of("oauth_token_url", "oauth_client_id", "oauth_client_secret", "oauth_refresh_token");

    @Override
    public String name() {
        return "mailbox";
    }

    @Override
    public String source() {
        return EmailRecordReader.SOURCE;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.host("host", "The IMAP server").must(),
                Parameter.number("port", 993, 1, 65535, "Its port"),
                Parameter.choice("tls", List.of("implicit", "starttls", "none"), "How the connection is encrypted"),
                Parameter.text("username", "Whom to sign in as").must(),
                Parameter.secret("password", "The password of username; not with OAuth 2"),
                Parameter.url(
                        "oauth_token_url", "Where OAuth 2 gives access tokens, for example Google's or Microsoft's"),
                Parameter.text("oauth_client_id", "The client that the tokens are for"),
                Parameter.secret("oauth_client_secret", "The client's secret"),
                Parameter.secret("oauth_refresh_token", "What an access token is asked for with"),
                Parameter.text("folder", "The folder that is read").orElse("INBOX"),
                Parameter.text("forwarders", "Addresses or domains that may pass mails on, by commas; empty: all"),
                Parameter.text("after", "What becomes of a mail that was taken: seen, delete, or move:<folder>")
                        .orElse("seen"),
                Parameter.number("poll_seconds", 30, 1, 60, "How often new mails are looked for"));
    }

    @Override
    public List<FieldError> faults(Map<String, String> parameters) {
        List<FieldError> faults = new ArrayList<>();
        boolean password = isGiven(parameters, "password");
        long oauth = OAUTH.stream().filter(name -> isGiven(parameters, name)).count();
        if (!password && oauth == 0) {
            faults.add(new FieldError("parameters.password", null, "is required, or OAuth 2 in its place"));
        } else if (password && oauth > 0) {
            faults.add(new FieldError("parameters.password", null, "is not used together with OAuth 2"));
        } else if (!password) {
            OAUTH.stream()
                    .filter(name -> !isGiven(parameters, name))
                    .forEach(name -> faults.add(new FieldError("parameters." + name, null, "is required for OAuth 2")));
        }
        String after = parameters.getOrDefault("after", "seen");
        if (After.of(after) == null) {
            faults.add(new FieldError("parameters.after", after, "is none of seen, delete and move:<folder>"));
        }
        if (Stream.of("&", "?", "%", "+").anyMatch(parameters.getOrDefault("folder", "INBOX")::contains)) {
            faults.add(new FieldError(
                    "parameters.folder", parameters.get("folder"), "holds one of & ? % +; choose another name"));
        }
        return faults;
    }

    private static boolean isGiven(Map<String, String> parameters, String name) {
        return !parameters.getOrDefault(name, "").isEmpty();
    }

    @Override
    public Map<String, Object> beans(Connection connection, Outward outward) {
        MailboxSession session = new MailboxSession(connection, outward);
        MailboxTurns turns = new MailboxTurns(connection, session);
        // No mail is known by this number, so it need not cost a question to the server.
        MailUidGenerator numbers = (endpoint, message) -> Integer.toString(message.getMessageNumber());
        return Map.of(
                "session", session.session(),
                "signIn", session,
                "turns", turns,
                "unread", new UnreadBinding(),
                "numbers", numbers);
    }

    /** Signs in and looks into the folder; leaves every mail as it is. */
    @Override
    public String test(Connection connection, Outward outward) throws ConnectionFailure {
        MailboxSession session = new MailboxSession(connection, outward);
        try (Store store = session.connect()) {
            Folder folder = store.getFolder(connection.text("folder"));
            if (!folder.exists()) {
                throw new ConnectionFailure("there is no folder " + connection.text("folder"));
            }
            folder.open(Folder.READ_ONLY);
            int unread = folder.getUnreadMessageCount();
            folder.close(false);
            return "signed in as " + connection.text("username") + "; " + unread + " unread mails in "
                    + connection.text("folder");
        } catch (MessagingException | RuntimeException e) {
            throw new ConnectionFailure(MailboxSession.told(e, connection), e);
        }
    }
}
