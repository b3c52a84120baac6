package io.tributary.email;

import io.tributary.ingest.Arrival;
import io.tributary.json.Json;
import io.tributary.mail.LeadMail;
import io.tributary.mail.Mailbox;
import io.tributary.mail.NotALead;
import io.tributary.tenant.Keys;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole mail on its way into the funnel: as it came, and as it was understood.
 *
 * @param notALead why it is refused although it can be read; null when it is not
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MailContent(byte[] bytes, LeadMail lead, @Nullable NotALead notALead) {
    private static final int SHOWN = 300;
    private static final int LONGEST_ACTIVITY = 4_000;

    /** The mail as quarantine keeps it: its bytes, and what tells a reader of the list which one it is. */
    String original() {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put("from", cut(lead.mail().from().toString()));
        kept.put("subject", cut(lead.mail().subject()));
        kept.put("message_id", lead.mail().messageId());
        if (notALead != null) {
            kept.put("reason", notALead.reason().code());
            kept.put("because", cut(notALead.because()));
        }
        kept.put("mail", Base64.getEncoder().encodeToString(bytes));
        return Json.write(kept);
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= SHOWN ? text : text.substring(0, SHOWN);
    }

    /** By what it is known when it comes again. */
    Arrival arrival() {
        String id = lead.mail().messageId();
        String body = HexFormat.of().formatHex(Keys.hash(content()));
        return new Arrival(
                id == null ? body : key(id),
                body,
                id,
                lead.mail().references().stream()
                        .map(MailContent::key)
                        .distinct()
                        .toList(),
                lead.mail().sentAt(),
                activity());
    }

    private static String key(String messageId) {
        return HexFormat.of().formatHex(Keys.hash(messageId));
    }

    /** What the writer wrote, whichever way the mail took: the headers that servers add on the way do not count. */
    private String content() {
        StringBuilder content = new StringBuilder()
                .append(lead.mail().from())
                .append('\n')
                .append(lead.mail().subject())
                .append('\n')
                .append(lead.mail().text());
        lead.mail().attachments().forEach(attachment -> content.append('\n').append(attachment.sha256()));
        return content.toString();
    }

    private String activity() {
        Mailbox from = lead.mail().from();
        String text = "From " + from
                + (lead.mail().subject() == null ? "" : ": " + lead.mail().subject()) + "\n\n" + lead.text();
        return text.length() > LONGEST_ACTIVITY ? text.substring(0, LONGEST_ACTIVITY) : text;
    }
}
