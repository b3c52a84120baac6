package io.tributary.email;

import jakarta.mail.Message;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mail.MailBinding;
import org.apache.camel.component.mail.MailMessage;

/**
 * Leaves mails unread until they are fetched whole: a server may be unable to tell the headers of a broken one, and what an
 * outsider writes into headers is not to steer a route.
 */
final class UnreadBinding extends MailBinding {
    @Override
    protected Map<String, Object> extractHeadersFromMail(Message mail, Exchange exchange) {
        return Map.of();
    }

    @Override
    public Object extractBodyFromMail(Exchange exchange, MailMessage mail) {
        return mail.getOriginalMessage();
    }
}
