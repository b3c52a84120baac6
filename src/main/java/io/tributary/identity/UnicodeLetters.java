package io.tributary.identity;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import org.jspecify.annotations.Nullable;

/** What Unicode knows of the letters of all scripts, as far as names of deals and companies need it. */
final class UnicodeLetters {

    private static final Normalizer2 CASEFOLD = Normalizer2.getNFKCCasefoldInstance();
    private static final Normalizer2 DECOMPOSITION = Normalizer2.getNFDInstance();

    private UnicodeLetters() {}

    /** The text in NFKC_Casefold (UAX 31). */
    static String normalize(String text) {
        // NFKC would spell the signs out as letters of the name.
        return CASEFOLD.normalize(text.replace('™', ' ').replace('℠', ' '));
    }

    /** What is left of a text without letters and digits: its symbols, without space; null when there are none. */
    static @Nullable String symbolsOf(String text) {
        String symbols = visible(normalize(text));
        if (symbols.isEmpty()) {
            symbols = visible(text);
        }
        return symbols.isEmpty() ? null : symbols;
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints()
                .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c) && !Character.isISOControl(c))
                .filter(c -> !UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT))
                .forEach(visible::appendCodePoint);
        return visible.toString();
    }

    /** Whether a mark only adorns its letter, rather than make another one of it. */
    static boolean accent(int mark) {
        boolean kanaVoicing = mark == 0x3099 || mark == 0x309A;
        return switch (Character.UnicodeScript.of(mark)) {
            case INHERITED -> !kanaVoicing;
            case HEBREW, ARABIC, LATIN, GREEK, CYRILLIC -> true;
            default -> false;
        };
    }

    /** A Latin or Greek letter, and Cyrillic ё, without its accent. */
    static int base(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case LATIN, GREEK -> {
                String decomposed = DECOMPOSITION.getDecomposition(c);
                yield decomposed == null ? c : decomposed.codePointAt(0);
            }
            case CYRILLIC -> c == 'ё' || c == 'ѐ' ? 'е' : c == 'ѝ' ? 'и' : c;
            default -> c;
        };
    }
}
