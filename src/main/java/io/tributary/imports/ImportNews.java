package io.tributary.imports;

import io.tributary.ingest.ImportJob;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;

/** Tells how far an import has come. */
public final class ImportNews {
    private final TenantDatabase database;

    public ImportNews(TenantDatabase database) {
        this.database = database;
    }

    void progress(ImportJob job) {
        database.write(job.workspace().tenant(), client -> {
            client.sql(Statements.text("progress-import"))
                    .param("tenant", job.workspace().tenant())
                    .param("import_id", job.id())
                    .param("read_bytes", job.bytesRead())
                    .update();
            return true;
        });
    }
}
