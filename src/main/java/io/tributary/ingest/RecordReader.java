package io.tributary.ingest;

import io.tributary.mapping.Normalised;
import io.tributary.mapping.ReadingContext;

/** Reads the content of a record by its source's mapping; one reader serves a whole batch. */
public interface RecordReader {
    /** What the record says, in the pipeline's own words, or why it is refused. */
    Normalised read(int row, Object content, ReadingContext context);

    /** The content as JSON, to be kept in quarantine and given back as it came. */
    String original(Object content);
}
