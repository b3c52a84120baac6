package io.tributary.identity;

import com.ibm.icu.text.Transliterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The words of a name for comparing by likeness: without case and accents, in Latin letters, in their order. */
final class Words {
    /** Longer names are compared by their beginning; a comparison must not cost more than a name is worth. */
    private static final int MOST = 16;

    private static final int LONGEST = 40;

    /** From any script to plain Latin letters, by the rules of Unicode's CLDR. */
    private static final Transliterator TO_LATIN = Transliterator.getInstance("Any-Latin; Latin-ASCII; Lower");

    /** Beyond one, where a Roman numeral is hardly anything else. */
    private static final Set<String> ROMAN =
            Set.of("ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv", "xvi");

    private Words() {}

    /** The words of a deal's name. */
    static List<String> of(String name) {
        FoldedText text = FoldedText.of(name);
        return between(text, 0, text.length());
    }

    /** The words of {@code text} from {@code begin} to {@code end}. */
    static List<String> between(FoldedText text, int begin, int end) {
        List<String> words = new ArrayList<>();
        int from = begin;
        for (int i = begin + 1; i <= end && words.size() < MOST; i++) {
            if (i == end || text.startsWord(i)) {
                String word = text.substring(from, Math.min(i, from + LONGEST)).strip();
                if (!word.isEmpty()) {
                    addLatin(words, word);
                }
                from = i;
            }
        }
        return spelled(words);
    }

    /** Letters that stand alone one after the other are one word: "D. S. M." is DSM. */
    private static List<String> spelled(List<String> words) {
        List<String> joined = new ArrayList<>(words.size());
        boolean open = false;
        for (String word : words) {
            boolean letter = word.length() == 1 && !isNumber(word);
            if (letter && open) {
                joined.set(joined.size() - 1, joined.get(joined.size() - 1) + word);
            } else {
                joined.add(word);
            }
            open = letter;
        }
        return joined;
    }

    private static void addLatin(List<String> words, String word) {
        if (word.chars().allMatch(c -> c < 0x80)) {
            words.add(word);
            return;
        }
        for (String part : TO_LATIN.transliterate(word).split("[^a-z0-9]+", MOST)) {
            if (!part.isEmpty() && words.size() < MOST) {
                words.add(part.length() > LONGEST ? part.substring(0, LONGEST) : part);
            }
        }
    }

    /** Whether a word counts something: two names whose counts differ are two things. */
    static boolean isNumber(String word) {
        return word.chars().anyMatch(c -> c >= '0' && c <= '9') || ROMAN.contains(word);
    }

    /**
     * What remains of a word when it is written by ear: its first letter and the consonants after it, none doubled, with
     * the spellings that stand for one sound made one.
     */
    static String skeleton(String word) {
        String sounds =
                word.replace("ph", "f").replace("ck", "k").replace("sch", "sh").replace("th", "t");
        StringBuilder skeleton = new StringBuilder(sounds.length());
        for (int i = 0; i < sounds.length(); i++) {
            char c = sound(sounds.charAt(i));
            boolean first = skeleton.isEmpty();
            boolean repeated = !first && skeleton.charAt(skeleton.length() - 1) == c;
            if (first || (!repeated && "aeiouyhw".indexOf(c) < 0)) {
                skeleton.append(c);
            }
        }
        return skeleton.toString();
    }

    private static char sound(char c) {
        return switch (c) {
            case 'c', 'q' -> 'k';
            case 'z' -> 's';
            case 'w' -> 'v';
            default -> c;
        };
    }
}
