package io.tributary.start;

import io.tributary.imports.Cancellation;
import io.tributary.imports.ColumnMappings;
import io.tributary.imports.CsvPreview;
import io.tributary.imports.DropFolder;
import io.tributary.imports.Expiry;
import io.tributary.imports.FileImports;
import io.tributary.imports.ImportNews;
import io.tributary.imports.ImportQueue;
import io.tributary.imports.ImportTurns;
import io.tributary.imports.KeptImports;
import io.tributary.imports.Outcomes;
import io.tributary.imports.QueuedCalls;
import io.tributary.imports.Spool;
import io.tributary.ingest.BulkDoorway;
import io.tributary.ingest.ColumnMemory;
import io.tributary.ingest.CsvImports;
import io.tributary.ingest.Imports;
import io.tributary.ingest.Mappings;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.TenantSettingsStore;
import io.tributary.tenant.Tenants;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.main.Main;

/** Wires what takes files: uploads, the drop folder, and files that come with something else. */
final class FileWiring {
    private FileWiring() {}

    /**
     * Binds all of it.
     *
     * @param data the hub's folder
     * @return the door for files that come with something else
     */
    static FileImports bind(
            Main main,
            Path data,
            TenantDatabase database,
            TenantSettingsStore settings,
            Tenants tenants,
            Mappings mappings,
            Imports imports)
            throws IOException {
        ColumnMemory memory = new ColumnMemory(database);
        CsvImports csv = new CsvImports(mappings, settings, memory);
        ImportQueue queue = new ImportQueue();
        Spool spool = new Spool(data.resolve("spool"));
        BulkDoorway bulk = new BulkDoorway(mappings);
        KeptImports kept = new KeptImports(spool, csv, bulk, imports, queue);
        FileImports files = new FileImports(spool, csv, imports, queue, kept, memory);
        Path unpacked = data.resolve("uploads").resolve("unpacked");
        main.bind("fileImports", files);
        main.bind("bulkDoorway", bulk);
        main.bind("queuedCalls", new QueuedCalls(spool, bulk, imports, queue, kept));
        main.bind("outcomes", new Outcomes(files, unpacked));
        main.bind("csvPreview", new CsvPreview(spool, csv, imports, settings));
        main.bind("columnMappings", new ColumnMappings(memory));
        main.bind("keptImports", kept);
        ImportTurns turns = new ImportTurns(queue, imports, new ImportNews(database));
        imports.whenStopping(turns::letGo);
        main.bind("importTurns", turns);
        main.bind("dropFolder", new DropFolder(csv, imports, tenants, database, queue, unpacked));
        main.bind("expiry", new Expiry(database));
        main.bind("cancellation", new Cancellation(database, queue));
        return files;
    }
}
