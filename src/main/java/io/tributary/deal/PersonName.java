package io.tributary.deal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * First and last name of one person; either may be unknown.
 *
 * @param firstName all given names, without titles
 * @param lastName the family name with its particles, as in "van der Berg"
 */
public record PersonName(
        @Nullable String firstName, @Nullable String lastName) {
    private static final Set<String> TITLES = Set.of(
            "mr",
            "mrs",
            "ms",
            "miss",
            "mx",
            "sir",
            "dr",
            "prof",
            "professor",
            "doctor",
            "herr",
            "herrn",
            "frau",
            "m",
            "mme",
            "mlle",
            "monsieur",
            "madame",
            "sr",
            "sra",
            "srta",
            "señor",
            "señora",
            "sig",
            "signor",
            "signora",
            "ing",
            "dipl-ing",
            "mag",
            "dhr",
            "mevr",
            "hr",
            "fr",
            "rev",
            "hon");
    private static final Set<String> AFTER_NAMES =
            Set.of("jr", "junior", "ii", "iii", "iv", "phd", "md", "mba", "esq", "cpa", "msc", "bsc");
    private static final Set<String> PARTICLES = Set.of(
            "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "do", "du", "la", "le", "las",
            "los", "ten", "ter", "zu", "zum", "zur", "bin", "ibn", "al", "el", "af", "av", "st");
    private static final PersonName NOBODY = new PersonName(null, null);

    /**
     * The name that a text gives: "Last, First" is turned round, titles are set aside, of several people the first is
     * taken. A single word is a first name. An e-mail address is nobody's name.
     */
    public static PersonName of(String fullName) {
        String person = first(fullName);
        if (person.isEmpty() || person.indexOf('@') >= 0) {
            return NOBODY;
        }
        int comma = person.indexOf(',');
        if (comma >= 0) {
            List<String> last = words(person.substring(0, comma));
            List<String> first = words(person.substring(comma + 1));
            if (!first.isEmpty() && !last.isEmpty()) {
                return new PersonName(String.join(" ", first), String.join(" ", last));
            }
            person = person.substring(0, comma);
        }
        List<String> words = words(person);
        if (words.isEmpty()) {
            return NOBODY;
        }
        if (words.size() == 1) {
            return startsWithTitle(person) ? new PersonName(null, words.get(0)) : new PersonName(words.get(0), null);
        }
        int split = words.size() - 1;
        for (int i = 1; i < words.size() - 1; i++) {
            if (PARTICLES.contains(folded(words.get(i)))) {
                split = i;
                break;
            }
        }
        return new PersonName(
                String.join(" ", words.subList(0, split)), String.join(" ", words.subList(split, words.size())));
    }

    /** Several people stand apart by semicolon, slash, ampersand, line or "and"; a comma alone turns a name round. */
    private static String first(String text) {
        int end = text.length();
        for (char mark : new char[] {';', '&', '\n', '/', '|'}) {
            int at = text.indexOf(mark);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        for (String word : List.of(" and ", " und ", " et ")) {
            int at = lower.indexOf(word);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        String head = text.substring(0, Math.min(end, text.length())).strip();
        int comma = head.indexOf(',');
        if (comma > 0) {
            int second = head.indexOf(',', comma + 1);
            boolean twoFullNames = words(head.substring(0, comma)).size() > 1
                    && words(head.substring(comma + 1)).size() > 1
                    && !PARTICLES.contains(
                            folded(words(head.substring(0, comma)).get(0)));
            if (second > 0 || twoFullNames) {
                return words(head.substring(0, comma)).size() > 1 || second < 0
                        ? head.substring(0, comma)
                        : head.substring(0, second);
            }
        }
        return head;
    }

    private static boolean startsWithTitle(String person) {
        String stripped = person.strip();
        int space = stripped.indexOf(' ');
        return space > 0 && TITLES.contains(folded(stripped.substring(0, space)));
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(4);
        int length = text.length();
        int at = 0;
        while (at < length) {
            int start = at;
            while (at < length && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at > start) {
                String word = text.substring(start, at);
                String folded = folded(word);
                boolean title = TITLES.contains(folded) && !(folded.length() == 1 && !words.isEmpty());
                if (!folded.isEmpty() && !title && !AFTER_NAMES.contains(folded)) {
                    words.add(word);
                }
            }
            at++;
        }
        return words;
    }

    private static String folded(String word) {
        return word.replace(".", "").replace(",", "").toLowerCase(Locale.ROOT);
    }
}
