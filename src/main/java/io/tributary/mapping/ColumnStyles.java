package io.tributary.mapping;

import io.tributary.deal.DealField;
import io.tributary.deal.Warning;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the columns of one file are written: one reading for each, from all of its values. Immutable. */
public final class ColumnStyles {
    private final Map<DealField, ColumnStyle> styles;
    private final List<Warning> warnings;
    private final List<ColumnDecision> decisions;

    ColumnStyles(Map<DealField, ColumnStyle> styles, List<Warning> warnings, List<ColumnDecision> decisions) {
        this.decisions = List.copyOf(decisions);
        this.styles = styles.isEmpty() ? Map.of() : new EnumMap<>(styles);
        this.warnings = List.copyOf(warnings);
    }

    /** The same, kept as JSON can hold it, to read a row alike another time. */
    public Map<String, Object> stored() {
        Map<String, Object> stored = new LinkedHashMap<>();
        styles.forEach((field, style) -> {
            Map<String, Object> column = new LinkedHashMap<>();
            if (style.decimal() != null) {
                column.put("decimal", style.decimal().name());
            }
            if (style.order() != null) {
                column.put("order", style.order().name());
            }
            column.put("contradictory", style.contradictory());
            column.put("fractions", style.fractions());
            stored.put(field.code(), column);
        });
        return stored;
    }

    /** What {@link #stored} has kept. */
    public static ColumnStyles ofStored(Map<?, ?> stored) {
        Map<DealField, ColumnStyle> styles = new EnumMap<>(DealField.class);
        stored.forEach((code, kept) -> {
            DealField field = DealField.ofCode(String.valueOf(code)).orElse(null);
            if (field != null && kept instanceof Map<?, ?> column) {
                Object decimal = column.get("decimal");
                Object order = column.get("order");
                styles.put(
                        field,
                        new ColumnStyle(
                                decimal == null ? null : DecimalMark.valueOf(decimal.toString()),
                                order == null ? null : DateOrder.valueOf(order.toString()),
                                Boolean.TRUE.equals(column.get("contradictory")),
                                Boolean.TRUE.equals(column.get("fractions"))));
            }
        });
        return new ColumnStyles(styles, List.of(), List.of());
    }

    /** What was settled by the locale, or contradicts itself, for the whole file. */
    public List<Warning> warnings() {
        return warnings;
    }

    /** How each column of amounts or dates was settled on. */
    public List<ColumnDecision> decisions() {
        return decisions;
    }

    @Nullable
    ColumnStyle of(DealField field) {
        return styles.get(field);
    }
}
