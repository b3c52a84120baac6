package io.tributary.insight;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words that an insight is made of, in whatever form they stand in a sentence. */
final class Vocabulary {
    private static final String FILE = "/insight/words.txt";

    /** Endings of English word forms, each with what the base form has in its place. */
    private static final List<String[]> ENDINGS = List.of(
            ending("'s", ""),
            ending("s", ""),
            ending("es", ""),
            ending("ies", "y"),
            ending("ed", ""),
            ending("d", ""),
            ending("ied", "y"),
            ending("ing", ""),
            ending("ing", "e"),
            ending("ly", ""),
            ending("er", ""),
            ending("er", "e"),
            ending("n't", ""));

    private final Set<String> words;

    private Vocabulary(Set<String> words) {
        this.words = words;
    }

    /** The words in the file that comes with the hub. */
    static Vocabulary builtIn() {
        try (InputStream file = Vocabulary.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("no file " + FILE);
            }
            Set<String> words = new HashSet<>();
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> List.of(line.split(" ", -1)).stream())
                    .filter(word -> !word.isEmpty())
                    .forEach(words::add);
            return new Vocabulary(words);
        } catch (IOException e) {
            throw new IllegalStateException("reading " + FILE, e);
        }
    }

    private static String[] ending(String form, String base) {
        return new String[] {form, base};
    }

    /** Whether the word, or what it is a form of, is among them. */
    boolean has(String word) {
        String lower = word.toLowerCase(Locale.ROOT).replace('’', '\'');
        if (words.contains(lower)) {
            return true;
        }
        for (String[] ending : ENDINGS) {
            if (lower.length() > ending[0].length() + 1 && lower.endsWith(ending[0])) {
                String stem = lower.substring(0, lower.length() - ending[0].length());
                if (words.contains(stem + ending[1]) || (isDoubled(stem) && words.contains(single(stem)))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** As in "stopped" and "planning". */
    private static boolean isDoubled(String stem) {
        int last = stem.length() - 1;
        return last > 1 && stem.charAt(last) == stem.charAt(last - 1);
    }

    private static String single(String stem) {
        return stem.substring(0, stem.length() - 1);
    }
}
