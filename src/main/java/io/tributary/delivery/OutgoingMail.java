package io.tributary.delivery;

import io.tributary.json.Json;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mail that the hub writes.
 *
 * @param to one address, or several separated by commas
 * @param html the same as {@code text} for readers that show it; null for none
 */
public record OutgoingMail(
        String to, String subject, String text, @Nullable String html) {
    private static final int MOST_RECIPIENTS = 50;
    private static final int LONGEST_SUBJECT = 500;
    private static final int LONGEST_TEXT = 1_000_000;

    public OutgoingMail {
        check(recipients(to) > 0 && recipients(to) <= MOST_RECIPIENTS, "to", "1 to 50 mail addresses");
        check(
                !subject.isBlank()
                        && subject.length() <= LONGEST_SUBJECT
                        && subject.chars().noneMatch(Character::isISOControl),
                "subject",
                "one line of 1 to 500 characters");
        check(text.length() <= LONGEST_TEXT, "text", "at most a million characters");
        check(html == null || html.length() <= LONGEST_TEXT, "html", "at most a million characters");
    }

    private static void check(boolean right, String field, String expected) {
        if (!right) {
            throw new IllegalArgumentException("the field " + field + " of a mail must be " + expected);
        }
    }

    private static int recipients(String to) {
        try {
            InternetAddress[] addresses = InternetAddress.parse(to, true);
            for (InternetAddress address : addresses) {
                if (address.isGroup() || address.getAddress().indexOf('@') < 1) {
                    return 0;
                }
            }
            return addresses.length;
        } catch (AddressException notAddresses) {
            return 0;
        }
    }

    /** Reads the fields {@code to}, {@code subject}, {@code text} and {@code html}. */
    static OutgoingMail of(Map<?, ?> fields) {
        Object html = fields.get("html");
        return new OutgoingMail(
                text(fields, "to"),
                text(fields, "subject"),
                text(fields, "text"),
                html == null ? null : html.toString());
    }

    private static String text(Map<?, ?> fields, String name) {
        Object value = fields.get(name);
        return value == null ? "" : value.toString();
    }

    /** The form in which it waits. */
    String json() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("to", to);
        fields.put("subject", subject);
        fields.put("text", text);
        fields.put("html", html);
        return Json.write(fields);
    }
}
