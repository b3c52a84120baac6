package io.tributary.mapping;

import io.tributary.deal.DealField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the columns of one table hold. Immutable; each pass over the file takes its own {@link #evidence}. */
public final class HeaderPlan {
    private static final int METADATA = -1;
    private static final int IGNORED = -2;
    private static final double CERTAIN = 1.0;
    private static final double BY_ALIAS = 0.95;
    private static final double WITHOUT_REMARK = 0.85;
    private static final String REASON_COLUMN = "error";

    /**
     * One column.
     *
     * @param index counted from 0
     * @param header as the file writes it
     * @param field the field it feeds; null when it is kept as metadata, feeds only a part, or is ignored
     * @param confidence 1 when told or named like the field, less for an alias; 0 without a field
     * @param ignored whether its cells are dropped: the reason that a list of refused rows carries
     */
    public record Column(int index, String header, @Nullable DealField field, double confidence, boolean ignored) {}

    /** An override that cannot be followed. Its message is one sentence for whoever sent it. */
    public static final class OverrideException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        OverrideException(String message) {
            super(message);
        }
    }

    private final Rules rules;
    private final @Nullable String system;
    private final List<Column> columns;
    private final int[] slotOfColumn;
    private final int[][] decisionsOfColumn;
    /** Whether somebody has said what the column is, be it that it feeds nothing. */
    private final boolean[] told;

    private final String[] names;
    /** The currency that the header of the values names, {@code Amount (EUR)}; null when it names none. */
    private final @Nullable String valueCurrency;

    private HeaderPlan(
            Rules rules,
            @Nullable String system,
            List<Column> columns,
            int[] slotOfColumn,
            int[][] decisionsOfColumn,
            boolean[] told,
            String[] names) {
        this.rules = rules;
        this.system = system;
        this.columns = List.copyOf(columns);
        this.slotOfColumn = slotOfColumn;
        this.decisionsOfColumn = decisionsOfColumn;
        this.told = told;
        this.names = names;
        this.valueCurrency = columns.stream()
                .filter(column -> column.field() == DealField.VALUE)
                .map(column -> currencyOf(column.header()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String currencyOf(String header) {
        int open = header.lastIndexOf('(');
        int close = header.lastIndexOf(')');
        CurrencySigns.Sign sign = open > 0 && close > open
                ? CurrencySigns.of(header.substring(open + 1, close).strip())
                : null;
        return sign != null && sign.codes().size() == 1 ? sign.usual() : null;
    }

    static HeaderPlan of(
            Rules base, List<Export> exports, List<String> headers, Map<String, @Nullable String> overrides) {
        int size = headers.size();
        String[] folded = new String[size];
        for (int i = 0; i < size; i++) {
            folded[i] = Folding.fold(headers.get(i));
        }
        Set<String> all = new HashSet<>(Arrays.asList(folded));
        Export export =
                exports.stream().filter(one -> one.recognises(all)).findFirst().orElse(null);
        Rules rules = export == null ? base : export.rules();
        int[] slots = new int[size];
        double[] confidence = new double[size];
        Arrays.fill(slots, METADATA);
        override(rules, headers, folded, overrides, slots, confidence);
        boolean[] told = new boolean[size];
        for (int i = 0; i < size; i++) {
            told[i] = confidence[i] > 0;
        }
        boolean reason = size > 1 && folded[size - 1].equals(REASON_COLUMN) && confidence[size - 1] == 0;
        if (reason) {
            slots[size - 1] = IGNORED;
        }
        assign(rules, folded, headers, slots, confidence);
        int[][] decisions = new int[size][];
        for (int i = 0; i < size; i++) {
            decisions[i] = rules.decisions(folded[i]).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        List<Column> columns = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            DealField field = Rules.fieldOf(slots[i]);
            columns.add(new Column(i, headers.get(i), field, field == null ? 0 : confidence[i], slots[i] == IGNORED));
        }
        return new HeaderPlan(
                rules, export == null ? null : export.system(), columns, slots, decisions, told, names(headers));
    }

    /** A column that an override speaks of gets a confidence, so that nothing else claims it. */
    private static void override(
            Rules rules,
            List<String> headers,
            String[] folded,
            Map<String, @Nullable String> overrides,
            int[] slots,
            double[] confidence) {
        Map<String, String> taken = new HashMap<>();
        for (Map.Entry<String, @Nullable String> override : overrides.entrySet()) {
            int column = headers.indexOf(override.getKey());
            if (column < 0) {
                column = Arrays.asList(folded).indexOf(Folding.fold(override.getKey()));
            }
            if (column < 0) {
                throw new OverrideException("The mapping names the column \"" + override.getKey()
                        + "\", which the file does not have; it has " + String.join(", ", headers) + ".");
            }
            confidence[column] = CERTAIN;
            String code = override.getValue();
            if (code == null || code.isBlank()) {
                continue;
            }
            if (DealField.ofCode(code).isEmpty()) {
                List<String> codes =
                        Arrays.stream(DealField.values()).map(DealField::code).toList();
                throw new OverrideException("The mapping gives the column \"" + override.getKey() + "\" to \"" + code
                        + "\", which is no field of a deal. " + Faults.suggestion(code, codes));
            }
            String other = taken.put(code, override.getKey());
            if (other != null) {
                throw new OverrideException("The mapping gives both \"" + other + "\" and \"" + override.getKey()
                        + "\" to \"" + code + "\"; give it one of them.");
            }
            slots[column] = rules.slotOf(code);
        }
    }

    /** Gives each slot the column with its best name; the first of equals. */
    private static void assign(Rules rules, String[] folded, List<String> headers, int[] slots, double[] confidence) {
        int[] columnOfSlot = new int[rules.slots()];
        int[] rankOfSlot = new int[rules.slots()];
        Arrays.fill(columnOfSlot, -1);
        for (int slot : slots) {
            if (slot >= 0) {
                columnOfSlot[slot] = Integer.MAX_VALUE;
            }
        }
        for (int i = 0; i < folded.length; i++) {
            if (confidence[i] > 0 || slots[i] == IGNORED || folded[i].isEmpty()) {
                continue;
            }
            Rules.Target target = rules.target(folded[i]);
            double certainty = target != null && target.rank() <= 0 ? CERTAIN : BY_ALIAS;
            int penalty = 0;
            if (target == null) {
                target = rules.target(Folding.fold(withoutRemark(headers.get(i))));
                certainty = WITHOUT_REMARK;
                penalty = 1000;
            }
            if (target == null) {
                continue;
            }
            int slot = target.slot();
            int rank = target.rank() + penalty;
            int before = columnOfSlot[slot];
            if (before == Integer.MAX_VALUE || (before >= 0 && rankOfSlot[slot] <= rank)) {
                continue;
            }
            if (before >= 0) {
                slots[before] = METADATA;
                confidence[before] = 0;
            }
            columnOfSlot[slot] = i;
            rankOfSlot[slot] = rank;
            slots[i] = slot;
            confidence[i] = certainty;
        }
    }

    /** A header without the unit or explanation in parentheses behind it. */
    private static String withoutRemark(String header) {
        int open = header.lastIndexOf('(');
        return open > 0 && header.strip().endsWith(")") ? header.substring(0, open) : "";
    }

    /** The names under which cells are kept: headers as written, numbered where one stands twice or is blank. */
    private static String[] names(List<String> headers) {
        String[] names = new String[headers.size()];
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < names.length; i++) {
            String header = headers.get(i).replace("\ufeff", "");
            String name = header.isBlank() ? "column " + (i + 1) : header;
            int number = 2;
            String free = name;
            while (!taken.add(free)) {
                free = name + " (" + number++ + ")";
            }
            names[i] = free;
        }
        return names;
    }

    /** Every column, in order. */
    public List<Column> columns() {
        return columns;
    }

    /** What the columns that feed nothing may hold, for the fields that nothing feeds; told from these rows. */
    public List<Suggestion> suggestions(List<String[]> rows) {
        List<Column> unknown = new ArrayList<>();
        for (Column column : columns) {
            boolean kept = slotOfColumn[column.index()] == METADATA && decisionsOfColumn[column.index()].length == 0;
            if (kept && !told[column.index()]) {
                unknown.add(column);
            }
        }
        Set<DealField> fed = EnumSet.noneOf(DealField.class);
        columns.stream().map(Column::field).filter(Objects::nonNull).forEach(fed::add);
        return unknown.isEmpty() ? List.of() : new SuggestionFinder(rules, fed, rows).find(unknown);
    }

    /**
     * Lays a table by header out by column; null stands for a column that the table does not name.
     *
     * @throws OverrideException when the table names a column that is not there
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of tables
    public @Nullable Map<String, String>[] byColumn(Map<String, Map<String, String>> byHeader) {
        Map<String, String>[] byColumn = new Map[columns.size()];
        List<String> headers = columns.stream().map(Column::header).toList();
        byHeader.forEach((header, table) -> {
            int column = headers.indexOf(header);
            if (column < 0) {
                column = headers.stream().map(Folding::fold).toList().indexOf(Folding.fold(header));
            }
            if (column < 0) {
                throw new OverrideException("The values name the column \"" + header
                        + "\", which the file does not have; it has " + String.join(", ", headers) + ".");
            }
            byColumn[column] = table;
        });
        return byColumn;
    }

    /** The same for every file with the same headers, in whatever order and spelling. */
    public static String headerSet(List<String> headers) {
        return headers.stream().map(Folding::fold).sorted().collect(Collectors.joining("\n"));
    }

    /** The CRM whose export this is: {@code hubspot}, {@code salesforce}, {@code pipedrive}; null when it is none. */
    public @Nullable String system() {
        return system;
    }

    /** What one pass over the file's rows collects to decide how its columns are written. */
    public Evidence evidence() {
        boolean fractions = rules.rule(DealField.PROBABILITY).read() == ReadKind.FRACTION;
        return new Evidence(columns.stream()
                .filter(column -> !(fractions && column.field() == DealField.PROBABILITY))
                .toList());
    }

    /**
     * Reads one row. Missing cells are blank; cells beyond the header are kept as metadata.
     *
     * @param row counted from 1
     * @param styles how the columns are written, decided from all rows
     */
    public Normalised normalise(int row, String[] cells, ReadingContext context, ColumnStyles styles) {
        return new Normaliser(rules, draft(cells), context, styles).normalise();
    }

    /**
     * Reads one row that somebody has corrected.
     *
     * @param corrections values by the code of a deal field, over whatever feeds that; others by header
     */
    public Normalised normalise(
            String[] cells, Map<String, @Nullable Object> corrections, ReadingContext context, ColumnStyles styles) {
        return corrected(cells, corrections, context, styles).normalise();
    }

    /** What can be understood of a row, whether it can be taken or not. */
    public Understood understand(
            String[] cells, Map<String, @Nullable Object> corrections, ReadingContext context, ColumnStyles styles) {
        return corrected(cells, corrections, context, styles).understand();
    }

    private Normaliser corrected(
            String[] cells, Map<String, @Nullable Object> corrections, ReadingContext context, ColumnStyles styles) {
        String[] mended = Arrays.copyOf(cells, Math.max(cells.length, columns.size()));
        Map<String, @Nullable Object> others = new LinkedHashMap<>();
        corrections.forEach((name, value) -> {
            int column = Arrays.asList(names).indexOf(name);
            if (DealField.ofCode(name).isEmpty() && column >= 0) {
                mended[column] = value == null ? "" : value.toString();
            } else if (DealField.ofCode(name).isEmpty()) {
                others.put(name, value);
            }
        });
        Draft draft = draft(mended);
        others.forEach(draft::keep);
        draft.correct(corrections, rules);
        return new Normaliser(rules, draft, context, styles);
    }

    private Draft draft(String[] cells) {
        Draft draft = new Draft(rules.slots());
        int size = Math.min(cells.length, slotOfColumn.length);
        for (int i = 0; i < size; i++) {
            String cell = cells[i];
            if (cell == null || cell.isBlank()) {
                continue;
            }
            for (int slot : decisionsOfColumn[i]) {
                draft.slots[slot] = cell;
            }
            int slot = slotOfColumn[i];
            if (slot >= 0) {
                draft.slots[slot] = cell;
            } else if (slot == METADATA) {
                draft.keep(names[i], cell);
            }
        }
        for (int i = slotOfColumn.length; i < cells.length; i++) {
            if (cells[i] != null && !cells[i].isBlank()) {
                draft.keep("column " + (i + 1), cells[i]);
            }
        }
        if (valueCurrency != null
                && draft.slots[Rules.slotOf(DealField.VALUE)] != null
                && draft.slots[Rules.slotOf(DealField.CURRENCY)] == null) {
            draft.slots[Rules.slotOf(DealField.CURRENCY)] = valueCurrency;
        }
        return draft;
    }
}
