package io.tributary.ingest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record from quarantine as it is tried again.
 *
 * @param raw as it came: an object, the cells of a row, or anything else that should have been one
 * @param corrections what somebody has mended: values by deal field, or by a name of the record's own
 * @param picked whether somebody has picked this very record, rather than whatever a filter finds
 */
public record Corrected(@Nullable Object raw, Map<String, @Nullable Object> corrections, boolean picked) {}
