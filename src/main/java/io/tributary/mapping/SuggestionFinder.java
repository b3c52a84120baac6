package io.tributary.mapping;

import io.tributary.deal.DealField;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/**
 * Compares columns of unknown name with the fields that nothing feeds yet: by how near the name is to a known one, and by
 * what the cells hold. A misspelt name over fitting cells is taken; everything weaker is only offered.
 */
final class SuggestionFinder {
    private static final ReadingContext ANYONE = new ReadingContext("XXX", ZoneOffset.UTC, Locale.ROOT, Map.of());

    private static final double MISSPELT = 0.95;
    private static final double CONTAINED = 0.7;
    private static final double LEAST_OFFERED = 0.35;
    /** Of so many cells in a hundred a column may hold others and still hold what a field needs. */
    private static final double FITTING = 0.9;

    private static final int LONGEST_NAME = 60;

    private final Rules rules;
    private final Set<DealField> free;
    private final List<String[]> rows;

    SuggestionFinder(Rules rules, Set<DealField> fed, List<String[]> rows) {
        this.rules = rules;
        this.free = EnumSet.allOf(DealField.class);
        // An id or a time of change is never told from its looks: taking it for one decides which deals are one.
        this.free.removeAll(EnumSet.of(DealField.EXTERNAL_ID, DealField.SOURCE_UPDATED_AT));
        this.free.removeAll(fed);
        this.rows = rows;
    }

    /** The best suggestion for each column and each field, the surest first. */
    List<Suggestion> find(List<HeaderPlan.Column> columns) {
        List<Suggestion> possible = new ArrayList<>();
        for (HeaderPlan.Column column : columns) {
            if (column.header().isBlank() || column.header().length() > LONGEST_NAME) {
                continue;
            }
            List<String> cells = cells(column.index());
            for (DealField field : free) {
                Suggestion suggestion = compare(column, field, cells);
                if (suggestion != null) {
                    possible.add(suggestion);
                }
            }
        }
        possible.sort(Comparator.comparingDouble(Suggestion::confidence).reversed());
        Map<Integer, Suggestion> byColumn = new LinkedHashMap<>();
        Set<DealField> given = new HashSet<>();
        for (Suggestion one : possible) {
            if (!byColumn.containsKey(one.index()) && given.add(one.field())) {
                byColumn.put(one.index(), one);
            }
        }
        return List.copyOf(byColumn.values());
    }

    private List<String> cells(int column) {
        List<String> cells = new ArrayList<>();
        for (String[] row : rows) {
            if (column < row.length && !NoValue.is(AmountText.strip(row[column]))) {
                cells.add(AmountText.strip(row[column]));
            }
        }
        return cells;
    }

    private @Nullable Suggestion compare(HeaderPlan.Column column, DealField field, List<String> cells) {
        Likeness name = likeness(column.header(), field);
        Predicate<String> kind = kind(field);
        double fit = cells.isEmpty() ? 0 : cells.stream().filter(kind).count() / (double) cells.size();
        if (fit < 0.6) {
            return null;
        }
        boolean told = tellsByContent(field);
        double confidence = name.degree >= MISSPELT
                ? (fit >= FITTING ? 0.92 : 0.8)
                : name.degree > 0 ? 0.5 * name.degree + 0.35 * fit : told ? byContent(field) * fit : 0;
        if (confidence < LEAST_OFFERED) {
            return null;
        }
        String why = name.degree >= MISSPELT
                ? "its name is nearly \"" + name.alias + "\" and its cells fit"
                : name.degree > 0
                        ? "its name holds \"" + name.alias + "\" and its cells fit"
                        : "its cells look like that";
        return new Suggestion(column.index(), column.header(), field, Math.round(confidence * 100) / 100.0, why);
    }

    /** How near a name is to a known one. */
    private record Likeness(double degree, String alias) {}

    private Likeness likeness(String header, DealField field) {
        String folded = Folding.fold(header);
        List<String> words = words(header);
        Likeness best = new Likeness(0, "");
        FieldRule rule = rules.fields().get(field);
        List<String> aliases = new ArrayList<>(rule == null ? List.of() : rule.from());
        aliases.add(field.code());
        for (String alias : aliases) {
            String name = Folding.fold(alias);
            int longest = Math.max(folded.length(), name.length());
            // One slip in five letters, two in nine: shorter words are other words too soon.
            int slips = longest >= 9 ? 2 : longest >= 5 ? 1 : 0;
            double degree = slips > 0 && isMisspelt(folded, name, slips)
                    ? MISSPELT
                    : words.size() > 1 && words.containsAll(words(alias)) ? CONTAINED : 0;
            if (degree > best.degree) {
                best = new Likeness(degree, alias);
            }
        }
        return best;
    }

    private static boolean isMisspelt(String written, String meant, int slips) {
        if (Math.abs(written.length() - meant.length()) > slips || written.equals(meant)) {
            return false;
        }
        return new LevenshteinDistance(slips).apply(written, meant) > 0 || isSwapped(written, meant);
    }

    /** Whether two neighbouring letters have changed places, which is one slip of the fingers. */
    private static boolean isSwapped(String written, String meant) {
        int at = 0;
        int length = meant.length();
        if (written.length() != length) {
            return false;
        }
        while (written.charAt(at) == meant.charAt(at)) {
            at++;
        }
        return at + 1 < length
                && written.charAt(at) == meant.charAt(at + 1)
                && written.charAt(at + 1) == meant.charAt(at)
                && written.substring(at + 2).equals(meant.substring(at + 2));
    }

    private static List<String> words(String name) {
        return Arrays.stream(name.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static boolean tellsByContent(DealField field) {
        return byContent(field) > 0;
    }

    /** How much the cells alone tell: an address more than an amount, of which a deal has several. */
    private static double byContent(DealField field) {
        return switch (field) {
            case CONTACT_EMAIL -> 0.7;
            case STAGE, CURRENCY -> 0.65;
            case EXPECTED_CLOSE_DATE, VALUE -> 0.4;
            default -> 0;
        };
    }

    /** What a cell must look like to feed the field. */
    private static Predicate<String> kind(DealField field) {
        return switch (field) {
            case CONTACT_EMAIL -> cell -> cell.indexOf('@') > 0 && EmailReader.read(cell) instanceof Reading.Value;
            case VALUE -> cell -> AmountText.of(cell, ANYONE) != null;
            case PROBABILITY -> cell -> ProbabilityReader.read(cell) instanceof Reading.Value;
            case EXPECTED_CLOSE_DATE -> cell -> cell.length() >= 6 && WrittenDate.of(cell) != null;
            case CURRENCY -> cell -> cell.length() <= 4 && CurrencySigns.of(cell) != null;
            case STAGE -> SuggestionFinder::isStage;
            default -> cell -> cell.codePoints().anyMatch(Character::isLetter) && cell.indexOf('@') < 0;
        };
    }

    private static boolean isStage(String cell) {
        return StageReader.common().read(cell) instanceof Reading.Value<StageReader.StageReading> value
                && value.value().known();
    }
}
