package io.tributary.email;

import io.tributary.deal.FieldError;
import io.tributary.ingest.JsonRecordReader;
import io.tributary.ingest.Mappings;
import io.tributary.ingest.RecordReader;
import io.tributary.mail.LeadMail;
import io.tributary.mail.Mailbox;
import io.tributary.mapping.Normalised;
import io.tributary.mapping.ReadingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads mails, whole or as JSON fields: finds who wants something, then goes by the mapping of the source. */
final class EmailRecordReader implements RecordReader {
    static final String SOURCE = "email";

    /** The code of a mail that is nobody's inquiry. */
    static final String NOT_A_LEAD = "not_a_lead";

    private static final String SENDER = "sender";

    private final Mappings mappings;

    EmailRecordReader(Mappings mappings) {
        this.mappings = mappings;
    }

    @Override
    public Normalised read(int row, Object content, ReadingContext context) {
        if (content instanceof MailContent mail) {
            return mail.notALead() == null
                    ? fields(
                            row,
                            MailRecord.of(mail.lead(), context),
                            mail.lead().contact(),
                            context)
                    : new Normalised.Refused(List.of(new FieldError("mail", null, refusal(mail))), NOT_A_LEAD);
        }
        if (content instanceof Map<?, ?> sent) {
            return json(row, sent, context);
        }
        return mappings.reader(SOURCE).read(row, content, context);
    }

    private static String refusal(MailContent mail) {
        return java.util.Objects.requireNonNull(mail.notALead()).predicate();
    }

    private Normalised json(int row, Map<?, ?> sent, ReadingContext context) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        sent.forEach((name, value) -> fields.put(String.valueOf(name), value));
        Object sender = fields.get(SENDER) == null ? fields.get("contact_email") : fields.get(SENDER);
        if (sender == null || (sender instanceof String text && text.isBlank())) {
            return new Normalised.Refused(List.of(new FieldError(SENDER, null, "is required")));
        }
        if (!(sender instanceof String address)
                || !isText(fields.get("subject"))
                || !isText(fields.get("content"))
                || !isText(fields.get("sender_name"))) {
            return mappings.reader(SOURCE).read(row, fields, context);
        }
        LeadMail lead = LeadMail.ofText(
                mailbox(address, text(fields.get("sender_name"))),
                text(fields.get("subject")),
                fields.get("content") instanceof String content ? content : "");
        return fields(row, MailRecord.of(fields, lead, context), lead.contact(), context);
    }

    private static boolean isText(@Nullable Object value) {
        return value == null || value instanceof String;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() ? text : null;
    }

    private static Mailbox mailbox(String address, @Nullable String name) {
        Mailbox written = MailRecord.mailbox(address);
        return name == null ? written : new Mailbox(name, written.address());
    }

    private Normalised fields(int row, Map<String, @Nullable Object> fields, Mailbox contact, ReadingContext context) {
        if (contact.address() == null && contact.name() == null && fields.get(SENDER) == null) {
            return new Normalised.Refused(
                    List.of(new FieldError(SENDER, null, "is required: the mail names nobody who can be answered")));
        }
        return mappings.reader(SOURCE).read(row, fields, context);
    }

    @Override
    public String original(Object content) {
        return content instanceof MailContent mail
                ? mail.original()
                : mappings.reader(SOURCE).original(JsonRecordReader.content(content));
    }
}
