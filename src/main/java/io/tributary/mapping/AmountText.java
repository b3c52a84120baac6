package io.tributary.mapping;

import io.tributary.mapping.CurrencySigns.Sign;
import io.tributary.mapping.NumberText.Tells;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A text taken apart into one number, its sign, its currency and its multiple of thousands. */
final class AmountText {
    private static final String PERCENTAGE = "is a percentage, not an amount";

    /** Powers of a thousand. "Billion" and "mil" are missing: they differ between languages. */
    private static final Map<String, Integer> MULTIPLES = Map.ofEntries(
            Map.entry("k", 1),
            Map.entry("tsd", 1),
            Map.entry("thousand", 1),
            Map.entry("m", 2),
            Map.entry("mm", 2),
            Map.entry("mn", 2),
            Map.entry("mio", 2),
            Map.entry("mln", 2),
            Map.entry("million", 2),
            Map.entry("millions", 2),
            Map.entry("millionen", 2),
            Map.entry("b", 3),
            Map.entry("bn", 3),
            Map.entry("mrd", 3),
            Map.entry("mld", 3));

    /** Words that only say that an amount follows. */
    private static final Set<String> LABELS = Set.of(
            "price", "amount", "total", "value", "preis", "betrag", "wert", "summe", "gesamt", "prix", "montant",
            "precio", "importe", "prezzo", "importo", "totale", "preço", "valor", "prijs", "bedrag", "cena", "kwota",
            "цена", "сумма");

    /** Words beside an amount that leave it what it is. */
    private static final Set<String> NEUTRAL =
            Set.of("our", "regular", "běžná", "naša", "naše", "net", "gross", "netto", "brutto", "ttc", "ht");

    private final NumberText number;
    private boolean negative;
    private int thousands;
    private @Nullable Sign sign;
    private @Nullable String currency;
    private @Nullable String fault;

    private AmountText(NumberText number) {
        this.number = number;
    }

    NumberText number() {
        return number;
    }

    boolean negative() {
        return negative;
    }

    /** How many times the number is to be multiplied by a thousand. */
    int thousands() {
        return thousands;
    }

    /** ISO 4217; null when none is named. */
    @Nullable
    String currency() {
        return currency;
    }

    /** Why the text is no amount after all; null when it is one. */
    @Nullable
    String fault() {
        return fault;
    }

    /** The text without the spaces around it, those of other widths included. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return start == 0 && end == text.length() ? text : text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00a0' || c == '\u202f' || c == '\ufeff' || Character.isWhitespace(c);
    }

    /** Takes a stripped text apart; null when it is not one number with a currency. */
    static @Nullable AmountText of(String stripped, ReadingContext context) {
        String text = stripped;
        boolean parenthesised = text.length() > 2 && text.charAt(0) == '(' && text.charAt(text.length() - 1) == ')';
        if (parenthesised) {
            text = strip(text.substring(1, text.length() - 1));
        }
        NumberText number = NumberText.find(text);
        if (number == null || number.tells() == Tells.BROKEN) {
            return null;
        }
        AmountText amount = new AmountText(number);
        amount.negative = parenthesised;
        if (number.start() == 0 && number.end() == text.length()) {
            return amount;
        }
        boolean sound =
                amount.takeBefore(text.substring(0, number.start())) && amount.takeAfter(text.substring(number.end()));
        if (!sound && amount.fault == null) {
            return null;
        }
        amount.nameCurrency(context);
        return amount;
    }

    private boolean takeBefore(String text) {
        String before = strip(text);
        if (!before.isEmpty() && isMinus(before.charAt(before.length() - 1))) {
            negative = true;
            before = strip(before.substring(0, before.length() - 1));
        } else if (!before.isEmpty() && before.charAt(before.length() - 1) == '+') {
            before = strip(before.substring(0, before.length() - 1));
        }
        if (!before.isEmpty() && isMinus(before.charAt(0))) {
            if (negative) {
                return false;
            }
            negative = true;
            before = strip(before.substring(1));
        } else if (!before.isEmpty() && before.charAt(0) == '+') {
            before = strip(before.substring(1));
        }
        return before.isEmpty() || takeWords(before, false);
    }

    private boolean takeAfter(String text) {
        String after = strip(withoutEmptyDecimals(text));
        while (after.endsWith("*")) {
            after = strip(after.substring(0, after.length() - 1));
        }
        if (after.startsWith("%")) {
            fault = PERCENTAGE;
            return false;
        }
        return after.isEmpty() || takeWords(after, true);
    }

    /** A price may end in a mark and a dash, or the mark alone, where its decimals would stand: {@code 1.500,-}. */
    private static String withoutEmptyDecimals(String text) {
        if (text.isEmpty() || (text.charAt(0) != '.' && text.charAt(0) != ',')) {
            return text;
        }
        String rest = strip(text.substring(1));
        int dashes = 0;
        while (dashes < rest.length() && isDash(rest.charAt(dashes))) {
            dashes++;
        }
        return rest.substring(dashes);
    }

    private boolean takeWords(String text, boolean after) {
        if (takeWord(text, after)) {
            return true;
        }
        boolean several = false;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean gap = i == text.length() || NumberText.isGap(text.charAt(i)) || text.charAt(i) == '\t';
            boolean turn = !gap && i > start && isWordPart(text.charAt(i)) != isWordPart(text.charAt(i - 1));
            if (gap || turn) {
                if (i > start) {
                    if ((start == 0 && i == text.length()) || !takeWord(text.substring(start, i), after)) {
                        return false;
                    }
                    several = true;
                }
                start = gap ? i + 1 : i;
            }
        }
        return several;
    }

    private boolean takeWord(String text, boolean after) {
        String word = bare(text);
        if (word.isEmpty()) {
            return text.equals(":");
        }
        Sign found = CurrencySigns.of(word);
        if (found != null) {
            return take(found);
        }
        if (after && takeMultiple(word)) {
            return true;
        }
        return NEUTRAL.contains(word) || (LABELS.contains(word) && !after);
    }

    private boolean takeMultiple(String word) {
        if (thousands > 0) {
            return false;
        }
        Integer power = MULTIPLES.get(word);
        if (power != null) {
            thousands = power;
            return true;
        }
        Integer letter = MULTIPLES.get(word.substring(0, 1));
        Sign rest = letter == null ? null : CurrencySigns.of(word.substring(1));
        if (letter == null || rest == null || Character.isLetter(word.charAt(1))) {
            return false;
        }
        thousands = letter;
        return take(rest);
    }

    /** Two signs for one amount must be able to mean the same: {@code $1,190 AUD}. */
    private boolean take(Sign found) {
        Sign before = sign;
        if (before == null || before.codes().containsAll(found.codes())) {
            sign = found;
            return true;
        }
        if (found.codes().containsAll(before.codes())) {
            return true;
        }
        fault = "names two currencies";
        return false;
    }

    private void nameCurrency(ReadingContext context) {
        if (sign != null && fault == null) {
            currency = sign.code(context);
            if (currency == null) {
                fault = "names a currency that could be any of "
                        + String.join(", ", sign.codes().stream().sorted().toList()) + ": write its code";
            }
        }
    }

    /** In lower case, without the points and colons of an abbreviation or a label. */
    private static String bare(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.indexOf('.') < 0 && lower.indexOf(':') < 0
                ? lower
                : lower.replace(".", "").replace(":", "");
    }

    private static boolean isWordPart(char c) {
        return Character.isLetter(c) || c == '.';
    }

    private static boolean isMinus(char c) {
        return c == '-' || c == '\u2212';
    }

    private static boolean isDash(char c) {
        return isMinus(c) || c == '\u2013' || c == '\u2014';
    }
}
