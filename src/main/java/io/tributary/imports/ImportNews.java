package io.tributary.imports;

import io.tributary.event.EventLog;
import io.tributary.event.NewEvent;
import io.tributary.ingest.Action;
import io.tributary.ingest.ImportJob;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how far an import has come: in its own books, and as an event to whoever watches the workspace. */
public final class ImportNews {
    private static final Logger LOG = LoggerFactory.getLogger(ImportNews.class);

    private final TenantDatabase database;

    public ImportNews(TenantDatabase database) {
        this.database = database;
    }

    /** Tells it; news that cannot be told are left out, and hold up no import. */
    void progress(ImportJob job, String state) {
        try {
            database.write(job.workspace().tenant(), client -> {
                client.sql(Statements.text("progress-import"))
                        .param("tenant", job.workspace().tenant())
                        .param("import_id", job.id())
                        .param("read_bytes", job.bytesRead())
                        .update();
                return EventLog.append(
                        client, job.workspace(), List.of(new NewEvent("import.progress", null, data(job, state))));
            });
        } catch (RuntimeException untold) {
            LOG.warn("Progress of import {} could not be told: {}", job.id(), untold.toString());
        }
    }

    private static Map<String, @Nullable Object> data(ImportJob job, String state) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("import_id", job.id().toString());
        data.put("source", job.source());
        data.put("file_name", job.fileName());
        data.put("state", state);
        data.put("received", job.received());
        for (Action action : List.of(Action.values())) {
            data.put(action.code(), job.count(action));
        }
        data.put("bytes_read", state.equals("done") ? job.totalBytes() : job.bytesRead());
        data.put("bytes_total", job.totalBytes());
        return data;
    }
}
