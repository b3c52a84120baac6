package io.tributary.email;

import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.component.mail.MailConstants;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.component.mail.MailMessage;
import org.apache.camel.spi.Registry;

/** Takes the mails that a mailbox's route has found. */
public final class MailboxIntake {
    /** What is longer is read so far: the largest mail that may be posted. */
    private static final int LARGEST = 25 * 1024 * 1024;

    private final EmailDoorway doorway;
    private final Registry registry;

    public MailboxIntake(EmailDoorway doorway, Registry registry) {
        this.doorway = doorway;
        this.registry = registry;
    }

    /**
     * Takes one mail. When this returns it is committed, and what is to become of it in the mailbox stands in the headers
     * that camel-mail goes by; when it throws, the mail stays as it is and is found again.
     */
    public void take(Exchange exchange, String tenant, String workspace, String name)
            throws MessagingException, IOException {
        MailboxTurns turns = turns(exchange);
        if (turns.isHalted()) {
            throw new RejectedExecutionException("the hub takes nothing now");
        }
        Connection connection = registry.findSingleByType(Connections.class)
                .find(tenant, workspace, name)
                .orElseThrow(() -> new IllegalStateException("the connection is gone"));
        Message message = exchange.getMessage(MailMessage.class).getOriginalMessage();
        try {
            doorway.take(
                    connection.workspace(),
                    "mailbox " + name,
                    bytes(message),
                    Forwarders.of(connection.find("forwarders").orElse("")));
        } catch (RuntimeException e) {
            turns.halt();
            throw e;
        }
        finish(exchange, message, Objects.requireNonNull(After.of(connection.text("after"))));
    }

    private static MailboxTurns turns(Exchange exchange) {
        return (MailboxTurns) ((MailEndpoint) exchange.getFromEndpoint()).getPollStrategy();
    }

    private static byte[] bytes(Message message) throws MessagingException, IOException {
        Bounded bytes = new Bounded();
        message.writeTo(bytes);
        return bytes.content.toByteArray();
    }

    private static void finish(Exchange exchange, Message message, After after) throws MessagingException {
        exchange.getMessage().removeHeaders("*");
        if (after.delete()) {
            exchange.getMessage().setHeader(MailConstants.MAIL_DELETE, true);
        }
        if (after.moveTo() != null) {
            Folder target = message.getFolder().getStore().getFolder(after.moveTo());
            if (!target.exists()) {
                target.create(Folder.HOLDS_MESSAGES);
            }
            exchange.getMessage().setHeader(MailConstants.MAIL_MOVE_TO, after.moveTo());
        }
    }

    /** Keeps the beginning of what is written, and no more than a mail may have. */
    private static final class Bounded extends OutputStream {
        final ByteArrayOutputStream content = new ByteArrayOutputStream(16 * 1024);

        @Override
        public void write(int octet) {
            if (content.size() < LARGEST) {
                content.write(octet);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            int room = LARGEST - content.size();
            if (room > 0) {
                content.write(bytes, from, Math.min(length, room));
            }
        }
    }
}
