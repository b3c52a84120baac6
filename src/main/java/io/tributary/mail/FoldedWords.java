package io.tributary.mail;

import java.text.Normalizer;
import java.util.Locale;

/** Text in the form in which words of many languages are compared: without case, accents, invisible marks and double spaces. */
final class FoldedWords {
    private FoldedWords() {}

    static String of(String text) {
        String decomposed = isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKD);
        String lower = decomposed.toLowerCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(lower.length());
        boolean space = false;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (isSpace(c)) {
                space = folded.length() > 0;
            } else if (!isInvisible(c) && Character.getType(c) != Character.NON_SPACING_MARK) {
                if (space) {
                    folded.append(' ');
                    space = false;
                }
                folded.append(c == '\u2019' || c == '\u2018' ? '\'' : c);
            }
        }
        return folded.toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    static boolean isSpace(char c) {
        return c <= ' ' || Character.isSpaceChar(c) || c == '\u0085';
    }

    /** Marks that no reader sees and that mail clients strew in: byte order marks, joiners, marks of direction. */
    static boolean isInvisible(char c) {
        return c == '\uFEFF'
                || (c >= '\u200B' && c <= '\u200F')
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2060' && c <= '\u2069')
                || c == '\u00AD';
    }

    /** {@code text} without spaces and invisible marks around it. */
    static String strip(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isBlank(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean isBlank(char c) {
        return isSpace(c) || isInvisible(c);
    }
}
