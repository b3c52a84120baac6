package io.tributary.ingest;

import io.tributary.json.Json;
import io.tributary.mapping.ColumnStyles;
import io.tributary.mapping.HeaderPlan;
import io.tributary.mapping.Normalised;
import io.tributary.mapping.ReadingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one file, all by the same understanding of its columns. */
final class CsvRecordReader implements RecordReader {
    private final HeaderPlan plan;
    private final ColumnStyles styles;
    /** What the texts of a column stand for, by the column's place; null where nothing was told. */
    private final @Nullable Map<String, String>[] values;

    CsvRecordReader(HeaderPlan plan, ColumnStyles styles, Map<String, Map<String, String>> told) {
        this.plan = plan;
        this.styles = styles;
        this.values = plan.byColumn(told);
    }

    @Override
    public Normalised read(int row, Object content, ReadingContext context) {
        return plan.normalise(row, meant((String[]) content), context, styles);
    }

    /** The cells with what they stand for in place of what is written, where that was told. */
    private String[] meant(String[] cells) {
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

    @Override
    public String original(Object content) {
        return Json.write(content);
    }
}
