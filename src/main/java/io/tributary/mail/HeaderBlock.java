package io.tributary.mail;

import io.tributary.mail.MailWords.Label;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines in which a mail client repeats the header of another mail: a label of any language and a value each, in any
 * order, also when they are wrapped, parted by blank lines, or run together in one line.
 */
final class HeaderBlock {
    private static final int LONGEST_LINE = 10_000;
    private static final int MOST_COLONS = 60;
    private static final int MOST_CONTINUED = 60;

    private final TextLines lines;
    private final MailWords words = MailWords.builtIn();
    private final Map<Label, String> values = new EnumMap<>(Label.class);
    private final Set<String> languages = new HashSet<>();
    private @Nullable Label last;
    private int end;

    private HeaderBlock(TextLines lines) {
        this.lines = lines;
    }

    /** The block that begins at {@code start}, whose first line is {@code first}; null when none does. */
    static @Nullable HeaderBlock at(TextLines lines, int start, String first) {
        HeaderBlock block = new HeaderBlock(lines);
        if (!block.take(first)) {
            return null;
        }
        block.read(start + 1);
        return block;
    }

    private void read(int start) {
        int at = start;
        end = start;
        int continued = 0;
        while (at < lines.count()) {
            int saying = lines.nextSaying(at);
            if (saying >= lines.count() || saying - at > 2) {
                return;
            }
            String line = lines.content(saying);
            boolean parted = saying > at;
            if (parted && isWhole()) {
                return;
            }
            if (take(line)) {
                continued = 0;
            } else if (!continues(line, saying, parted) || ++continued > MOST_CONTINUED) {
                return;
            }
            at = saying + 1;
            end = at;
        }
    }

    /** Whether nothing is missing any more, so that what follows a blank line belongs to the text. */
    private boolean isWhole() {
        return values.containsKey(Label.FROM)
                && values.containsKey(Label.SUBJECT)
                && values.containsKey(Label.DATE)
                && values.containsKey(Label.TO);
    }

    /** Takes a line that begins with a label not seen yet. */
    private boolean take(String written) {
        String line = withoutEmphasis(written.length() > LONGEST_LINE ? written.substring(0, LONGEST_LINE) : written);
        int colon = colon(line, 0);
        if (colon <= 0 || colon > MailWords.LONGEST_LABEL + 2) {
            return false;
        }
        String text = unmarked(line.substring(0, colon));
        Label label = words.label(text);
        if (label == null || values.containsKey(label)) {
            return false;
        }
        put(label, text, line, colon + 1);
        return true;
    }

    private void put(Label label, String written, String line, int from) {
        languages.addAll(words.languagesOf(written));
        last = label;
        values.put(label, "");
        Glued next = nextGlued(line, from, label);
        String value = unmarked(line.substring(from, next == null ? line.length() : next.begin));
        values.put(label, value);
        if (next != null) {
            put(next.label, line.substring(next.begin, next.colon), line, next.colon + 1);
        }
    }

    /** A further label within a line that runs several together. */
    private record Glued(Label label, int begin, int colon) {}

    private @Nullable Glued nextGlued(String line, int from, Label before) {
        int colon = colon(line, from);
        for (int i = 0; colon >= 0 && i < MOST_COLONS; i++) {
            for (int begin = Math.max(from, colon - MailWords.LONGEST_LABEL); begin < colon; begin++) {
                if (!mayBegin(line, from, begin, colon)) {
                    continue;
                }
                Label label = words.label(FoldedWords.strip(line.substring(begin, colon)));
                if (label != null && !values.containsKey(label) && fits(label, line.substring(colon + 1), before)) {
                    return new Glued(label, begin, colon);
                }
            }
            colon = colon(line, colon + 1);
        }
        return null;
    }

    private static boolean mayBegin(String line, int from, int begin, int colon) {
        char first = line.charAt(begin);
        if (!Character.isLetter(first) || Character.isLowerCase(first) || begin == from) {
            return false;
        }
        char before = line.charAt(begin - 1);
        boolean apart = !Character.isLetterOrDigit(before);
        // After a capital, a short label is too easily the end of a word.
        return apart || !Character.isUpperCase(before) || colon - begin > 4;
    }

    /** A subject may hold any words; only a value that cannot be part of it ends it. */
    private static boolean fits(Label label, String value, Label before) {
        if (before != Label.SUBJECT) {
            return true;
        }
        return switch (label) {
            case FROM, TO, CC, BCC, REPLY_TO -> value.indexOf('@') >= 0;
            case DATE -> value.chars().limit(40).anyMatch(Character::isDigit);
            case SUBJECT -> false;
        };
    }

    private boolean continues(String line, int index, boolean parted) {
        Label label = last;
        if (label == null || isLabelled(line)) {
            return false;
        }
        String value = values.getOrDefault(label, "");
        if (value.isEmpty()) {
            // The value stands below its label.
            values.put(label, unmarked(line));
            return !lines.isBlank(index);
        }
        if (parted) {
            return false;
        }
        boolean addresses = label == Label.TO || label == Label.CC || label == Label.BCC;
        boolean open = addresses
                && (value.endsWith(",") || value.endsWith(";") || line.startsWith("<"))
                && line.length() < 1_000;
        boolean wrappedAddress = label == Label.FROM && line.startsWith("<") && line.indexOf('@') > 0;
        boolean beforeNext = index + 1 < lines.count() && line.length() < 300 && isNewLabel(lines.content(index + 1));
        if (open || wrappedAddress || beforeNext) {
            values.put(label, value.length() > LONGEST_LINE ? value : value + " " + line);
            return true;
        }
        return false;
    }

    private boolean isNewLabel(String line) {
        Label label = labelOf(line);
        return label != null && !values.containsKey(label);
    }

    private boolean isLabelled(String line) {
        return labelOf(line) != null;
    }

    private @Nullable Label labelOf(String written) {
        String line = withoutEmphasis(written);
        int colon = colon(line, 0);
        return colon <= 0 || colon > MailWords.LONGEST_LABEL + 2
                ? null
                : words.label(unmarked(line.substring(0, colon)));
    }

    static int colon(String line, int from) {
        int plain = line.indexOf(':', from);
        int wide = line.indexOf('：', from);
        return plain < 0 ? wide : wide < 0 ? plain : Math.min(plain, wide);
    }

    private static String withoutEmphasis(String line) {
        int begin = 0;
        while (begin < line.length() && "*_|".indexOf(line.charAt(begin)) >= 0) {
            begin++;
        }
        return begin == 0 ? line : FoldedWords.strip(line.substring(begin));
    }

    private static String unmarked(String text) {
        String bare = FoldedWords.strip(text);
        while (bare.startsWith("*") || bare.startsWith("|")) {
            bare = FoldedWords.strip(bare.substring(1));
        }
        while (bare.endsWith("*") || bare.endsWith("|")) {
            bare = FoldedWords.strip(bare.substring(0, bare.length() - 1));
        }
        return bare;
    }

    /** The line behind the block. */
    int end() {
        return end;
    }

    int size() {
        return values.size();
    }

    Set<String> languages() {
        return languages;
    }

    @Nullable
    String value(Label label) {
        String value = values.get(label);
        return value == null || value.isEmpty() ? null : value;
    }

    Mailbox from() {
        String value = value(Label.FROM);
        return value == null ? Mailbox.NONE : MailboxReader.ofText(value);
    }

    /** Whether its values are what their labels promise. */
    boolean isPlausible() {
        String date = value(Label.DATE);
        String from = value(Label.FROM);
        return from != null
                && from.length() <= 400
                && !from().isNobody()
                && (date == null || (date.length() <= 120 && date.chars().anyMatch(Character::isDigit)));
    }
}
