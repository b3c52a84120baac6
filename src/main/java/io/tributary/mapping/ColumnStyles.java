package io.tributary.mapping;

import io.tributary.deal.DealField;
import io.tributary.deal.Warning;
import java.util.EnumMap;
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
