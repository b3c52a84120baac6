package io.tributary.csv;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The lines a report writer puts under the data: totals, who made it, how confidential it is.
 *
 * <p>The wording is that of Salesforce's report exports ({@code Grand Totals (2 records)}, {@code Confidential
 * Information - Do Not Distribute}, {@code Copyright (c) …}), in its larger languages, and of common report tools.
 */
final class Trailer {

    /** More lines than this at the end of a file are no trailer. */
    static final int MOST_LINES = 24;

    private static final int LONGEST_LINE = 300;
    private static final int LONGEST_SUM_WORD = 20;
    private static final String SUM_INITIALS = "TtGgSsИи合小";

    private static final Pattern PHRASE = Pattern.compile(
            "(?:grand )?totals?:? *\\(\\d[\\d.,\\s]* *\\p{L}+\\)|grand totals?\\b.*"
                    + "|gesamtsummen?\\b.*|(?:total|totaux) g[eé]n[eé]ra(?:l|ux)\\b.*|totale? complessiv[oi]\\b.*"
                    + "|totales? generales?\\b.*|suma total\\b.*|総計.*|总计.*|總計.*|общий итог.*"
                    + "|confidential information\\b.*|confidential(?: -|$).*|vertrauliche informationen\\b.*"
                    + "|informations confidentielles\\b.*|informaci[oó]n confidencial\\b.*"
                    + "|informa[cç](?:[oõ]es|[aã]o) confidencia(?:is|l)\\b.*|informazioni riservate\\b.*"
                    + "|vertrouwelijke informatie\\b.*|機密情報.*|机密信息.*"
                    + "|(?:copyright\\b|©|\\(c\\)) ?.*\\d{4}.*|.*\\ball rights reserved\\b.*"
                    + "|(?:report )?(?:generated|exported|created|printed) (?:by|on|at|from)\\b.*"
                    + "|\\W*end of (?:report|file|data|export)\\W*|\\(?\\d+ (?:rows?|records?)(?: \\w+)?\\)?"
                    + "|(?:total|number of) (?:rows?|records?|deals?)\\b ?:? *\\d*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);

    private static final Set<String> SUM_WORDS = Set.of(
            "total",
            "totals",
            "total:",
            "totals:",
            "sum",
            "sum:",
            "grand total",
            "grand totals",
            "summe",
            "gesamt",
            "gesamtsumme",
            "somme",
            "totale",
            "suma",
            "totaal",
            "итого",
            "合計",
            "合计",
            "小計");

    private Trailer() {}

    /** Whether a line may belong to a trailer, going by its shape; cheap enough to ask of every line. */
    static boolean mayBelong(String[] line, int columns) {
        if (columns < 2) {
            return isPhrase(line);
        }
        return line.length < 2 || (line[1].isBlank() && onlyFirst(line)) || isSum(line);
    }

    /** How many of the lines at the end of a file, all of trailer shape, are its trailer. */
    static int length(List<Line> lines) {
        boolean phrase = false;
        for (Line line : lines) {
            phrase |= isPhrase(line.cells());
        }
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (isPhrase(line.cells()) || (line.belowBlank() && (phrase || isSum(line.cells())))) {
                return lines.size() - i;
            }
            if (isSum(line.cells()) && i + 1 < lines.size() && phrase) {
                return lines.size() - i;
            }
        }
        return 0;
    }

    private static boolean onlyFirst(String[] line) {
        if (line[0].isBlank()) {
            return false;
        }
        for (int i = 1; i < line.length; i++) {
            if (!line[i].isBlank()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPhrase(String[] line) {
        String text = line[0];
        if (text.length() > LONGEST_LINE) {
            return false;
        }
        return PHRASE.matcher(text.strip()).matches() && (line.length < 2 || onlyFirst(line) || figuresOnly(line));
    }

    private static boolean isSum(String[] line) {
        String first = line[0];
        if (first.length() > LONGEST_SUM_WORD || first.isEmpty() || SUM_INITIALS.indexOf(first.charAt(0)) < 0) {
            return false;
        }
        return SUM_WORDS.contains(first.strip().toLowerCase(Locale.ROOT)) && figuresOnly(line);
    }

    private static boolean figuresOnly(String[] line) {
        boolean figure = false;
        for (int i = 1; i < line.length; i++) {
            if (!line[i].isBlank()) {
                if (CellKind.of(line[i]) != CellKind.NUMBER) {
                    return false;
                }
                figure = true;
            }
        }
        return figure;
    }
}
