package io.tributary.ingest;

import io.tributary.json.Json;
import io.tributary.mapping.ColumnStyles;
import io.tributary.mapping.HeaderPlan;
import io.tributary.mapping.Normalised;
import io.tributary.mapping.ReadingContext;
import java.util.Map;

/** Reads the rows of one file, all by the same understanding of its columns. */
final class CsvRecordReader implements RecordReader {
    private final HeaderPlan plan;
    private final ColumnStyles styles;
    private final CellMeanings meanings;

    CsvRecordReader(HeaderPlan plan, ColumnStyles styles, Map<String, Map<String, String>> told) {
        this.plan = plan;
        this.styles = styles;
        this.meanings = new CellMeanings(plan, told);
    }

    @Override
    public Normalised read(int row, Object content, ReadingContext context) {
        return plan.normalise(row, meanings.apply((String[]) content), context, styles);
    }

    @Override
    public String original(Object content) {
        return Json.write(content);
    }
}
