package io.tributary.mail;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words by which mail clients of many languages mark what they forward, quote and answer by themselves. */
final class MailWords {
    private static final String FILE = "/io/tributary/mail/words.yaml";
    private static final MailWords BUILT_IN = read();

    /** No label is longer; what is need not be looked up. */
    static final int LONGEST_LABEL = 40;

    /** What a line of a header block tells. */
    enum Label {
        FROM,
        DATE,
        SUBJECT,
        TO,
        CC,
        BCC,
        REPLY_TO
    }

    /** What a phrase above a quoted mail says of it. */
    enum Separator {
        /** Somebody forwarded it. */
        FORWARDED,
        /** It was quoted, in a forward or in an answer. */
        ORIGINAL
    }

    private final Map<String, Label> labels = new HashMap<>();
    private final Map<String, Set<String>> languages = new HashMap<>();
    private final Map<String, Separator> separators = new HashMap<>();
    private final Set<String> wrote = new HashSet<>();
    private final Set<String> around = new HashSet<>();
    private final Map<String, SubjectPrefix> prefixes = new HashMap<>();
    private final Set<String> away = new HashSet<>();
    private final Set<String> bounced = new HashSet<>();
    private final Set<String> closings = new HashSet<>();

    private MailWords() {}

    static MailWords builtIn() {
        return BUILT_IN;
    }

    private static MailWords read() {
        try (InputStream file = MailWords.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("The words of mail clients are missing from the class path: " + FILE);
            }
            Map<String, Map<String, List<String>>> byLanguage =
                    new YAMLMapper().readValue(file, new TypeReference<Map<String, Map<String, List<String>>>>() {});
            MailWords words = new MailWords();
            byLanguage.forEach(words::add);
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + FILE, e);
        }
    }

    private void add(String language, Map<String, List<String>> words) {
        for (Label label : Label.values()) {
            for (String word : words.getOrDefault(label.name().toLowerCase(Locale.ROOT), List.of())) {
                labels.put(FoldedWords.of(word), label);
                languages
                        .computeIfAbsent(FoldedWords.of(word), key -> new HashSet<>())
                        .add(language);
            }
        }
        fold(words, "forwarded").forEach(phrase -> separators.put(phrase, Separator.FORWARDED));
        fold(words, "original").forEach(phrase -> separators.putIfAbsent(phrase, Separator.ORIGINAL));
        wrote.addAll(fold(words, "wrote"));
        around.addAll(fold(words, "around"));
        fold(words, "forward").forEach(prefix -> prefixes.merge(prefix, SubjectPrefix.FORWARD, SubjectPrefix::or));
        fold(words, "reply").forEach(prefix -> prefixes.merge(prefix, SubjectPrefix.REPLY, SubjectPrefix::or));
        away.addAll(fold(words, "away"));
        bounced.addAll(fold(words, "bounced"));
        closings.addAll(fold(words, "closing"));
    }

    private static List<String> fold(Map<String, List<String>> words, String kind) {
        return words.getOrDefault(kind, List.of()).stream().map(FoldedWords::of).toList();
    }

    /** What {@code text} labels in a header block; null when it is no such label. */
    @Nullable
    Label label(String text) {
        return text.length() > LONGEST_LABEL ? null : labels.get(FoldedWords.of(text));
    }

    /** The languages whose clients write this label. */
    Set<String> languagesOf(String label) {
        return languages.getOrDefault(FoldedWords.of(label), Set.of());
    }

    /** What a phrase says of the mail beneath it, also where a name or a date follows it. */
    @Nullable
    Separator separator(String phrase) {
        if (phrase.length() > 200) {
            return null;
        }
        String folded = trimColon(FoldedWords.of(phrase));
        Separator whole = separators.get(folded);
        if (whole != null) {
            return whole;
        }
        int end = folded.lastIndexOf(' ');
        for (int words = 0; end > 0 && words < 14; words++) {
            Separator known = separators.get(folded.substring(0, end));
            // A single word may begin any sentence.
            if (known != null && (folded.indexOf(' ') < end || folded.codePointAt(0) > 0x2E80)) {
                return known;
            }
            end = folded.lastIndexOf(' ', end - 1);
        }
        return null;
    }

    /** The same, of a line that is nothing but such a phrase. */
    @Nullable
    Separator exactSeparator(String line) {
        return line.length() > 80 ? null : separators.get(trimColon(FoldedWords.of(line)));
    }

    private static String trimColon(String folded) {
        String text = folded;
        while (text.endsWith(":") || text.endsWith(" ")) {
            text = text.substring(0, text.length() - 1);
        }
        return text;
    }

    /** Whether a folded phrase says that somebody wrote. */
    boolean isWrote(String folded) {
        return wrote.contains(folded);
    }

    /** Whether a folded word stands beside a name without being part of it. */
    boolean isAround(String folded) {
        return around.contains(folded);
    }

    /** What a subject's first prefix says; null when the text is none. */
    @Nullable
    SubjectPrefix prefix(String text) {
        return text.length() > 24 ? null : prefixes.get(FoldedWords.of(text));
    }

    /** Whether a subject begins as those of automatic replies do. */
    boolean isAway(String subject) {
        return beginsWithAny(subject, away);
    }

    /** Whether a subject begins as those of delivery reports do. */
    boolean isBounced(String subject) {
        return beginsWithAny(subject, bounced);
    }

    /** Whether a line is what stands above a signature. */
    boolean isClosing(String line) {
        if (line.length() > 60) {
            return false;
        }
        String folded = FoldedWords.of(line);
        int end = folded.length();
        while (end > 0 && ",.!;:- ".indexOf(folded.charAt(end - 1)) >= 0) {
            end--;
        }
        return closings.contains(folded.substring(0, end)) || closings.contains(folded);
    }

    private static boolean beginsWithAny(String text, Set<String> beginnings) {
        String folded = FoldedWords.of(text.length() > 120 ? text.substring(0, 120) : text);
        for (String beginning : beginnings) {
            if (folded.startsWith(beginning) && isEnd(folded, beginning)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEnd(String folded, String beginning) {
        return folded.length() == beginning.length()
                || !Character.isLetterOrDigit(beginning.charAt(beginning.length() - 1))
                || beginning.codePointAt(0) > 0x2E80
                || !Character.isLetterOrDigit(folded.charAt(beginning.length()));
    }
}
