package io.tributary.identity;

import java.text.Normalizer;

/** The Latin letters, digits and signs below U+0180 by table: what each is without case and accent. */
final class LatinLetters {

    static final int TABLE_SIZE = 0x180;

    /** For what is neither letter nor digit, and for a letter without a second one. */
    static final char NONE = 0;

    /** For what only Unicode normalisation can read. */
    static final char NOT_IN_TABLE = 1;

    private static final char SOFT_HYPHEN = '\u00AD';
    private static final char[] TABLE = table();

    private LatinLetters() {}

    /** The plain lower-case letter or digit that this character is, or begins with. */
    static char first(int c) {
        return c < TABLE_SIZE ? TABLE[c] : NOT_IN_TABLE;
    }

    /** The other letter of one that stands for two, such as the e of æ. */
    static char second(int c) {
        return switch (c) {
            case 'ß' -> 's';
            case 'æ', 'Æ', 'œ', 'Œ' -> 'e';
            case 'þ', 'Þ' -> 'h';
            default -> NONE;
        };
    }

    private static char[] table() {
        char[] table = new char[TABLE_SIZE];
        for (char c = 0; c < TABLE_SIZE; c++) {
            table[c] = tableEntry(c);
        }
        return table;
    }

    private static char tableEntry(char c) {
        char plain = undecomposable(c);
        if (plain != NONE) {
            return plain;
        }
        if (c < 0x80) {
            return Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : NONE;
        }
        if (c == SOFT_HYPHEN) {
            return NOT_IN_TABLE;
        }
        if (!Character.isLetterOrDigit(c) && Character.getType(c) != Character.OTHER_NUMBER) {
            return NONE;
        }
        String decomposed = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
        char base = Character.toLowerCase(decomposed.charAt(0));
        return base < 0x80 ? base : NOT_IN_TABLE;
    }

    /** The letters that have no decomposition in Unicode although readers take them for an accented one. */
    private static char undecomposable(char c) {
        return switch (c) {
            case 'ß' -> 's';
            case 'æ', 'Æ' -> 'a';
            case 'œ', 'Œ', 'ø', 'Ø' -> 'o';
            case 'þ', 'Þ', 'ŧ', 'Ŧ' -> 't';
            case 'ł', 'Ł' -> 'l';
            case 'đ', 'Đ', 'ð', 'Ð' -> 'd';
            case 'ħ', 'Ħ' -> 'h';
            case 'ı' -> 'i';
            case 'ŋ', 'Ŋ' -> 'n';
            case 'ĸ' -> 'k';
            default -> NONE;
        };
    }
}
