package io.tributary.imports;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.csv.UnreadableCsvException;
import io.tributary.ingest.BulkDoorway;
import io.tributary.ingest.CsvImports;
import io.tributary.ingest.ImportJob;
import io.tributary.ingest.Imports;
import io.tributary.tenant.WorkspaceId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files in the spool as the queue takes them: opened where their last committed batch ends, given up when they end. */
public final class KeptImports {
    private static final Logger LOG = LoggerFactory.getLogger(KeptImports.class);

    /** A file without an import belongs to a call that was killed before it was entered. */
    private static final Duration ORPHANED = Duration.ofHours(1);

    private final Spool spool;
    private final CsvImports csv;
    private final BulkDoorway bulk;
    private final Imports imports;
    private final ImportQueue queue;

    public KeptImports(Spool spool, CsvImports csv, BulkDoorway bulk, Imports imports, ImportQueue queue) {
        this.spool = spool;
        this.csv = csv;
        this.bulk = bulk;
        this.imports = imports;
        this.queue = queue;
    }

    /** The file of a job that was entered just now. */
    QueuedImport queued(ImportJob job) {
        return new QueuedImport(job.workspace(), job.id().toString(), new KeptFile(job.workspace(), job.id(), job));
    }

    /**
     * Queues every kept file whose import still runs, and gives up those whose import has ended. At the start of a hub
     * this is how it goes on with what it had.
     */
    public void recover() throws IOException {
        for (Spool.Kept kept : spool.all()) {
            String key = kept.importId().toString();
            if (queue.find(key).isPresent()) {
                continue;
            }
            Optional<Imports.Kept> entered = imports.kept(kept.tenant(), kept.importId());
            if (entered.isPresent() && entered.get().isRunning()) {
                WorkspaceId workspace = entered.get().workspace();
                queue.add(new QueuedImport(workspace, key, new KeptFile(workspace, kept.importId(), null)));
                LOG.info("Import {} goes on", key);
            } else if (entered.isPresent()
                    || Spool.since(kept).isBefore(Instant.now().minus(ORPHANED))) {
                spool.release(kept.tenant(), kept.importId());
            }
        }
    }

    /** A file in the spool. */
    private final class KeptFile implements QueuedImport.File {
        private final WorkspaceId workspace;
        private final UUID importId;
        private @Nullable ImportJob fresh;

        KeptFile(WorkspaceId workspace, UUID importId, @Nullable ImportJob fresh) {
            this.workspace = workspace;
            this.importId = importId;
            this.fresh = fresh;
        }

        @Override
        public @Nullable ImportJob open() throws IOException, UnreadableCsvException {
            ImportJob first = fresh;
            if (first != null) {
                fresh = null;
                return first;
            }
            Imports.Kept entered = imports.kept(workspace.tenant(), importId).orElse(null);
            if (entered == null) {
                return null;
            }
            return entered.goOn(job(entered));
        }

        private ImportJob job(Imports.Kept entered) throws IOException, UnreadableCsvException {
            ImportJob.Kind kind = ImportJob.Kind.valueOf(entered.kind().toUpperCase(Locale.ROOT));
            Path file = spool.fileOf(workspace.tenant(), importId);
            if (kind == ImportJob.Kind.QUEUED) {
                return bulk.kept(
                        importId,
                        workspace,
                        entered.source(),
                        entered.sender(),
                        entered.contentHash(),
                        entered.claim(),
                        file);
            }
            return csv.job(
                            importId,
                            workspace,
                            kind,
                            entered.sender(),
                            file,
                            entered.fileName(),
                            entered.contentHash(),
                            entered.options(),
                            false)
                    .claiming(entered.claim());
        }

        @Override
        public void ended(ImportJob job, Answer answer) throws IOException {
            spool.release(workspace.tenant(), importId);
        }

        @Override
        public void refused(@Nullable ImportJob job, ApiException told, Exception reason) throws IOException {
            imports.giveUp(workspace, importId, String.valueOf(told.getMessage()));
            spool.release(workspace.tenant(), importId);
        }
    }
}
