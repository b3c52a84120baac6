package io.tributary.delivery;

import io.tributary.connection.Connection;
import io.tributary.connection.ConnectionFailure;
import io.tributary.connection.ConnectionKind;
import io.tributary.connection.Outward;
import io.tributary.connection.Parameter;
import io.tributary.deal.FieldError;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends mails through a server that takes them. */
public final class SmtpKind implements ConnectionKind {
    @Override
    public String name() {
        return "smtp";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.host("host", "The server that takes mails").must(),
                Parameter.number("port", 587, 1, 65535, "Its port"),
                Parameter.choice("tls", List.of("starttls", "implicit", "none"), "How the connection is encrypted"),
                Parameter.text("username", "Whom to sign in as; empty: nobody"),
                Parameter.secret("password", "The password of username"),
                Parameter.text("from", "The sender of every mail: an address, or Name <address>")
                        .must());
    }

    @Override
    public Sends sends() {
        return Sends.MESSAGES;
    }

    @Override
    public List<FieldError> faults(Map<String, String> parameters) {
        List<FieldError> faults = new ArrayList<>();
        String from = parameters.getOrDefault("from", "");
        if (!isAddress(from)) {
            faults.add(new FieldError(
                    "parameters.from", from, "is no address, such as sales@example.com or Sales <sales@example.com>"));
        }
        if (parameters.containsKey("username") != parameters.containsKey("password")) {
            String missing = parameters.containsKey("username") ? "password" : "username";
            faults.add(new FieldError("parameters." + missing, null, "is required with the other of the two"));
        }
        return faults;
    }

    private static boolean isAddress(String text) {
        try {
            InternetAddress[] addresses = InternetAddress.parse(text, true);
            return addresses.length == 1
                    && !addresses[0].isGroup()
                    && addresses[0].getAddress().indexOf('@') > 0;
        } catch (AddressException notOne) {
            return false;
        }
    }

    @Override
    public Map<String, Object> beans(Connection connection, Outward outward) {
        return Map.of("session", SmtpSession.of(connection, outward));
    }

    /** Connects, encrypts and signs in; sends no mail. */
    @Override
    public String test(Connection connection, Outward outward) throws ConnectionFailure {
        try (Transport transport = SmtpSession.of(connection, outward).getTransport("smtp")) {
            transport.connect();
            return "the server is ready to take mails"
                    + connection.find("username").map(name -> " from " + name).orElse("");
        } catch (MessagingException e) {
            throw new ConnectionFailure(SmtpSession.told(e, connection), e);
        }
    }
}
