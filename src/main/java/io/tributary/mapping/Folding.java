package io.tributary.mapping;

import java.text.Normalizer;
import java.util.Locale;

/** Makes spellings of one name equal: case, accents, spacing, punctuation, a byte order mark and a trailing {@code *}. */
final class Folding {
    private Folding() {}

    /** Letters and digits alone, in lower case and without accents: {@code "Deal - Title *"} is {@code "dealtitle"}. */
    static String fold(String text) {
        int length = text.length();
        StringBuilder folded = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                folded.append(c);
            } else if (c >= 'A' && c <= 'Z') {
                folded.append((char) (c + 32));
            } else if (c >= 128) {
                return foldUnicode(text);
            }
        }
        return folded.toString();
    }

    private static String foldUnicode(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(apart.length());
        apart.codePoints().filter(Character::isLetterOrDigit).forEach(c -> {
            switch (c) {
                case 'ß' -> folded.append("ss");
                case 'ł' -> folded.append('l');
                case 'ø' -> folded.append('o');
                default -> folded.appendCodePoint(c);
            }
        });
        return folded.toString();
    }
}
