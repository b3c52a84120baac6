package io.tributary.mail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Mail} of its header fields and its parts. */
final class MailFields {
    private static final int MOST_REFERENCES = 50;
    private static final int LONGEST_ID = 998;

    private final HeaderFields header;
    private final MailParts parts;
    private final boolean cut;

    MailFields(HeaderFields header, MailParts parts, boolean cut) {
        this.header = header;
        this.parts = parts;
        this.cut = cut;
    }

    Mail mail() {
        String written = header.text("from") == null ? header.raw("sender") : firstSaying("from");
        Mailbox from = MailboxReader.ofHeader(written);
        return new Mail(
                from,
                isNamedAsAddress(written, from),
                header.text("subject"),
                MailDate.read(header.text("date")),
                ids("message-id").stream().findFirst().orElse(null),
                references(),
                parts.text(),
                parts.htmlText(),
                parts.attachments(),
                parts.embedded(),
                signs(),
                cut);
    }

    private @Nullable String firstSaying(String name) {
        return header.all(name).stream()
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(null);
    }

    /** Whether the name is dressed up as an address that did not send this. */
    private static boolean isNamedAsAddress(@Nullable String written, Mailbox from) {
        if (written == null || from.address() == null) {
            return false;
        }
        int bracket = written.lastIndexOf('<');
        String name = bracket < 0 ? "" : HeaderFields.decoded(written.substring(0, bracket));
        return MailboxReader.looksLikeAddress(name)
                && !name.toLowerCase(Locale.ROOT).contains(from.address().toLowerCase(Locale.ROOT));
    }

    /** The mail that is answered first, then those before it, the latest first. */
    private List<String> references() {
        Set<String> ids = new LinkedHashSet<>(ids("in-reply-to"));
        List<String> earlier = new ArrayList<>(ids("references"));
        Collections.reverse(earlier);
        ids.addAll(earlier);
        return ids.stream().limit(MOST_REFERENCES).toList();
    }

    /** The ids in a field, without their brackets. */
    private List<String> ids(String name) {
        List<String> ids = new ArrayList<>();
        for (String value : header.all(name)) {
            int open = value.indexOf('<');
            if (open < 0) {
                String bare = value.strip();
                if (name.equals("message-id") && !bare.isEmpty() && bare.length() <= LONGEST_ID) {
                    ids.add(bare);
                }
                continue;
            }
            while (open >= 0) {
                int close = value.indexOf('>', open);
                if (close < 0) {
                    break;
                }
                String id = value.substring(open + 1, close).strip();
                if (!id.isEmpty() && id.length() <= LONGEST_ID) {
                    ids.add(id);
                }
                open = value.indexOf('<', close);
            }
        }
        return ids;
    }

    private MailSigns signs() {
        String suppress = header.text("x-auto-response-suppress");
        String returnPath = header.raw("return-path");
        return new MailSigns(
                header.text("auto-submitted"),
                header.text("precedence"),
                header.has("list-id") || header.has("list-unsubscribe") || header.has("feedback-id"),
                suppress != null && !suppress.equalsIgnoreCase("none"),
                returnPath != null && returnPath.strip().equals("<>"),
                parts.isReport(),
                parts.isCalendar(),
                isSpamFlag("x-spam-flag") || isSpamFlag("x-spam") || isSpamStatus(),
                header.has("in-reply-to") || header.has("references"),
                header.all("authentication-results").stream().limit(5).toList(),
                header.text("to"),
                header.text("cc"));
    }

    private boolean isSpamFlag(String name) {
        String flag = header.text(name);
        return flag != null && (flag.equalsIgnoreCase("yes") || flag.equalsIgnoreCase("true"));
    }

    private boolean isSpamStatus() {
        String status = header.text("x-spam-status");
        return status != null && status.toLowerCase(Locale.ROOT).startsWith("yes");
    }

    /** A date of a header, in whatever way it is written there. */
    static final class MailDate {
        private MailDate() {}

        static @Nullable Instant read(@Nullable String text) {
            if (text == null || text.length() > 100) {
                return null;
            }
            java.util.Date date =
                    new jakarta.mail.internet.MailDateFormat().parse(text, new java.text.ParsePosition(0));
            return date == null ? null : date.toInstant();
        }
    }
}
