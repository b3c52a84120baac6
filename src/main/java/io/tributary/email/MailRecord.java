package io.tributary.email;

import io.tributary.deal.Times;
import io.tributary.mail.Attachment;
import io.tributary.mail.LeadMail;
import io.tributary.mail.Mail;
import io.tributary.mail.Mailbox;
import io.tributary.mail.Original;
import io.tributary.mail.Suggestion;
import io.tributary.mail.SuggestionFinder;
import io.tributary.mapping.ReadingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mail as the fields of a record, by the names that the mapping of the source knows; the others become metadata. */
final class MailRecord {
    private static final int MOST_ATTACHMENTS = 100;

    private MailRecord() {}

    /** The fields of a whole mail. */
    static Map<String, @Nullable Object> of(LeadMail lead, ReadingContext context) {
        Mail mail = lead.mail();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("sender", lead.contact().address());
        fields.put("sender_name", lead.contact().name());
        fields.put("subject", lead.subject());
        fields.put("content", lead.text());
        understood(fields, lead, context);
        if (mail.messageId() != null) {
            fields.put("message_id", mail.messageId());
        }
        if (mail.sentAt() != null) {
            fields.put("sent_at", Times.text(mail.sentAt()));
        }
        put(fields, "to", mail.signs().to());
        put(fields, "cc", mail.signs().cc());
        if (!mail.signs().authentication().isEmpty()) {
            fields.put("authentication_results", mail.signs().authentication());
        }
        if (mail.namedAsAddress()) {
            fields.put("sender_name_is_another_address", true);
        }
        List<Attachment> attachments = attachments(lead);
        if (!attachments.isEmpty()) {
            fields.put(
                    "attachments",
                    attachments.stream()
                            .limit(MOST_ATTACHMENTS)
                            .map(MailRecord::listed)
                            .toList());
        }
        if (mail.cut()) {
            fields.put("mail_was_cut", true);
        }
        return fields;
    }

    /** What came with the mail, and with the one it passes on. */
    static List<Attachment> attachments(LeadMail lead) {
        Original original = lead.original();
        if (original == null || original.attached() == null) {
            return lead.mail().attachments();
        }
        List<Attachment> all = new java.util.ArrayList<>(lead.mail().attachments());
        all.addAll(original.attached().attachments());
        return all;
    }

    private static Map<String, @Nullable Object> listed(Attachment attachment) {
        Map<String, @Nullable Object> listed = new LinkedHashMap<>();
        listed.put("name", attachment.name());
        listed.put("type", attachment.type());
        listed.put("size", attachment.content().length);
        listed.put("sha256", attachment.sha256());
        return listed;
    }

    /** The fields that were sent, with what was understood of them where they do not say it themselves. */
    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> sent, LeadMail lead, ReadingContext context) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(sent);
        if (lead.isForwarded()) {
            fields.put("sender", lead.contact().address());
            fields.put("sender_name", lead.contact().name());
            fields.put("content", lead.text());
            fields.remove("contact_email");
            fields.remove("contact_name");
        }
        if (lead.subject() != null) {
            fields.put("subject", lead.subject());
        }
        understood(fields, lead, context);
        return fields;
    }

    private static void understood(Map<String, @Nullable Object> fields, LeadMail lead, ReadingContext context) {
        if (isBlank(fields.get("company_name")) && isBlank(fields.get("company"))) {
            put(fields, "company_name", lead.company());
        }
        if (isBlank(fields.get("phone"))) {
            put(fields, "phone", lead.phone());
        }
        Original original = lead.original();
        if (original != null) {
            put(fields, "note", original.note());
            fields.put("forwarded_by", original.chain().get(0).toString());
            fields.put(
                    "forwarded_through",
                    original.chain().stream().map(Mailbox::toString).toList());
            put(fields, "original_date", original.date());
        }
        List<Suggestion> suggestions = SuggestionFinder.in(lead.text(), context);
        if (!suggestions.isEmpty()) {
            fields.put(
                    "suggestions", suggestions.stream().map(MailRecord::shown).toList());
        }
    }

    private static Map<String, @Nullable Object> shown(Suggestion suggestion) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("field", suggestion.field());
        shown.put("value", suggestion.value());
        if (suggestion.currency() != null) {
            shown.put("currency", suggestion.currency());
        }
        shown.put("quote", suggestion.quote());
        return shown;
    }

    private static void put(Map<String, @Nullable Object> fields, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            fields.put(name, value);
        }
    }

    private static boolean isBlank(@Nullable Object value) {
        return value == null || (value instanceof String text && text.isBlank());
    }

    /** Whoever a text names as a sender. */
    static Mailbox mailbox(String text) {
        return LeadMail.sender(text);
    }
}
