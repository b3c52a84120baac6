package io.tributary.start;

import io.tributary.ingest.Commands;
import io.tributary.pipeline.DealHistory;
import io.tributary.pipeline.DuplicateList;
import io.tributary.tenant.TenantDatabase;
import io.tributary.undo.BulkComparison;
import io.tributary.undo.Duplicates;
import io.tributary.undo.Rollbacks;
import org.apache.camel.spi.Registry;

/** Possible duplicates, merges and rollbacks: what is wired to what. */
final class UndoWiring {
    private UndoWiring() {}

    static void bind(Registry registry, TenantDatabase database, Commands commands) {
        registry.bind("duplicateList", new DuplicateList(database));
        registry.bind("dealHistory", new DealHistory(database));
        registry.bind("bulkComparison", new BulkComparison(database));
        registry.bind("rollbacks", new Rollbacks(database));
        registry.bind("duplicates", new Duplicates(database, commands));
    }
}
