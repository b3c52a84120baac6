package io.tributary.imports;

import io.tributary.deal.DealField;
import io.tributary.deal.Warning;
import io.tributary.ingest.CsvImports;
import io.tributary.mapping.ColumnDecision;
import io.tributary.mapping.ColumnStyles;
import io.tributary.mapping.HeaderPlan;
import io.tributary.mapping.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a preview tells of each column: what it feeds, what stands in it, and how its numbers and dates are read. */
final class ColumnViews {
    private static final int SAMPLES = 3;
    private static final int LONGEST_SAMPLE = 200;

    /** One column on its way into the preview. */
    private static final class Collected {
        private final String header;
        private final List<String> samples = new ArrayList<>();

        Collected(String header) {
            this.header = header;
        }
    }

    private final CsvImports.Understood understood;
    private final ColumnStyles styles;
    private final List<Collected> columns = new ArrayList<>();
    private final boolean named;

    ColumnViews(CsvImports.Understood understood, ColumnStyles styles) {
        this.understood = understood;
        this.styles = styles;
        this.named = understood.file().header() != null;
        understood.plan().columns().forEach(column -> columns.add(new Collected(column.header())));
    }

    /** Takes the cells of a row among the samples of their columns, as long as they have not enough. */
    void look(String[] cells) {
        while (!named && columns.size() < cells.length) {
            columns.add(new Collected(Integer.toString(columns.size() + 1)));
        }
        for (int i = 0; i < Math.min(cells.length, columns.size()); i++) {
            List<String> samples = columns.get(i).samples;
            if (samples.size() < SAMPLES && !cells[i].isBlank()) {
                String sample = cells[i].length() > LONGEST_SAMPLE ? cells[i].substring(0, LONGEST_SAMPLE) : cells[i];
                if (!samples.contains(sample)) {
                    samples.add(sample);
                }
            }
        }
    }

    List<Map<String, @Nullable Object>> views() {
        List<Map<String, @Nullable Object>> views = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            views.add(view(i));
        }
        return views;
    }

    private Map<String, @Nullable Object> view(int index) {
        List<HeaderPlan.Column> planned = understood.plan().columns();
        HeaderPlan.Column column = index < planned.size() ? planned.get(index) : null;
        Suggestion suggestion = understood.suggestions().stream()
                .filter(one -> one.index() == index)
                .findFirst()
                .orElse(null);
        double confidence = column == null ? 0.0 : column.confidence();
        if (suggestion != null && suggestion.isCertain()) {
            confidence = suggestion.confidence();
        }
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("header", columns.get(index).header);
        view.put(
                "field",
                column == null || column.field() == null ? null : column.field().code());
        view.put("confidence", confidence);
        view.put("samples", columns.get(index).samples);
        view.put("ignored", column != null && column.ignored());
        view.put("suggestion", suggestion == null ? null : suggestion(suggestion));
        styles.decisions().stream()
                .filter(decision -> decision.column() == index)
                .findFirst()
                .ifPresent(decision -> view.putAll(decision(decision)));
        return view;
    }

    private static Map<String, @Nullable Object> suggestion(Suggestion suggestion) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("field", suggestion.field().code());
        view.put("confidence", suggestion.confidence());
        view.put("why", suggestion.why());
        view.put("applied", suggestion.isCertain());
        return view;
    }

    private static Map<String, @Nullable Object> decision(ColumnDecision decision) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        boolean amounts = decision.field() == DealField.VALUE;
        view.put(amounts ? "decimal" : "date_order", way(decision));
        view.put("decided_by", decision.decided().name().toLowerCase(Locale.ROOT));
        return view;
    }

    private static @Nullable String way(ColumnDecision decision) {
        if (decision.field() == DealField.VALUE) {
            return decision.decimal() == null ? null : decision.decimal().toString();
        }
        return decision.order() == null ? null : decision.order().name().toLowerCase(Locale.ROOT);
    }

    /** What somebody should be asked, each once a column and on a cell of it. */
    List<Map<String, @Nullable Object>> questions() {
        List<Map<String, @Nullable Object>> questions = new ArrayList<>();
        styles.decisions().stream().filter(ColumnDecision::isOpen).forEach(decision -> {
            Map<String, @Nullable Object> question = new LinkedHashMap<>();
            question.put("column", columns.get(decision.column()).header);
            question.put("field", decision.field().code());
            question.put("option", decision.field() == DealField.VALUE ? "decimal" : "date_order");
            question.put("value", decision.example());
            question.put("readings", decision.readings());
            question.put("assumed", way(decision));
            question.put("undecided", decision.undecided());
            question.put("contradictory", decision.decided() == ColumnDecision.By.CONTRADICTION);
            questions.add(question);
        });
        return questions;
    }

    /** Fields that a deal needs and no column feeds. */
    List<String> missing() {
        boolean hasName = understood.plan().columns().stream()
                .map(HeaderPlan.Column::field)
                .filter(Objects::nonNull)
                .anyMatch(DealField.NAME::equals);
        return hasName ? List.of() : List.of(DealField.NAME.code());
    }

    List<Map<String, @Nullable Object>> warnings() {
        List<Map<String, @Nullable Object>> warnings = new ArrayList<>();
        for (Warning warning : styles.warnings()) {
            Map<String, @Nullable Object> view = new LinkedHashMap<>();
            view.put("field", warning.field());
            view.put("message", warning.message());
            warnings.add(view);
        }
        return warnings;
    }
}
