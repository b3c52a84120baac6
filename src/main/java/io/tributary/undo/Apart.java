package io.tributary.undo;

import io.tributary.deal.Deal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two deals that were one, apart again.
 *
 * @param moved the records that came for the merged deal and changed it, each with what it replaced there
 * @param ofMerged every record that came for the merged deal
 */
record Apart(Deal kept, Deal merged, List<Moved> moved, List<MergedRecord> ofMerged) {
    record Moved(MergedRecord record, Map<String, @Nullable Object> replaced) {}
}
