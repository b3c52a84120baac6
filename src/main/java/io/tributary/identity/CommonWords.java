package io.tributary.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** How much a word tells one company from another: the data of {@code identity/common-words.txt}. */
final class CommonWords {
    private static final String FILE = "/identity/common-words.txt";
    private static final double INITIALS = 0.1;
    private static final double COMMON = 0.3;
    private static final double OWN = 1.0;

    private static final Set<String> WORDS = read();

    private CommonWords() {}

    private static Set<String> read() {
        try (InputStream file = CommonWords.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("The table of common words is missing from the class path: " + FILE);
            }
            return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split(" ", -1)))
                    .filter(word -> !word.isBlank())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + FILE, e);
        }
    }

    /** From 0, says nothing, to 1, a company's own word. */
    static double weight(String word) {
        if (word.length() <= 2) {
            return INITIALS;
        }
        return WORDS.contains(word) ? COMMON : OWN;
    }

    static boolean isOwn(String word) {
        return weight(word) == OWN;
    }
}
