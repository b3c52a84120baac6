package io.tributary.mail;

import io.tributary.mapping.EmailReader;
import io.tributary.mapping.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads who a mail is from, out of a header field (RFC 5322) or out of a line that a mail client wrote into a text. What
 * stands between quotes is a name, whatever it looks like: a name can never become the address.
 */
final class MailboxReader {
    private static final int LONGEST = 2_000;
    private static final int MOST = 50;
    private static final String QUOTES = "\"'`´“”„‟«»‹›‘’‚「」『』";

    private final String text;
    private int at;

    private MailboxReader(String text) {
        this.text = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** The sender in a header field as written; nobody when it names none. */
    static Mailbox ofHeader(@Nullable String field) {
        if (field == null || field.isBlank()) {
            return Mailbox.NONE;
        }
        Mailbox first = first(new MailboxReader(field).all());
        // Some mailers encode the whole field, address and all.
        return first.address() == null && field.contains("=?")
                ? first(new MailboxReader(HeaderFields.decoded(field)).all())
                : first;
    }

    private static Mailbox first(List<Mailbox> all) {
        return all.stream()
                .filter(mailbox -> mailbox.address() != null)
                .findFirst()
                .orElse(all.isEmpty() ? Mailbox.NONE : all.get(0));
    }

    private List<Mailbox> all() {
        List<Mailbox> found = new ArrayList<>();
        String before = "";
        while (at < text.length() && found.size() < MOST) {
            Draft draft = next();
            // A comma in an unquoted name: "Doe, Ann <ann@a.example>".
            Mailbox mailbox = draft.mailbox(before);
            if (draft.address == null && !draft.phrase.toString().isBlank() && !draft.group) {
                before = before.isEmpty()
                        ? draft.phrase.toString().strip()
                        : before + ", " + draft.phrase.toString().strip();
                if (at >= text.length()) {
                    found.add(new Mailbox(name(before, null), null));
                }
            } else {
                before = "";
                if (!mailbox.isNobody()) {
                    found.add(mailbox);
                }
            }
        }
        return found;
    }

    /** One mailbox while it is read. */
    private static final class Draft {
        final StringBuilder phrase = new StringBuilder();
        final StringBuilder comment = new StringBuilder();

        @Nullable
        String address;

        boolean angled;
        boolean group;

        Mailbox mailbox(String before) {
            String written = phrase.toString().strip();
            String whole = before.isEmpty() ? written : written.isEmpty() ? before : before + ", " + written;
            String name = whole.isEmpty() ? comment.toString() : whole;
            return new Mailbox(name(name, address), address);
        }
    }

    private Draft next() {
        Draft draft = new Draft();
        StringBuilder word = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            int encodedEnd = c == '=' ? endOfEncodedWord() : -1;
            if (encodedEnd > 0) {
                // Whatever it holds, it is one word of a name.
                spaced(draft.phrase).append(text, at, encodedEnd);
                at = encodedEnd;
            } else if (c == '"') {
                String quoted = quoted();
                if (at < text.length() && text.charAt(at) == '@' && word.isEmpty()) {
                    word.append('"')
                            .append(quoted.replace("\\", "\\\\").replace("\"", "\\\""))
                            .append('"');
                } else {
                    spaced(draft.phrase).append(quoted);
                }
            } else if (c == '(') {
                comment(draft.comment);
            } else if (c == '<') {
                endWord(word, draft);
                angle(draft);
            } else if (c == ',' || c == ';') {
                at++;
                break;
            } else if (c == ':' && draft.address == null && word.indexOf("@") < 0 && isGroup()) {
                draft.phrase.setLength(0);
                word.setLength(0);
                draft.group = true;
                at++;
            } else if (FoldedWords.isSpace(c)) {
                endWord(word, draft);
                at++;
            } else {
                word.append(c);
                at++;
            }
        }
        endWord(word, draft);
        return draft;
    }

    /** Where the encoded word (RFC 2047) that begins here ends; -1 when none does. */
    private int endOfEncodedWord() {
        if (!text.startsWith("=?", at)) {
            return -1;
        }
        int encoding = text.indexOf('?', at + 2);
        int content = encoding < 0 ? -1 : text.indexOf('?', encoding + 1);
        int end = content < 0 || content - encoding > 2 ? -1 : text.indexOf("?=", content + 1);
        return end < 0 || end - at > 400 ? -1 : end + 2;
    }

    /** A colon begins a group only where a semicolon ends it. */
    private boolean isGroup() {
        int end = text.indexOf(';', at);
        int angle = text.indexOf('<', at);
        return end >= 0 && (angle < 0 || angle < end || text.indexOf('@', at) < 0);
    }

    private static void endWord(StringBuilder word, Draft draft) {
        if (word.isEmpty()) {
            return;
        }
        String written = word.toString();
        word.setLength(0);
        String address = written.indexOf('@') > 0 && !draft.angled ? address(written) : null;
        if (address != null && draft.address == null) {
            draft.address = address;
        } else {
            spaced(draft.phrase).append(written);
        }
    }

    private void angle(Draft draft) {
        int end = text.indexOf('>', at);
        String inside = text.substring(at + 1, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
        int nested = inside.indexOf('<');
        String address = address(nested < 0 ? inside : inside.substring(0, nested));
        if (address != null && !draft.angled) {
            if (draft.address != null) {
                // A bare address before the one in brackets is a name in disguise.
                spaced(draft.phrase).append(draft.address);
            }
            draft.address = address;
            draft.angled = true;
        }
    }

    private String quoted() {
        StringBuilder inside = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            inside.append(text.charAt(at));
            at++;
        }
        at++;
        return inside.toString();
    }

    private void comment(StringBuilder inside) {
        int depth = 0;
        do {
            char c = text.charAt(at);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == '\\' && at + 1 < text.length()) {
                at++;
                inside.append(text.charAt(at));
            } else {
                inside.append(c);
            }
            at++;
        } while (depth > 0 && at < text.length());
    }

    private static StringBuilder spaced(StringBuilder text) {
        return text.isEmpty() ? text : text.append(' ');
    }

    /** The sender that a mail client wrote into a text: {@code Ann Lee [mailto:ann@a.example]} and its like. */
    static Mailbox ofText(String written) {
        String line = FoldedWords.strip(written.length() > LONGEST ? written.substring(0, LONGEST) : written);
        line = line.replace("[mailto:", "<").replace("[MAILTO:", "<").replace("<mailto:", "<");
        int sign = line.indexOf('@');
        while (sign >= 0) {
            int begin = sign;
            while (begin > 0 && isOfAddress(line.charAt(begin - 1))) {
                begin--;
            }
            int end = sign + 1;
            while (end < line.length() && isOfAddress(line.charAt(end))) {
                end++;
            }
            String address = address(trimDots(line.substring(begin, end)));
            // An address between quotes is how its owner is called; the real one follows.
            boolean quoted = begin > 0 && end < line.length() && QUOTES.indexOf(line.charAt(begin - 1)) >= 0;
            if (address != null && !(quoted && line.indexOf('@', end) >= 0)) {
                String before = line.substring(0, begin);
                String name = name(withoutOpening(before), address);
                return new Mailbox(name == null ? behind(line.substring(end), address) : name, address);
            }
            sign = line.indexOf('@', end);
        }
        return new Mailbox(name(line, null), null);
    }

    /** A name in parentheses behind the address. */
    private static @Nullable String behind(String rest, String address) {
        String after = FoldedWords.strip(rest);
        while (after.startsWith(">") || after.startsWith("]")) {
            after = FoldedWords.strip(after.substring(1));
        }
        int end = after.indexOf(')');
        return after.startsWith("(") && end > 1 ? name(after.substring(1, end), address) : null;
    }

    private static String withoutOpening(String before) {
        String text = FoldedWords.strip(before);
        while (!text.isEmpty() && "<([*".indexOf(text.charAt(text.length() - 1)) >= 0) {
            text = FoldedWords.strip(text.substring(0, text.length() - 1));
        }
        return text;
    }

    private static boolean isOfAddress(char c) {
        return Character.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".indexOf(c) >= 0;
    }

    private static String trimDots(String address) {
        String text = address;
        while (!text.isEmpty() && ".'*".indexOf(text.charAt(text.length() - 1)) >= 0) {
            text = text.substring(0, text.length() - 1);
        }
        while (!text.isEmpty() && ".'*".indexOf(text.charAt(0)) >= 0) {
            text = text.substring(1);
        }
        return text;
    }

    /** {@code written} as an address; null when it is none that mail could be sent to. */
    static @Nullable String address(String written) {
        String text = written.strip();
        if (text.regionMatches(true, 0, "mailto:", 0, 7)) {
            text = text.substring(7);
        }
        int route = text.startsWith("@") ? text.indexOf(':') : -1;
        if (route > 0) {
            text = text.substring(route + 1);
        }
        if (text.endsWith(".")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.indexOf('@') < 1 || text.length() > 320) {
            return null;
        }
        return EmailReader.read(text) instanceof Reading.Value<String> address && address.warning() == null
                ? address.value()
                : null;
    }

    /** A name without quotes and encoding; null when it is blank, or an address in the place of one. */
    private static @Nullable String name(String written, @Nullable String address) {
        String text = unquoted(HeaderFields.decoded(FoldedWords.strip(written)));
        if (text.isEmpty()
                || (address != null && text.toLowerCase(Locale.ROOT).equals(address.toLowerCase(Locale.ROOT)))) {
            return null;
        }
        return looksLikeAddress(text) || text.codePoints().noneMatch(Character::isLetterOrDigit) ? null : text;
    }

    private static String unquoted(String name) {
        StringBuilder oneLine = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (FoldedWords.isSpace(c)) {
                if (!oneLine.isEmpty() && oneLine.charAt(oneLine.length() - 1) != ' ') {
                    oneLine.append(' ');
                }
            } else if (!FoldedWords.isInvisible(c)) {
                oneLine.append(c);
            }
        }
        String text = oneLine.toString().strip();
        while (text.length() > 1
                && QUOTES.indexOf(text.charAt(0)) >= 0
                && QUOTES.indexOf(text.charAt(text.length() - 1)) >= 0) {
            text = FoldedWords.strip(text.substring(1, text.length() - 1));
        }
        return text;
    }

    /** Whether a name is, or ends as, an address: then it tells nothing, or hides who really wrote. */
    static boolean looksLikeAddress(String name) {
        String text = FoldedWords.strip(name);
        int sign = text.indexOf('@');
        if (sign <= 0) {
            return false;
        }
        for (String word : text.split("[\\s<>()\\[\\],;:\"]+", -1)) {
            int in = word.indexOf('@');
            if (in > 0 && word.indexOf('.', in) > in) {
                return true;
            }
        }
        return false;
    }
}
