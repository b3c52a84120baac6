package io.tributary.mail;

import io.tributary.mapping.Amount;
import io.tributary.mapping.DateReader;
import io.tributary.mapping.MoneyReader;
import io.tributary.mapping.Reading;
import io.tributary.mapping.ReadingContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the amounts and days that a text names. Only what the hub's own readers read without doubt is offered. */
public final class SuggestionFinder {
    private static final int MOST = 10;
    private static final int LONGEST = 100_000;
    private static final int AROUND = 60;

    private static final String SIGN =
            "(?:[$€£¥₹₽₺₩₫₪₴₦₱฿]|\\b(?:USD|EUR|GBP|CHF|JPY|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|TRY|RUB|UAH|INR|CNY"
                    + "|CAD|AUD|NZD|BRL|MXN|ZAR|SGD|HKD|KRW|AED|ILS)\\b|(?i:\\b(?:euros?|dollars?|pounds?|kr|zł|Kč|Ft|lei|Fr\\.|US\\$|A\\$|C\\$)))";
    private static final String NUMBER =
            "\\d{1,3}(?:[.,'’\\u00a0\\u202f ]\\d{3}){1,4}(?:[.,]\\d{1,2})?|\\d{1,12}(?:[.,]\\d{1,2})?";
    private static final String FACTOR = "(?:\\s?(?:[kKmM]|Mio\\.?|million|Mill\\.?|thousand))?";

    /** Every repetition is bounded, so that no text makes it slow. */
    private static final Pattern AMOUNT = Pattern.compile("(?<![\\d.,])(?:" + SIGN + "\\s?(?:" + NUMBER + ")" + FACTOR
            + "(?![\\d])|(?:" + NUMBER + ")" + FACTOR + "\\s?" + SIGN + ")");

    private static final Pattern DAY =
            Pattern.compile("(?<![\\d./-])(?:\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}[./-]\\d{1,2}[./-]\\d{4}"
                    + "|\\d{1,2}(?:st|nd|rd|th|\\.)?\\s(?:de\\s)?\\p{L}{3,12}\\.?,?\\s(?:de\\s)?\\d{4}"
                    + "|\\p{L}{3,12}\\.?\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s\\d{4})(?![\\d-])");

    private SuggestionFinder() {}

    /** What {@code text} names, in its order. */
    public static List<Suggestion> in(String text, ReadingContext context) {
        String looked = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        List<Suggestion> found = new ArrayList<>();
        Matcher amount = AMOUNT.matcher(looked);
        while (found.size() < MOST && amount.find()) {
            if (MoneyReader.read(amount.group().strip(), context) instanceof Reading.Value<Amount> read
                    && read.value().value().signum() > 0) {
                found.add(new Suggestion(
                        "value",
                        read.value().value().toPlainString(),
                        read.value().currency(),
                        quote(looked, amount)));
            }
        }
        int amounts = found.size();
        Matcher day = DAY.matcher(looked);
        while (found.size() < amounts + MOST && day.find()) {
            if (DateReader.read(plain(day.group()), context) instanceof Reading.Value<LocalDate> read
                    && read.warning() == null) {
                found.add(new Suggestion("expected_close_date", read.value().toString(), null, quote(looked, day)));
            }
        }
        return found;
    }

    private static String plain(String day) {
        return day.replaceFirst("(?<=\\d)(?:st|nd|rd|th)\\b", "");
    }

    /** The words around a find, cut where its line or its neighbours end. */
    private static String quote(String text, Matcher found) {
        int begin = Math.max(text.lastIndexOf('\n', found.start()) + 1, found.start() - AROUND);
        int lineEnd = text.indexOf('\n', found.end());
        int end = Math.min(lineEnd < 0 ? text.length() : lineEnd, found.end() + AROUND);
        while (begin > 0 && begin < found.start() && !Character.isWhitespace(text.charAt(begin - 1))) {
            begin++;
        }
        while (end < text.length() && end > found.end() && !Character.isWhitespace(text.charAt(end))) {
            end--;
        }
        return text.substring(begin, end).strip();
    }
}
