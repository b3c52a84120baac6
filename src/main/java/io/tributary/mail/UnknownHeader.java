package io.tributary.mail;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A header in a language whose words nobody wrote down, below a line of dashes: lines of a short label and a value each, of
 * which the first that names an address is the sender's.
 */
final class UnknownHeader {
    private static final int LONGEST_LABEL = 30;
    private static final int MOST_LINES = 8;

    private UnknownHeader() {}

    static @Nullable QuotedMail at(TextLines lines, int start, int aboveLine, boolean forwarded) {
        Mailbox from = Mailbox.NONE;
        String date = null;
        int fields = 0;
        int addresses = 0;
        int at = start;
        while (at < lines.count() && fields < MOST_LINES) {
            String line = lines.content(at);
            int colon = HeaderBlock.colon(line, 0);
            if (colon <= 0
                    || colon > LONGEST_LABEL
                    || colon == line.length() - 1
                    || !isLabel(line.substring(0, colon))) {
                break;
            }
            String value = FoldedWords.strip(line.substring(colon + 1));
            Mailbox mailbox = value.indexOf('@') > 0 ? MailboxReader.ofText(value) : Mailbox.NONE;
            if (mailbox.address() != null) {
                addresses++;
                from = from.isNobody() ? mailbox : from;
            } else if (date == null && value.chars().filter(Character::isDigit).count() >= 4) {
                date = value;
            }
            fields++;
            at++;
        }
        boolean header = fields >= 3 && addresses >= (forwarded ? 1 : 2) && date != null;
        return header
                ? new QuotedMail(
                        forwarded ? QuotedMail.Kind.FORWARDED : QuotedMail.Kind.ORIGINAL,
                        aboveLine,
                        at,
                        lines.depth(start),
                        from,
                        null,
                        date,
                        null,
                        null,
                        fields,
                        Set.of())
                : null;
    }

    private static boolean isLabel(String text) {
        String label = FoldedWords.strip(text);
        return !label.isEmpty()
                && Character.isLetter(label.codePointAt(0))
                && label.chars().noneMatch(Character::isDigit)
                && label.chars().filter(c -> c == ' ').count() <= 3;
    }
}
