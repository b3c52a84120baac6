package io.tributary.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line such as {@code On Monday, Ann Lee <ann@a.example> wrote:}, in any language and order of its words. */
final class WroteLine {
    private static final int LONGEST = 400;
    private static final int MOST_LINES = 3;

    /** Words that stand in a date as well as in a name. */
    private static final Set<String> PARTICLES = Set.of(
            "de", "da", "do", "dos", "del", "di", "van", "von", "der", "den", "la", "le", "el", "el-", "al", "bin",
            "ben", "du", "des", "ter", "ten", "zu", "o", "a", "e", "y");

    private final MailWords words = MailWords.builtIn();
    private final String text;
    private final int lastLine;

    private WroteLine(String text, int lastLine) {
        this.text = text;
        this.lastLine = lastLine;
    }

    /** The line that begins at {@code start}, wrapped or not, when it says that somebody wrote; else null. */
    static @Nullable WroteLine at(TextLines lines, int start, boolean verbNeeded) {
        StringBuilder joined = new StringBuilder();
        for (int line = start; line < lines.count() && line < start + MOST_LINES; line++) {
            String content = lines.content(line);
            if (content.isEmpty() || joined.length() + content.length() > LONGEST) {
                return null;
            }
            joined.append(joined.isEmpty() ? "" : " ").append(content);
            char end = content.charAt(content.length() - 1);
            if (end == ':' || end == '：') {
                WroteLine wrote =
                        new WroteLine(joined.substring(0, joined.length() - 1).strip(), line);
                return wrote.isOne(verbNeeded, wrote.isAboveQuotes(lines)) && wrote.isFollowed(lines) ? wrote : null;
            }
        }
        return null;
    }

    int lastLine() {
        return lastLine;
    }

    /** Some languages name time and sender alone, above what they quote. */
    private boolean isOne(boolean verbNeeded, boolean aboveQuotes) {
        boolean dated = text.chars().anyMatch(Character::isDigit);
        boolean addressed = text.indexOf('@') > 0;
        boolean verbless = dated && addressed && (!verbNeeded || (aboveQuotes && text.endsWith(">")));
        return (dated || addressed) && (verbless || saysWrote());
    }

    /** Without an address, only what is quoted beneath tells it from a sentence. */
    private boolean isFollowed(TextLines lines) {
        if (text.indexOf('@') > 0) {
            return true;
        }
        return isAboveQuotes(lines);
    }

    private boolean isAboveQuotes(TextLines lines) {
        int next = lines.nextSaying(lastLine + 1);
        return next < lines.count()
                && (lines.depth(next) > lines.depth(lastLine) || lines.depth(next) > 0 || lines.isIndented(next));
    }

    private boolean saysWrote() {
        List<String> tokens = tokens(text);
        for (int from = 0; from < tokens.size(); from++) {
            StringBuilder phrase = new StringBuilder();
            for (int to = from; to < tokens.size() && to < from + 4; to++) {
                phrase.append(to == from ? "" : " ").append(tokens.get(to));
                if (words.isWrote(folded(phrase.toString()))) {
                    return true;
                }
            }
        }
        // Languages without spaces: the words end the line.
        String folded = FoldedWords.of(text);
        for (int from = Math.max(0, folded.length() - 16); from < folded.length(); from++) {
            if (folded.charAt(from) > 0x0E00 && words.isWrote(folded.substring(from))) {
                return true;
            }
        }
        return false;
    }

    private static String folded(String token) {
        String folded = FoldedWords.of(token);
        int end = folded.length();
        while (end > 0 && ",;".indexOf(folded.charAt(end - 1)) >= 0) {
            end--;
        }
        return folded.substring(0, end);
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int begin = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean space = i == text.length() || FoldedWords.isSpace(text.charAt(i));
            if (space && begin >= 0) {
                tokens.add(text.substring(begin, i));
                begin = -1;
            } else if (!space && begin < 0) {
                begin = i;
            }
        }
        return tokens;
    }

    /** Who wrote. */
    Mailbox from() {
        int sign = text.indexOf('@');
        if (sign > 0) {
            int begin = sign;
            while (begin > 0
                    && !FoldedWords.isSpace(text.charAt(begin - 1))
                    && "<([:\"«".indexOf(text.charAt(begin - 1)) < 0) {
                begin--;
            }
            int end = sign;
            while (end < text.length()
                    && !FoldedWords.isSpace(text.charAt(end))
                    && ">)],\"»".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            String before = text.substring(0, begin);
            if (before.endsWith("mailto:")) {
                before = before.substring(0, before.length() - 7);
            }
            String address = MailboxReader.address(text.substring(begin, end));
            String name = nameBefore(before);
            Mailbox found = MailboxReader.ofText(
                    (name == null ? "" : name + " ") + "<" + (address == null ? "" : address) + ">");
            return address == null ? MailboxReader.ofText(name == null ? "" : name) : found;
        }
        return MailboxReader.ofText(unaddressedName());
    }

    /** The name that ends a text, reading backwards until what belongs to a date or a verb. */
    private @Nullable String nameBefore(String before) {
        String rest = FoldedWords.strip(before);
        while (!rest.isEmpty() && "<([".indexOf(rest.charAt(rest.length() - 1)) >= 0) {
            rest = FoldedWords.strip(rest.substring(0, rest.length() - 1));
        }
        String quoted = quotedAtEnd(rest);
        if (quoted != null) {
            return quoted;
        }
        List<String> tokens = tokens(rest);
        int first = tokens.size();
        while (first > 0 && isOfName(tokens, first - 1)) {
            first--;
        }
        String name = String.join(" ", tokens.subList(first, tokens.size()));
        return name.isEmpty() ? null : name;
    }

    private static @Nullable String quotedAtEnd(String text) {
        if (text.length() < 3) {
            return null;
        }
        String closing = "\"”“»«’'";
        if (closing.indexOf(text.charAt(text.length() - 1)) < 0) {
            return null;
        }
        for (int i = text.length() - 2; i >= 0; i--) {
            if ("\"“„«»‘'".indexOf(text.charAt(i)) >= 0 && (i == 0 || FoldedWords.isSpace(text.charAt(i - 1)))) {
                return FoldedWords.strip(text.substring(i + 1, text.length() - 1));
            }
        }
        return null;
    }

    private boolean isOfName(List<String> tokens, int index) {
        String token = tokens.get(index);
        String word = folded(token);
        if (word.isEmpty() || word.chars().anyMatch(Character::isDigit) || token.endsWith(",") || token.endsWith(":")) {
            return false;
        }
        if (PARTICLES.contains(word)) {
            return index > 0 && index + 1 < tokens.size() && isPlainWord(tokens.get(index - 1));
        }
        return !words.isWrote(word) && !words.isAround(word);
    }

    private boolean isPlainWord(String token) {
        String word = folded(token);
        return !token.endsWith(",")
                && Character.isUpperCase(token.codePointAt(0))
                && word.chars().noneMatch(Character::isDigit)
                && !words.isAround(word)
                && !words.isWrote(word);
    }

    private String unaddressedName() {
        List<String> tokens = tokens(text);
        for (int from = 0; from < tokens.size(); from++) {
            for (int to = Math.min(tokens.size(), from + 4); to > from; to--) {
                if (!words.isWrote(folded(String.join(" ", tokens.subList(from, to))))) {
                    continue;
                }
                List<String> after = tokens.subList(to, tokens.size()).stream()
                        .filter(token -> !words.isAround(folded(token)))
                        .toList();
                boolean named = !after.isEmpty()
                        && after.stream().noneMatch(token -> token.chars().anyMatch(Character::isDigit));
                if (named) {
                    return String.join(" ", after);
                }
                String name = nameBefore(String.join(" ", tokens.subList(0, from)));
                return name == null ? "" : name;
            }
        }
        return "";
    }

    /** The whole line, which says when. */
    String text() {
        return text;
    }
}
