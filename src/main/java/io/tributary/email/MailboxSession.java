package io.tributary.email;

import io.tributary.connection.Connection;
import io.tributary.connection.ForbiddenAddressException;
import io.tributary.connection.Outward;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.apache.camel.component.mail.MailAuthenticator;
import org.jspecify.annotations.Nullable;

/** How Jakarta Mail is to speak to one IMAP server: over guarded sockets, encrypted as asked, with time-outs. */
final class MailboxSession extends MailAuthenticator {
    private static final String TIMEOUT_MILLIS = "20000";

    private final Connection connection;
    private final @Nullable AccessTokens tokens;
    private final Session session;

    MailboxSession(Connection connection, Outward outward) {
        this.connection = connection;
        this.tokens = connection.find("oauth_refresh_token").isPresent() ? new AccessTokens(connection, outward) : null;
        this.session = Session.getInstance(properties(outward), this);
    }

    private Properties properties(Outward outward) {
        String tls = connection.text("tls");
        Properties properties = new Properties();
        properties.put("mail.store.protocol", "imap");
        properties.put("mail.imap.host", connection.text("host"));
        properties.put("mail.imap.port", connection.text("port"));
        properties.put("mail.imap.socketFactory", outward.sockets());
        // Else a connection that the guard refused would be made without it.
        properties.put("mail.imap.socketFactory.fallback", "false");
        properties.put("mail.imap.connectiontimeout", TIMEOUT_MILLIS);
        properties.put("mail.imap.timeout", TIMEOUT_MILLIS);
        properties.put("mail.imap.writetimeout", TIMEOUT_MILLIS);
        properties.put("mail.imap.ssl.checkserveridentity", "true");
        properties.put("mail.imap.ssl.enable", Boolean.toString(tls.equals("implicit")));
        properties.put("mail.imap.starttls.enable", Boolean.toString(tls.equals("starttls")));
        properties.put("mail.imap.starttls.required", Boolean.toString(tls.equals("starttls")));
        // A mail is fetched whole; a server that gives its size wrong must not cut it.
        properties.put("mail.imap.partialfetch", "false");
        if (tokens != null) {
            properties.put("mail.imap.auth.mechanisms", "XOAUTH2");
        }
        return properties;
    }

    Session session() {
        return session;
    }

    /** Asked for whenever somebody signs in, so that an access token is never an old one. */
    @Override
    public PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(
                connection.text("username"), tokens == null ? connection.text("password") : tokens.current());
    }

    /** A store that is signed in. */
    Store connect() throws MessagingException {
        Store store = session.getStore("imap");
        PasswordAuthentication known = getPasswordAuthentication();
        store.connect(connection.text("host"), connection.number("port"), known.getUserName(), known.getPassword());
        return store;
    }

    /** The server did not take the access token, so the next one is a new one. */
    void refused() {
        if (tokens != null) {
            tokens.forget();
        }
    }

    /** A failure in words that may be shown to the connection's tenant. */
    static String told(@Nullable Throwable failure, Connection connection) {
        String host = connection.text("host") + ":" + connection.text("port");
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoTokenException) {
                return "no access token: " + cause.getMessage();
            }
            if (cause instanceof ForbiddenAddressException) {
                return host + " is not reached: " + cause.getMessage();
            }
            if (cause instanceof AuthenticationFailedException) {
                return host + " refused user name or password";
            }
            if (cause instanceof FolderNotFoundException) {
                return "there is no folder " + connection.text("folder");
            }
            if (cause instanceof UnknownHostException) {
                return "there is no host " + connection.text("host");
            }
            if (cause instanceof SSLException) {
                return "no trusted TLS connection to " + host + " came about";
            }
            if (cause instanceof SocketTimeoutException) {
                return host + " did not answer within 20 seconds";
            }
            if (cause instanceof ConnectException) {
                return host + " does not accept the connection";
            }
        }
        return host + " did not go through with it";
    }
}
