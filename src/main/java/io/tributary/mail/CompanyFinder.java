package io.tributary.mail;

import io.tributary.identity.CompanyNames;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The company somebody writes for: as the signature spells it, else by the domain of the address (never that of a mail
 * provider), else as the text names it with its legal form. What is not certain is left out.
 */
final class CompanyFinder {
    private static final int LONGEST = 60;
    private static final int MOST_LINES = 60;
    private static final String BETWEEN = "[|•·,;/–—]| - | at | bei | chez | @ ";

    private CompanyFinder() {}

    static @Nullable String find(Mailbox contact, List<String> own) {
        String registered = FreeMail.is(contact.domain()) ? null : FreeMail.registered(contact.domain());
        String label = registered == null ? null : FreeMail.label(registered);
        List<String> named = segments(Signature.of(own));
        if (label != null) {
            String spelled = spelledLike(label, named);
            return spelled == null ? ofLabel(label) : spelled;
        }
        String formed = withForm(named, contact);
        return formed == null ? withForm(formedPhrases(own), contact) : formed;
    }

    private static List<String> segments(List<String> lines) {
        List<String> segments = new ArrayList<>();
        for (String line : lines) {
            for (String part : line.split(BETWEEN, 12)) {
                if (part.length() < line.length()) {
                    segments.add(part.strip());
                }
            }
            segments.add(line);
        }
        return segments;
    }

    /** What is written as the domain is, letter by letter, with or without a legal form. */
    private static @Nullable String spelledLike(String label, List<String> named) {
        String wanted = letters(label);
        for (String segment : named) {
            CompanyNames.Folded folded = isShort(segment) ? CompanyNames.fold(segment) : null;
            if (folded != null
                    && (letters(folded.stem()).equals(wanted)
                            || letters(segment).equals(wanted))) {
                return trimmed(segment);
            }
        }
        return null;
    }

    private static @Nullable String withForm(List<String> named, Mailbox contact) {
        for (String segment : named) {
            CompanyNames.Folded folded = isShort(segment) ? CompanyNames.fold(segment) : null;
            if (folded != null
                    && folded.legalForm() != null
                    && letters(folded.stem()).length() >= 2
                    && segment.indexOf(' ') > 0
                    && !segment.equalsIgnoreCase(contact.name())
                    && isNameLike(segment)) {
                return trimmed(segment);
            }
        }
        return null;
    }

    private static boolean isShort(String segment) {
        return !segment.isEmpty() && segment.length() <= LONGEST && segment.indexOf('@') < 0;
    }

    /** A company's name begins with a capital and is no sentence. */
    private static boolean isNameLike(String segment) {
        String[] words = segment.split(" ", 8);
        return words.length <= 6
                && (Character.isUpperCase(segment.codePointAt(0)) || Character.isDigit(segment.codePointAt(0)))
                && Stream.of(words).noneMatch(word -> word.endsWith(".") && word.length() > 6);
    }

    /** Runs of capitalised words in the text, each a chance to name a company with its form. */
    private static List<String> formedPhrases(List<String> own) {
        List<String> phrases = new ArrayList<>();
        for (String line : own.subList(0, Math.min(own.size(), MOST_LINES))) {
            List<String> run = new ArrayList<>();
            for (String word : line.split(" ", 200)) {
                if (word.length() > LONGEST) {
                    run.clear();
                    continue;
                }
                String bare = word.replaceAll("[,;:!?()\"]++$", "").replaceAll("^[\"(]++", "");
                boolean capital = !bare.isEmpty()
                        && (Character.isUpperCase(bare.codePointAt(0)) || bare.equals("&") || bare.equals("gGmbH"));
                if (capital && run.size() < 6) {
                    run.add(bare);
                }
                boolean ends = !capital || bare.length() < word.length();
                if (ends) {
                    addSuffixes(phrases, run);
                    run.clear();
                }
            }
            addSuffixes(phrases, run);
        }
        return phrases;
    }

    private static void addSuffixes(List<String> phrases, List<String> run) {
        for (int from = 0; from + 1 < run.size() && phrases.size() < 500; from++) {
            for (int to = run.size(); to > from + 1; to--) {
                phrases.add(String.join(" ", run.subList(from, to)));
            }
        }
    }

    private static String letters(String text) {
        String folded = FoldedWords.of(
                text.replace("ß", "ss").replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"));
        StringBuilder letters = new StringBuilder();
        folded.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.toString();
    }

    private static String trimmed(String segment) {
        String text = FoldedWords.strip(segment);
        while (text.endsWith(",") || text.endsWith(";") || text.endsWith("*") || text.endsWith("|")) {
            text = FoldedWords.strip(text.substring(0, text.length() - 1));
        }
        while (text.startsWith("*") || text.startsWith("|")) {
            text = FoldedWords.strip(text.substring(1));
        }
        return text;
    }

    /** A domain's name as people write one: {@code northwind-traders} is Northwind Traders. */
    private static @Nullable String ofLabel(String label) {
        String readable = label.startsWith("xn--") ? IDN.toUnicode(label) : label;
        String name = Stream.of(readable.split("[-_]+", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
        return name.isEmpty() ? null : name;
    }
}
