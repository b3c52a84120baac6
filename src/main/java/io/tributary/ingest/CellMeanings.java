package io.tributary.ingest;

import io.tributary.mapping.HeaderPlan;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the texts of a file's cells stand for, where that was told. */
public final class CellMeanings implements UnaryOperator<String[]> {
    /** By the column's place; null where nothing was told. */
    private final @Nullable Map<String, String>[] values;

    /**
     * For the columns of one file.
     *
     * @param told header to what the texts of its cells stand for
     */
    public CellMeanings(HeaderPlan plan, Map<String, Map<String, String>> told) {
        this.values = plan.byColumn(told);
    }

    /** The cells with what they stand for in place of what is written. */
    @Override
    public String[] apply(String[] cells) {
        String[] meant = cells;
        for (int i = 0; i < Math.min(cells.length, values.length); i++) {
            Map<String, String> column = values[i];
            String stands = column == null ? null : column.get(cells[i].strip());
            if (stands != null) {
                meant = meant == cells ? cells.clone() : meant;
                meant[i] = stands;
            }
        }
        return meant;
    }
}
