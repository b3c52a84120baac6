package io.tributary.ingest;

import io.tributary.json.Json;
import io.tributary.mapping.ColumnStyles;
import io.tributary.mapping.HeaderPlan;
import io.tributary.mapping.Normalised;
import io.tributary.mapping.ReadingContext;

/** Reads the rows of one file, all by the same understanding of its columns. */
final class CsvRecordReader implements RecordReader {
    private final HeaderPlan plan;
    private final ColumnStyles styles;

    CsvRecordReader(HeaderPlan plan, ColumnStyles styles) {
        this.plan = plan;
        this.styles = styles;
    }

    @Override
    public Normalised read(int row, Object content, ReadingContext context) {
        return plan.normalise(row, (String[]) content, context, styles);
    }

    @Override
    public String original(Object content) {
        return Json.write(content);
    }
}
