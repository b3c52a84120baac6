package io.tributary.mail;

import org.jspecify.annotations.Nullable;

/**
 * A subject, and what its prefixes say.
 *
 * @param outermost what the first prefix says
 * @param bare the subject without any of them; null when nothing is left
 */
record MailSubject(SubjectPrefix outermost, @Nullable String bare) {
    private static final int LONGEST_PREFIX = 24;
    private static final int MOST_PREFIXES = 40;

    static MailSubject of(@Nullable String subject) {
        SubjectPrefix outermost = SubjectPrefix.NONE;
        String rest = subject == null ? "" : FoldedWords.strip(subject);
        for (int i = 0; i < MOST_PREFIXES; i++) {
            int tag = endOfTag(rest);
            int colon = colon(rest, tag);
            SubjectPrefix prefix = colon < 0 ? null : MailWords.builtIn().prefix(bare(rest.substring(tag, colon)));
            if (prefix == null) {
                break;
            }
            outermost = outermost == SubjectPrefix.NONE ? prefix : outermost;
            rest = FoldedWords.strip(rest.substring(0, tag) + rest.substring(colon + 1));
        }
        return new MailSubject(outermost, rest.isEmpty() ? null : rest);
    }

    /** Where a mark such as {@code [EXTERNAL]} before the prefix ends; 0 without one. */
    private static int endOfTag(String text) {
        if (!text.startsWith("[")) {
            return 0;
        }
        int end = text.indexOf(']');
        if (end < 0 || end > 40) {
            return 0;
        }
        end++;
        while (end < text.length() && text.charAt(end) == ' ') {
            end++;
        }
        return end;
    }

    private static int colon(String text, int from) {
        int limit = Math.min(text.length(), from + LONGEST_PREFIX);
        for (int i = from; i < limit; i++) {
            if (text.charAt(i) == ':' || text.charAt(i) == '：') {
                return i;
            }
        }
        return -1;
    }

    /** Without the count some clients put behind it: {@code Re[2]}, {@code RE (3)}, {@code Re^2}. */
    private static String bare(String prefix) {
        int end = prefix.length();
        for (int i = 1; i < prefix.length(); i++) {
            if ("[(^*".indexOf(prefix.charAt(i)) >= 0) {
                end = i;
                break;
            }
        }
        return FoldedWords.strip(prefix.substring(0, end));
    }
}
