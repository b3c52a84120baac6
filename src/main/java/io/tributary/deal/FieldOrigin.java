package io.tributary.deal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of a field comes from.
 *
 * @param source the source that brought it
 * @param actor who handed it in
 * @param importId the file or batch it came in, when it did
 * @param importRow its row there, counted from 1
 * @param at when it was taken
 * @param sourceUpdatedAt when the source says it changed it
 */
public record FieldOrigin(
        String source,
        String actor,
        @Nullable UUID importId,
        @Nullable Integer importRow,
        Instant at,
        @Nullable Instant sourceUpdatedAt) {}
