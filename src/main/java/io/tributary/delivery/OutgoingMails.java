package io.tributary.delivery;

import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.deal.OrderedId;
import io.tributary.json.Json;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Mails on their way out of a workspace, through its connection of the kind {@code smtp}. */
public final class OutgoingMails {
    private static final int PERMANENT = 500;

    private final TenantDatabase database;
    private final Connections connections;
    private final Deliveries deliveries;

    public OutgoingMails(TenantDatabase database, Connections connections, Deliveries deliveries) {
        this.database = database;
        this.connections = connections;
        this.deliveries = deliveries;
    }

    /**
     * Keeps a mail until the server took it; in the transaction of whoever calls, where one runs.
     *
     * @param fields {@code to}, {@code subject}, {@code text} and perhaps {@code html}; {@code connection} names one of
     *     several connections, else the first by name is taken; {@code key} makes mails handed over twice one mail
     * @return false when the workspace has no such connection, and so sends no mails
     * @throws IllegalArgumentException when a field is missing or wrong
     */
    public boolean keep(String tenant, String workspace, Map<?, ?> fields) {
        OutgoingMail mail = OutgoingMail.of(fields);
        Optional<Connection> through = connections.ofKind(tenant, workspace, "smtp").stream()
                .filter(connection ->
                        fields.get("connection") == null || connection.name().equals(fields.get("connection")))
                .findFirst();
        through.ifPresent(connection -> database.write(tenant, client -> {
            Deliveries.keep(
                    client,
                    connection.id(),
                    List.of(new Deliveries.Message(id(connection, fields.get("key")), "mail", null, mail.json())));
            return connection;
        }));
        return through.isPresent();
    }

    /** As {@link #keep(String, String, Map)}. */
    public boolean keep(WorkspaceId workspace, Map<?, ?> fields) {
        return keep(workspace.tenant(), workspace.workspace(), fields);
    }

    private static UUID id(Connection connection, @Nullable Object key) {
        return key == null
                ? OrderedId.next()
                : UUID.nameUUIDFromBytes(("mail " + connection.id() + " " + key).getBytes(StandardCharsets.UTF_8));
    }

    /** The mail of a delivery. */
    public OutgoingMail read(Delivery delivery) {
        return OutgoingMail.of(Json.readObject(delivery.payload()));
    }

    /** Whom a connection's mails are from. */
    public String from(Delivery delivery) throws UndeliveredException {
        return connections
                .find(delivery.connection())
                .map(connection -> connection.text("from"))
                .orElseThrow(() -> new UndeliveredException("the connection is gone"));
    }

    /** The Message-ID: the same with every try, so that a mail system can leave out what it had. */
    public String messageId(Delivery delivery) throws UndeliveredException {
        String from = from(delivery);
        String domain = from.substring(from.lastIndexOf('@') + 1).replaceAll("[>\\s].*", "");
        return "<" + delivery.id() + "@" + domain + ">";
    }

    /** The server did not take it; whether it may later is told by its code (RFC 5321, 4.2.1). */
    public void failed(Delivery delivery, @Nullable Throwable failure) {
        Optional<Connection> connection = connections.find(delivery.connection());
        MessagingException refusal = refusal(failure);
        if (refusal == null || connection.isEmpty()) {
            deliveries.failed(delivery, failure);
            return;
        }
        deliveries.failed(
                delivery,
                new UndeliveredException(SmtpSession.told(refusal, connection.get()), isPermanent(refusal), refusal));
    }

    private static @Nullable MessagingException refusal(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MessagingException refusal) {
                return refusal;
            }
        }
        return null;
    }

    private static boolean isPermanent(MessagingException refusal) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause instanceof SMTPAddressFailedException address) {
                return address.getReturnCode() >= PERMANENT;
            }
            if (cause instanceof SMTPSendFailedException send && send.getReturnCode() >= PERMANENT) {
                return true;
            }
        }
        return false;
    }
}
