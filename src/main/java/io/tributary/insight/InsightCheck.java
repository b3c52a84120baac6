package io.tributary.insight;

import io.tributary.insight.Insight.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether insights may be shown: three of the right kinds, each on facts that exist, without a figure or a name that is
 * in none of them, in plain words of the field. Whatever somebody has written into a deal to have a model say it is not
 * made of these words, or repeats his, and is refused; a good sentence may be refused with it, which costs little, since
 * the built-in analyst's stand in its place.
 */
public final class InsightCheck {
    private static final int SHORTEST_TEXT = 15;
    private static final int LONGEST_TITLE = 120;
    private static final int LONGEST_TEXT = 600;
    private static final int MOST_EVIDENCE = 8;

    /** Of so many words of a sentence one may be foreign to the field. */
    private static final int WORDS_A_FOREIGN_ONE = 9;

    /** So many words in a row are a quotation. */
    private static final int QUOTATION = 4;

    private static final int LONGEST_WORD = 24;

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N} .,;:?'’\"“”()%/&$€£+–-]+");
    private static final Pattern DOTTED = Pattern.compile("[\\p{L}\\p{N}]\\.\\p{L}");
    private static final Pattern MIXED =
            Pattern.compile("(?i)\\p{L}+\\p{N}[\\p{L}\\p{N}]*|\\p{N}+(?!(?:st|nd|rd|th)\\b)\\p{L}+");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?");
    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}_'’]*");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.?:;])\\s+");
    private static final Pattern SENTENCE_START = Pattern.compile("^[\"“(]?$");

    /** Figures in words from two on, which would get by a search for digits; "one of the larger deals" counts nothing. */
    private static final List<String> NUMBERS = List.of(
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty");

    private static final Set<String> LARGE_NUMBERS = Set.of(
            "thirty",
            "forty",
            "fifty",
            "sixty",
            "seventy",
            "eighty",
            "ninety",
            "hundred",
            "thousand",
            "million",
            "billion",
            "dozen",
            "hundreds",
            "thousands",
            "millions",
            "billions",
            "double",
            "triple");

    private final Vocabulary vocabulary;

    private InsightCheck(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** The check by the vocabulary that comes with the hub. */
    public static InsightCheck builtIn() {
        return new InsightCheck(Vocabulary.builtIn());
    }

    /** Why the insights may not be shown, as the rest of a sentence; empty when they may. */
    public Optional<String> fault(List<Insight> insights, InsightFacts facts) {
        if (insights.size() != 3
                || count(insights, Kind.RISK) + count(insights, Kind.OPPORTUNITY) != 1
                || count(insights, Kind.ACTION) != 1
                || count(insights, Kind.MARKET) != 1) {
            return Optional.of("are not one risk or opportunity, one action and one market insight");
        }
        return insights.stream()
                .map(insight -> fault(insight, facts))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static long count(List<Insight> insights, Kind kind) {
        return insights.stream().filter(insight -> insight.kind() == kind).count();
    }

    private Optional<String> fault(Insight insight, InsightFacts facts) {
        if (insight.title().isBlank()
                || insight.title().length() > LONGEST_TITLE
                || insight.text().length() < SHORTEST_TEXT
                || insight.text().length() > LONGEST_TEXT) {
            return Optional.of("have a title or text of another length than is shown");
        }
        if (insight.evidence().isEmpty() || insight.evidence().size() > MOST_EVIDENCE) {
            return Optional.of("cite no fact, or too many");
        }
        for (String field : insight.evidence()) {
            if (!facts.fields().contains(field)) {
                return Optional.of("cite a fact that does not exist");
            }
        }
        return Optional.<String>empty()
                .or(() -> saying(insight.title(), facts))
                .or(() -> saying(insight.text(), facts));
    }

    private Optional<String> saying(String text, InsightFacts facts) {
        if (!PLAIN.matcher(text).matches() || DOTTED.matcher(text).find()) {
            return Optional.of("hold what is no plain text");
        }
        String own = without(facts, text);
        if (MIXED.matcher(own).find()) {
            return Optional.of("hold letters and digits in one word");
        }
        return figures(own, facts).or(() -> words(own, facts));
    }

    /** The text without what the facts themselves say in letters and digits. */
    private static String without(InsightFacts facts, String text) {
        String own = text;
        for (String date : facts.dates()) {
            own = own.replace(date, " ");
        }
        String company = facts.company().orElse(null);
        return company == null ? own : own.replace(company, " ");
    }

    private static Optional<String> figures(String text, InsightFacts facts) {
        List<BigDecimal> known = facts.figures();
        List<BigDecimal> said = new ArrayList<>();
        NUMBER.matcher(text)
                .results()
                .forEach(number -> said.add(new BigDecimal(number.group().replace(",", ""))));
        for (MatchResult found : WORD.matcher(text).results().toList()) {
            String word = found.group().toLowerCase(Locale.ROOT);
            int number = NUMBERS.indexOf(word);
            if (number >= 0) {
                said.add(BigDecimal.valueOf(number + 2L));
            } else if (LARGE_NUMBERS.contains(word)) {
                return Optional.of("hold a figure in words");
            }
        }
        return said.stream()
                .filter(figure -> known.stream().noneMatch(fact -> fact.compareTo(figure) == 0))
                .findFirst()
                .map(figure -> "hold the figure " + figure.toPlainString() + ", which is in no fact");
    }

    private Optional<String> words(String text, InsightFacts facts) {
        List<String> written = list(facts.written());
        Set<String> theirs = new HashSet<>(written);
        return Arrays.stream(SENTENCE_END.split(text))
                .map(sentence -> foreign(sentence, theirs, facts))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> quotes(list(text), written)
                        ? Optional.of("repeat what somebody wrote into the deal")
                        : Optional.empty());
    }

    private Optional<String> foreign(String sentence, Set<String> theirs, InsightFacts facts) {
        int words = 0;
        int foreign = 0;
        for (MatchResult found : WORD.matcher(sentence).results().toList()) {
            String word = found.group();
            words++;
            if (word.length() > LONGEST_WORD) {
                return Optional.of("hold a word that is none");
            }
            if (vocabulary.has(word) || isFact(word, facts)) {
                continue;
            }
            foreign++;
            if (theirs.contains(word.toLowerCase(Locale.ROOT))) {
                return Optional.of("repeat a word that somebody wrote into the deal");
            }
            if (Character.isUpperCase(word.charAt(0))
                    && !SENTENCE_START
                            .matcher(sentence.substring(0, found.start()))
                            .find()) {
                return Optional.of("hold a name that is in no fact");
            }
        }
        return foreign * WORDS_A_FOREIGN_ONE > words
                ? Optional.of("speak of something else than the deal")
                : Optional.empty();
    }

    private static boolean isFact(String word, InsightFacts facts) {
        String lower = word.toLowerCase(Locale.ROOT);
        return facts.known().values().stream()
                .flatMap(value -> value instanceof Map<?, ?> parts ? parts.values().stream() : Stream.of(value))
                .anyMatch(value -> value instanceof String text
                        && text.toLowerCase(Locale.ROOT).equals(lower));
    }

    private boolean quotes(List<String> said, List<String> written) {
        Set<String> sequences = new HashSet<>();
        for (int i = 0; i + QUOTATION <= written.size(); i++) {
            sequences.add(String.join(" ", written.subList(i, i + QUOTATION)));
        }
        for (int i = 0; i + QUOTATION <= said.size(); i++) {
            if (sequences.contains(String.join(" ", said.subList(i, i + QUOTATION)))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> list(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
