package io.tributary.identity;

/**
 * A text reduced to letters and digits without case and accents, with its words still known.
 *
 * <p>Latin text is read from a table in one pass. Anything else is first brought into Unicode's NFKC_Casefold (UAX 31),
 * which unites compatibility forms, folds case and drops invisible characters. Accents go from Latin and Greek letters;
 * marks that make another letter (Cyrillic й, kana が, Indic and Thai vowels) stay.
 */
final class FoldedText {

    /** Stands between two numbers that only a separator kept apart. */
    private static final char GAP = ' ';

    private final char[] letters;
    private final boolean[] wordStarts;
    private int length;

    private final boolean connectorsDropped;
    private boolean inWord;
    private int lastWord;

    private FoldedText(int capacity, boolean connectorsDropped) {
        this.connectorsDropped = connectorsDropped;
        letters = new char[capacity];
        wordStarts = new boolean[capacity];
    }

    static FoldedText of(String text) {
        return read(text, false);
    }

    /** As for any text, but "and" between two words is left out, since "&" is. */
    static FoldedText ofCompany(String text) {
        return read(text, true);
    }

    private static FoldedText read(String text, boolean connectorsDropped) {
        // A character becomes two letters at most; a gap takes the place of a separator.
        FoldedText folded = new FoldedText(2 * text.length(), connectorsDropped);
        return folded.readLatin(text) ? folded : readNormalized(text, connectorsDropped);
    }

    /** The same result by way of Unicode normalisation, whatever the script. */
    static FoldedText readNormalized(String text, boolean connectorsDropped) {
        String normalized = UnicodeLetters.normalize(text);
        FoldedText folded = new FoldedText(2 * normalized.length(), connectorsDropped);
        folded.readAnyScript(normalized);
        return folded;
    }

    boolean isEmpty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    char charAt(int index) {
        return letters[index];
    }

    boolean startsWord(int index) {
        return wordStarts[index];
    }

    /** Where the word that ends at this place begins. */
    int wordBefore(int end) {
        int begin = end - 1;
        while (begin > 0 && !wordStarts[begin]) {
            begin--;
        }
        return begin;
    }

    boolean regionIs(int begin, int end, String word) {
        if (end - begin != word.length()) {
            return false;
        }
        for (int i = begin; i < end; i++) {
            if (letters[i] != word.charAt(i - begin)) {
                return false;
            }
        }
        return true;
    }

    String substring(int begin, int end) {
        return new String(letters, begin, end - begin);
    }

    @Override
    public String toString() {
        return substring(0, length);
    }

    private boolean readLatin(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char folded = LatinLetters.first(c);
            if (folded == LatinLetters.NOT_IN_TABLE) {
                return false;
            }
            append(c, folded, text, i);
        }
        return true;
    }

    private void readAnyScript(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c < LatinLetters.TABLE_SIZE) {
                append((char) c, LatinLetters.first(c), text, i);
            } else {
                appendOther(c);
            }
            i += Character.charCount(c);
        }
    }

    private void append(char c, char folded, String text, int index) {
        if (folded > LatinLetters.NOT_IN_TABLE) {
            appendLetter(folded);
            char second = LatinLetters.second(c);
            if (second != LatinLetters.NONE) {
                appendLetter(second);
            }
        } else if (folded == LatinLetters.NONE && partOfWord(c, text, index)) {
            appendLetter(c);
        } else {
            inWord = false;
        }
    }

    /** C++ and C# are not C: a plus that ends a word counts, and so does a number sign that ends a single letter. */
    private boolean partOfWord(char c, String text, int index) {
        if (!inWord || (c != '+' && c != '#')) {
            return false;
        }
        int next = index + 1;
        while (c == '+' && next < text.length() && text.charAt(next) == '+') {
            next++;
        }
        boolean endsWord = next == text.length() || !Character.isLetterOrDigit(text.codePointAt(next));
        return endsWord && (c == '+' || (wordStarts[length - 1] && Character.isLetter(letters[length - 1])));
    }

    private void appendOther(int c) {
        switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.OTHER_LETTER -> appendLetterOf(UnicodeLetters.base(c));
            case Character.DECIMAL_DIGIT_NUMBER -> appendLetter((char) ('0' + Character.digit(c, 10)));
            case Character.LETTER_NUMBER, Character.OTHER_NUMBER -> appendLetterOf(c);
            case Character.MODIFIER_LETTER -> appendModifier(c);
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> {
                if (!UnicodeLetters.accent(c)) {
                    appendLetterOf(c);
                }
            }
            default -> inWord = false;
        }
    }

    private void appendModifier(int c) {
        boolean apostropheLike = c < 0x300;
        boolean arabicStretch = c == 0x640;
        if (apostropheLike) {
            inWord = false;
        } else if (!arabicStretch) {
            appendLetterOf(c);
        }
    }

    private void appendLetterOf(int c) {
        char folded = LatinLetters.first(c);
        if (folded > LatinLetters.NOT_IN_TABLE) {
            appendLetter(folded);
            char second = LatinLetters.second(c);
            if (second != LatinLetters.NONE) {
                appendLetter(second);
            }
        } else if (Character.isBmpCodePoint(c)) {
            appendLetter((char) c);
        } else {
            appendLetter(Character.highSurrogate(c));
            appendLetter(Character.lowSurrogate(c));
        }
    }

    private void appendLetter(char letter) {
        if (!inWord) {
            startWord(letter);
        }
        letters[length++] = letter;
    }

    private void startWord(char letter) {
        if (connectorsDropped && lastWord > 0 && connector(lastWord)) {
            wordStarts[lastWord] = false;
            length = lastWord;
        }
        if (length > 0 && digit(letter) && digit(letters[length - 1])) {
            letters[length++] = GAP;
        }
        wordStarts[length] = true;
        lastWord = length;
        inWord = true;
    }

    private boolean connector(int word) {
        return regionIs(word, length, "and") || regionIs(word, length, "und") || regionIs(word, length, "et");
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
