package io.tributary.quarantine;

import io.tributary.pipeline.Row;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record in quarantine.
 *
 * @param source the source that brought it
 * @param row where it stood, counted from 1
 * @param importId the last file or call that brought it; null when it came alone
 * @param raw as it came
 * @param errors the faults found in it, as JSON holds them
 */
record Quarantined(
        UUID id,
        String source,
        int row,
        @Nullable UUID importId,
        @Nullable Object raw,
        List<?> errors) {

    static Quarantined of(Row row) {
        return new Quarantined(
                row.id("rejected_id"),
                String.valueOf(row.text("source")),
                (int) row.number("import_row"),
                row.text("import_id") == null ? null : row.id("import_id"),
                row.json("raw"),
                row.json("errors") instanceof List<?> list ? list : List.of());
    }

    /** Whether it is a row of a table rather than an object. */
    boolean isTableRow() {
        return raw instanceof List<?>;
    }
}
