package io.tributary.delivery;

import io.tributary.connection.Connection;
import io.tributary.connection.ForbiddenAddressException;
import io.tributary.connection.Outward;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** How Jakarta Mail is to speak to one server: over guarded sockets, encrypted as asked, with time-outs. */
final class SmtpSession {
    private static final String TIMEOUT_MILLIS = "15000";

    private SmtpSession() {}

    static Session of(Connection connection, Outward outward) {
        String tls = connection.text("tls");
        Optional<String> username = connection.find("username");
        Properties properties = new Properties();
        properties.put("mail.smtp.host", connection.text("host"));
        properties.put("mail.smtp.port", connection.text("port"));
        properties.put("mail.smtp.socketFactory", outward.sockets());
        // Else a connection that the guard refused would be made without it.
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.enable", Boolean.toString(tls.equals("implicit")));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(tls.equals("starttls")));
        properties.put("mail.smtp.starttls.required", Boolean.toString(tls.equals("starttls")));
        properties.put("mail.smtp.auth", Boolean.toString(username.isPresent()));
        return Session.getInstance(properties, username.isEmpty() ? null : signIn(username.get(), connection));
    }

    private static Authenticator signIn(String username, Connection connection) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(username, connection.text("password"));
            }
        };
    }

    /** A failure in words that may be shown to the connection's tenant. */
    static String told(@Nullable Throwable failure, Connection connection) {
        String host = connection.text("host") + ":" + connection.text("port");
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForbiddenAddressException) {
                return host + " is not reached: " + cause.getMessage();
            }
            if (cause instanceof AuthenticationFailedException) {
                return host + " refused user name or password";
            }
            if (cause instanceof SendFailedException) {
                return host + " refused the mail: " + oneLine(cause);
            }
            if (cause instanceof UnknownHostException) {
                return "there is no host " + connection.text("host");
            }
            if (cause instanceof SSLException) {
                return "no trusted TLS connection to " + host + " came about";
            }
            if (cause instanceof SocketTimeoutException) {
                return host + " did not answer within 15 seconds";
            }
            if (cause instanceof java.net.ConnectException) {
                return host + " does not accept the connection";
            }
        }
        return host + " did not go through with it" + (failure == null ? "" : ": " + oneLine(failure));
    }

    private static String oneLine(Throwable failure) {
        String text = String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
        return text.length() > 200 ? text.substring(0, 200) : text;
    }
}
