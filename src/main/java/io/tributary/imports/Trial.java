package io.tributary.imports;

import io.tributary.csv.CsvRow;
import io.tributary.deal.FieldError;
import io.tributary.deal.Warning;
import io.tributary.ingest.CsvImports;
import io.tributary.ingest.RecordReader;
import io.tributary.mapping.HeaderPlan;
import io.tributary.mapping.Normalised;
import io.tributary.mapping.ReadingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows by the rules of the run and sums up which would be refused, by cause, without asking the database; so it
 * knows nothing of what is created and what updated, which a dry run tells.
 */
final class Trial {
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_CAUSES = 50;
    private static final int MOST_WORDS = 100;

    /** One cause, by the field and what is wrong with it. */
    private record Cause(String field, String error) {}

    /** How often a cause or a word came, and where first. */
    private static final class Count {
        private final int firstRow;
        private final @Nullable String value;
        private long rows;

        Count(int firstRow, @Nullable String value) {
            this.firstRow = firstRow;
            this.value = value;
        }
    }

    private final HeaderPlan plan;
    private final RecordReader reader;
    private final ReadingContext context;
    private final Map<Cause, Count> causes = new LinkedHashMap<>();
    private final Map<String, Count> unknownStages = new LinkedHashMap<>();
    private long checked;
    private long refused;

    Trial(CsvImports.Understood understood, RecordReader reader, ReadingContext context) {
        this.plan = understood.plan();
        this.reader = reader;
        this.context = context;
    }

    /** Reads one row, as long as not too many were. */
    void take(CsvRow row) {
        if (checked >= MOST_ROWS || plan.columns().isEmpty()) {
            return;
        }
        checked++;
        Normalised normalised = reader.read(row.row(), row.cells(), context);
        if (normalised instanceof Normalised.Refused refusal) {
            refused++;
            for (FieldError error : refusal.errors()) {
                count(causes, new Cause(error.field(), error.error()), MOST_CAUSES, row.row(), error.value());
            }
        } else if (normalised instanceof Normalised.Taken taken) {
            for (Warning warning : taken.warnings()) {
                if (warning.field().equals("stage")) {
                    String text = cell(row.cells(), "stage");
                    count(unknownStages, text, MOST_WORDS, row.row(), text);
                }
            }
        }
    }

    private String cell(String[] cells, String field) {
        for (HeaderPlan.Column column : plan.columns()) {
            if (column.field() != null && column.field().code().equals(field) && column.index() < cells.length) {
                return cells[column.index()].strip();
            }
        }
        return "";
    }

    private static <K> void count(Map<K, Count> counts, K key, int most, int row, @Nullable String value) {
        Count count = counts.get(key);
        if (count == null && counts.size() < most) {
            count = new Count(row, value);
            counts.put(key, count);
        }
        if (count != null) {
            count.rows++;
        }
    }

    Map<String, @Nullable Object> view() {
        List<Map<String, @Nullable Object>> problems = new ArrayList<>();
        causes.forEach((cause, count) -> {
            Map<String, @Nullable Object> problem = new LinkedHashMap<>();
            problem.put("field", cause.field());
            problem.put("error", cause.error());
            problem.put("rows", count.rows);
            problem.put("first_row", count.firstRow);
            problem.put("value", count.value);
            problems.add(problem);
        });
        List<Map<String, @Nullable Object>> stages = new ArrayList<>();
        unknownStages.forEach((text, count) -> {
            Map<String, @Nullable Object> stage = new LinkedHashMap<>();
            stage.put("text", text);
            stage.put("rows", count.rows);
            stage.put("first_row", count.firstRow);
            stages.add(stage);
        });
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("rows", checked);
        view.put("refused", refused);
        view.put("problems", problems);
        view.put("unknown_stages", stages);
        return view;
    }
}
