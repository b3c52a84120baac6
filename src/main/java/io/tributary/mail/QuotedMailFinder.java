package io.tributary.mail;

import io.tributary.mail.MailWords.Label;
import io.tributary.mail.MailWords.Separator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a text begins to repeat another mail: by the line above it, by its header in whatever language, or by a line
 * that says who wrote it. Each line is looked at a fixed number of times.
 */
final class QuotedMailFinder {
    private static final String RULES = "-_=*~–—‐#+";
    private static final int SHORTEST_RULE = 5;

    private final TextLines lines;
    private final MailWords words = MailWords.builtIn();

    /** What stood above the line that is looked at, with nothing but blank lines between. */
    private enum Above {
        NOTHING,
        RULE,
        ORIGINAL,
        FORWARDED
    }

    private Above above = Above.NOTHING;
    private int aboveLine;

    QuotedMailFinder(TextLines lines) {
        this.lines = lines;
    }

    /** The first repeated mail from line {@code from} on; null when there is none. */
    @Nullable
    QuotedMail next(int from) {
        above = Above.NOTHING;
        for (int at = from; at < lines.count(); at++) {
            String line = lines.content(at);
            if (line.isEmpty()) {
                continue;
            }
            String rest = separate(line, at);
            if (rest != null && rest.isEmpty()) {
                continue;
            }
            String header = rest == null ? line : rest;
            QuotedMail found = repeated(header, at);
            if (found != null) {
                return found;
            }
            above = Above.NOTHING;
        }
        return null;
    }

    /** Notes a line that parts mails; what follows it in the same line, or null when it is none. */
    private @Nullable String separate(String line, int at) {
        int begin = 0;
        while (begin < line.length() && isRule(line.charAt(begin))) {
            begin++;
        }
        if (begin == line.length()) {
            if (ruleLength(line) >= SHORTEST_RULE) {
                raise(Above.RULE, at);
                return "";
            }
            return null;
        }
        if (ruleLength(line.substring(0, begin)) >= 2) {
            return separateByDashes(line, begin, at);
        }
        Separator exact = words.exactSeparator(line);
        if (exact != null) {
            raise(exact == Separator.FORWARDED ? Above.FORWARDED : Above.ORIGINAL, at);
            return "";
        }
        return null;
    }

    private @Nullable String separateByDashes(String line, int begin, int at) {
        int end = endOfPhrase(line, begin);
        Separator said = words.separator(line.substring(begin, end));
        int behind = end;
        while (behind < line.length() && isRule(line.charAt(behind))) {
            behind++;
        }
        int second = endOfPhrase(line, behind);
        Separator saidAgain = second < line.length() ? words.separator(line.substring(behind, second)) : null;
        if (saidAgain != null) {
            // Two phrases, one for readers of another language.
            said = saidAgain;
            behind = second;
            while (behind < line.length() && isRule(line.charAt(behind))) {
                behind++;
            }
        }
        if (said == null) {
            // A language nobody wrote down: what follows will tell.
            boolean closed = behind == line.length() && end < line.length() && end - begin <= 80;
            if (closed) {
                raise(Above.RULE, at);
                return "";
            }
            return null;
        }
        raise(said == Separator.FORWARDED ? Above.FORWARDED : Above.ORIGINAL, at);
        String rest = FoldedWords.strip(line.substring(behind));
        return words.separator(strippedOfRules(rest)) != null ? "" : rest;
    }

    private static int endOfPhrase(String line, int begin) {
        int end = begin;
        while (end < line.length() && !isRuleOfTwo(line, end)) {
            end++;
        }
        return end;
    }

    private static String strippedOfRules(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isRule(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isRule(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private void raise(Above said, int at) {
        if (above == Above.NOTHING) {
            aboveLine = at;
        }
        if (said.compareTo(above) > 0) {
            above = said;
        }
    }

    private static boolean isRule(char c) {
        return RULES.indexOf(c) >= 0 || c == ' ' || c == '\u00A0';
    }

    private static boolean isRuleOfTwo(String line, int at) {
        return RULES.indexOf(line.charAt(at)) >= 0 && at + 1 < line.length() && RULES.indexOf(line.charAt(at + 1)) >= 0;
    }

    private static int ruleLength(String text) {
        return (int) text.chars().filter(c -> RULES.indexOf(c) >= 0).count();
    }

    private @Nullable QuotedMail repeated(String header, int at) {
        HeaderBlock block = HeaderBlock.at(lines, at, header);
        if (block != null && isHeader(block)) {
            return ofBlock(block, at);
        }
        boolean parted = above == Above.FORWARDED || above == Above.ORIGINAL;
        WroteLine wrote = WroteLine.at(lines, at, !parted);
        if (wrote != null) {
            return ofWrote(wrote, at);
        }
        return above == Above.NOTHING ? null : UnknownHeader.at(lines, at, aboveLine, above == Above.FORWARDED);
    }

    /** A few words with a colon are no header yet: the less stands above them, the more of them there must be. */
    private boolean isHeader(HeaderBlock block) {
        if (!block.isPlausible()) {
            return false;
        }
        boolean timed = block.value(Label.DATE) != null;
        boolean addressed = block.from().address() != null;
        return switch (above) {
            case FORWARDED, ORIGINAL -> block.size() >= 2;
            case RULE -> block.size() >= 3 && (timed || addressed);
            case NOTHING ->
                block.size() >= 3
                        && (timed || block.value(Label.SUBJECT) != null)
                        && (addressed || (block.size() >= 4 && timed));
        };
    }

    private QuotedMail ofBlock(HeaderBlock block, int at) {
        return new QuotedMail(
                switch (above) {
                    case FORWARDED -> QuotedMail.Kind.FORWARDED;
                    case ORIGINAL, RULE -> QuotedMail.Kind.ORIGINAL;
                    case NOTHING -> QuotedMail.Kind.HEADER;
                },
                above == Above.NOTHING ? at : aboveLine,
                behindSecondSeparator(Math.max(block.end(), at + 1)),
                lines.depth(at),
                block.from(),
                block.value(Label.SUBJECT),
                block.value(Label.DATE),
                block.value(Label.TO),
                block.value(Label.CC),
                block.size(),
                block.languages());
    }

    /** Some clients close the header with the line that opened it. */
    private int behindSecondSeparator(int end) {
        int next = lines.nextSaying(end);
        if (above != Above.FORWARDED || next >= lines.count()) {
            return end;
        }
        String line = lines.content(next);
        boolean closes = line.length() > 6
                && isRule(line.charAt(0))
                && words.separator(strippedOfRules(line)) == Separator.FORWARDED
                && HeaderBlock.at(lines, lines.nextSaying(next + 1), contentAt(lines.nextSaying(next + 1))) == null;
        return closes ? next + 1 : end;
    }

    private String contentAt(int index) {
        return index < lines.count() ? lines.content(index) : "";
    }

    private QuotedMail ofWrote(WroteLine wrote, int at) {
        return new QuotedMail(
                above == Above.FORWARDED ? QuotedMail.Kind.FORWARDED : QuotedMail.Kind.WROTE,
                above == Above.NOTHING ? at : aboveLine,
                wrote.lastLine() + 1,
                lines.depth(at),
                wrote.from(),
                null,
                wrote.text(),
                null,
                null,
                0,
                Set.of());
    }
}
