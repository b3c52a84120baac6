package io.tributary.csv;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Finds which of the encodings from before Unicode gives the likeliest text: each is tried, those in which the bytes
 * are no text fall out, and the rest are weighed by how likely their letters are in the language that fits best, how
 * common the encoding is, and what the detectors of ICU and Mozilla say.
 */
final class LegacyEncodings {

    private static final int JUDGED_BYTES = 64 * 1024;

    /** Natural logarithms of how much rarer than windows-1252 each encoding is among files people send. */
    private static final Map<String, Double> CANDIDATES = new LinkedHashMap<>();

    static {
        rated(0, "windows-1252");
        rated(-1, "Shift_JIS", "GB18030", "EUC-KR", "Big5", "windows-1251", "windows-1250");
        rated(
                -1.5,
                "windows-31j",
                "x-windows-949",
                "Big5-HKSCS",
                "EUC-JP",
                "windows-1253",
                "windows-1254",
                "windows-1255");
        rated(-1.5, "windows-1256", "windows-1257", "x-windows-874", "KOI8-R", "ISO-8859-2", "ISO-8859-15");
        rated(-2, "ISO-8859-5", "ISO-8859-7", "ISO-8859-9", "ISO-8859-6", "ISO-8859-8", "KOI8-U", "IBM866");
        rated(-2.5, "x-MacRoman", "x-MacCyrillic", "ISO-8859-13", "ISO-8859-16", "ISO-8859-4", "ISO-8859-3");
        rated(-3, "IBM850", "IBM852", "windows-1258", "x-EUC-TW", "IBM855", "x-MacCentralEurope");
        rated(-4, "IBM437", "IBM865", "IBM857", "IBM775", "x-MacGreek", "x-MacTurkish", "IBM737", "IBM862", "x-Johab");
    }

    /** Detectors do not tell these pairs apart; a vote for the one counts for the other too. */
    private static final Map<String, String> NEARLY_THE_SAME = Map.ofEntries(
            Map.entry("ISO-8859-1", "windows-1252"),
            Map.entry("ISO-8859-2", "windows-1250"),
            Map.entry("ISO-8859-7", "windows-1253"),
            Map.entry("windows-1253", "ISO-8859-7"),
            Map.entry("ISO-8859-8", "windows-1255"),
            Map.entry("windows-1255", "ISO-8859-8"),
            Map.entry("ISO-8859-9", "windows-1254"),
            Map.entry("Shift_JIS", "windows-31j"),
            Map.entry("EUC-KR", "x-windows-949"),
            Map.entry("Big5", "Big5-HKSCS"),
            Map.entry("TIS-620", "x-windows-874"));

    private static final double CASE_CHANGE = -3;
    private static final double MARK_IN_WORD = -4;
    private static final double SCRIPT_CHANGE = -4;
    private static final double LETTER_AT_FIGURE = -1.5;
    private static final double DETECTOR_VOTE = 2.5;

    private LegacyEncodings() {}

    private static void rated(double rate, String... names) {
        for (String name : names) {
            if (Charset.isSupported(name)) {
                CANDIDATES.put(name, rate);
            }
        }
    }

    /** The likeliest encoding of bytes that are not UTF-8; windows-1252 where nothing fits. */
    static Charset likeliest(byte[] sample) {
        byte[] bytes = linesBeyondAscii(sample);
        Map<String, Double> votes = votes(bytes);
        String best = "windows-1252";
        double bestScore = Double.NEGATIVE_INFINITY;
        for (Map.Entry<String, Double> candidate : CANDIDATES.entrySet()) {
            String text = EncodingDetector.strictly(bytes, Charset.forName(candidate.getKey()));
            if (text != null) {
                double score = likelihood(text)
                        + candidate.getValue()
                        + Objects.requireNonNullElse(votes.get(candidate.getKey()), 0.0);
                if (score > bestScore) {
                    bestScore = score;
                    best = candidate.getKey();
                }
            }
        }
        return Charset.forName(best);
    }

    /** The likelihood of the text in the language that fits it best. */
    static double likelihood(String text) {
        Map<Character, Integer> counts = new HashMap<>();
        double context = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                counts.merge(c, 1, Integer::sum);
                context += context(i == 0 ? '\n' : text.charAt(i - 1), c);
                if (i + 1 < text.length() && text.charAt(i + 1) < 0x80) {
                    context += context(c, text.charAt(i + 1));
                }
                if (!Character.isLetter(c) && i > 0 && i + 1 < text.length()) {
                    context += markInWord(text.charAt(i - 1), c, text.charAt(i + 1));
                }
            }
        }
        double best = Double.NEGATIVE_INFINITY;
        for (Alphabet alphabet : Alphabet.all()) {
            double sum = 0;
            for (Map.Entry<Character, Integer> count : counts.entrySet()) {
                sum += alphabet.likelihood(count.getKey()) * count.getValue();
            }
            best = Math.max(best, sum);
        }
        return best + context;
    }

    private static double context(char before, char c) {
        if (Character.isLetter(before) && Character.isLetter(c)) {
            if (Character.isLowerCase(before) && Character.isUpperCase(c)) {
                return CASE_CHANGE;
            }
            Character.UnicodeScript one = Character.UnicodeScript.of(before);
            Character.UnicodeScript other = Character.UnicodeScript.of(c);
            return one == other || eastAsian(one) || eastAsian(other) ? 0 : SCRIPT_CHANGE;
        }
        boolean letterAtFigure = (Character.isDigit(before) && Character.isLetter(c))
                || (Character.isLetter(before) && Character.isDigit(c));
        return letterAtFigure && !Character.isIdeographic(before) && !Character.isIdeographic(c) ? LETTER_AT_FIGURE : 0;
    }

    private static boolean eastAsian(Character.UnicodeScript script) {
        return script == Character.UnicodeScript.HAN
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA
                || script == Character.UnicodeScript.HANGUL
                || script == Character.UnicodeScript.COMMON;
    }

    /** A sign inside or at the end of a word, such as a currency sign, is a letter of another encoding. */
    private static double markInWord(char before, char mark, char after) {
        boolean afterLetter = Character.isLetter(before) && before < 0x2e80;
        boolean beforeLetter = Character.isLetter(after) && after < 0x2e80;
        if (mark == '’') {
            return beforeLetter && !afterLetter ? MARK_IN_WORD : 0;
        }
        if (mark == '\u00a0') {
            return before == '"' || before == '\n' || after == '"' ? MARK_IN_WORD : 0;
        }
        return switch (Character.getType(mark)) {
            case Character.NON_SPACING_MARK -> 0;
            case Character.CURRENCY_SYMBOL, Character.MATH_SYMBOL -> afterLetter ? MARK_IN_WORD : 0;
            default -> {
                boolean joins = mark == '·' || mark == '–' || mark == '—' || mark == '\u00ad';
                yield afterLetter && beforeLetter && !joins ? MARK_IN_WORD : 0;
            }
        };
    }

    private static Map<String, Double> votes(byte[] bytes) {
        Map<String, Double> votes = new HashMap<>();
        UniversalDetector mozilla = new UniversalDetector();
        mozilla.handleData(bytes, 0, bytes.length);
        mozilla.dataEnd();
        vote(votes, mozilla.getDetectedCharset(), DETECTOR_VOTE);
        for (CharsetMatch match : new CharsetDetector().setText(bytes).detectAll()) {
            vote(votes, match.getName(), DETECTOR_VOTE * match.getConfidence() / 100);
        }
        return votes;
    }

    private static void vote(Map<String, Double> votes, @Nullable String name, double weight) {
        if (name == null) {
            return;
        }
        try {
            if (Charset.isSupported(name)) {
                String canonical = Charset.forName(name).name();
                votes.merge(canonical, weight, Double::sum);
                String relative = NEARLY_THE_SAME.get(canonical);
                if (relative != null) {
                    votes.merge(relative, weight, Double::sum);
                }
            }
        } catch (IllegalCharsetNameException e) {
            // A detector's own name for something that no charset here is.
        }
    }

    /** Only lines that hold other bytes than ASCII tell encodings apart. */
    private static byte[] linesBeyondAscii(byte[] sample) {
        List<byte[]> lines = new ArrayList<>();
        int length = 0;
        int start = 0;
        boolean beyond = false;
        for (int i = 0; i <= sample.length && length < JUDGED_BYTES; i++) {
            if (i == sample.length || sample[i] == '\n' || sample[i] == '\r') {
                if (beyond) {
                    int end = Math.min(Math.min(i + 1, sample.length), start + JUDGED_BYTES);
                    lines.add(Arrays.copyOfRange(sample, start, end));
                    length += end - start;
                }
                beyond = false;
                start = i + 1;
            } else {
                beyond |= sample[i] < 0;
            }
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        lines.forEach(joined::put);
        return joined.array();
    }

    /** ISO-2022, which is ASCII but for its escape sequences; null when there are none. */
    static @Nullable Charset escaped(byte[] sample) {
        String text = new String(sample, StandardCharsets.ISO_8859_1);
        for (String name : new String[] {"ISO-2022-JP", "ISO-2022-KR", "ISO-2022-CN"}) {
            String mark = switch (name.toUpperCase(Locale.ROOT)) {
                case "ISO-2022-KR" -> "\u001b$)C";
                case "ISO-2022-CN" -> "\u001b$)A";
                default -> "\u001b$B";
            };
            if (text.contains(mark) && Charset.isSupported(name)) {
                return Charset.forName(name);
            }
        }
        return null;
    }
}
