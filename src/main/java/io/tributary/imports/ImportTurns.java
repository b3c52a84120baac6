package io.tributary.imports;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.csv.UnreadableCsvException;
import io.tributary.http.Respond;
import io.tributary.ingest.CsvImports;
import io.tributary.ingest.ImportEndedException;
import io.tributary.ingest.ImportJob;
import io.tributary.ingest.Imports;
import io.tributary.tenant.WorkspaceId;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through the files in the queue, a turn at a time. A failure closes the file, which is opened again behind its last
 * committed batch; so nothing is taken twice, and nothing is lost.
 */
public final class ImportTurns {
    private static final Logger LOG = LoggerFactory.getLogger(ImportTurns.class);

    /** So long a file is worked on before the next one's turn comes. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(750);

    /** A file that fails so often at one place, though the database answers, is given up. */
    private static final int TRIES = 5;

    private final ImportQueue queue;
    private final Imports imports;
    private final ImportNews news;

    public ImportTurns(ImportQueue queue, Imports imports, ImportNews news) {
        this.queue = queue;
        this.imports = imports;
        this.news = news;
    }

    /** The workspaces whose turn has come. */
    public Collection<WorkspaceId> due() {
        return imports.stopping() ? List.of() : queue.due();
    }

    /** Answers whoever waits: their files are gone on with after the next start, and nobody has to wait until then. */
    public void letGo() {
        queue.all().forEach(file -> file.answer().cancel(false));
    }

    /** The file of the workspace whose turn it is; null when there is none, or the hub is about to stop. */
    public @Nullable QueuedImport next(WorkspaceId workspace) {
        return imports.stopping() ? null : queue.next(workspace);
    }

    /** Opens the file for a turn; null when it has ended meanwhile. */
    public @Nullable ImportJob open(QueuedImport file) throws IOException {
        try {
            ImportJob job = file.open(new TurnIsOver());
            if (job == null) {
                file.answer().cancel(false);
            }
            return job;
        } catch (UnreadableCsvException e) {
            throw new Refused(e);
        }
    }

    /** A turn begins when the first batch is asked for, and takes that one at least. */
    private final class TurnIsOver implements BooleanSupplier {
        private long end;

        @Override
        public boolean getAsBoolean() {
            if (end == 0) {
                end = System.nanoTime() + TURN_NANOS;
            }
            return System.nanoTime() - end > 0 || imports.stopping();
        }
    }

    /** A file that cannot be read at all. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(UnreadableCsvException cause) {
            super(cause.getMessage(), cause);
        }

        UnreadableCsvException reason() {
            return (UnreadableCsvException) java.util.Objects.requireNonNull(getCause());
        }
    }

    /** Ends a turn that went well: closes the books where no row is left. */
    public void close(QueuedImport file, ImportJob job) throws IOException {
        if (job.cancelled()) {
            throw new ImportEndedException();
        }
        if (!job.exhausted()) {
            if (file.isNewsDue(Instant.now())) {
                news.progress(job, "running");
            }
            return;
        }
        Answer answer = imports.finish(job);
        file.file().ended(job, answer);
        file.close();
        queue.forget(file);
        file.answer().complete(answer);
        news.progress(job, "done");
    }

    /** Ends a turn that failed. */
    public void fail(QueuedImport file, Exception failure) throws IOException {
        ImportJob job = file.job();
        if (failure instanceof Refused refused) {
            giveUp(file, CsvImports.refusal(refused.reason()), refused.reason());
        } else if (failure instanceof ApiException refusal) {
            giveUp(file, refusal, refusal);
        } else if (isEnded(failure) && job != null && imports.isCancelled(job)) {
            cancelled(file, job);
        } else {
            int times = file.rest(Instant.now());
            ApiException seen = Respond.refusalOf(failure);
            if (seen.status() == 500 && !isEnded(failure) && times >= TRIES) {
                LOG.error("Import of {} is given up after {} tries", file.key(), times, failure);
                giveUp(file, seen, failure);
            } else {
                LOG.warn("Import of {} is tried again from its last batch: {}", file.key(), failure.toString());
            }
        }
    }

    private static boolean isEnded(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ImportEndedException) {
                return true;
            }
        }
        return false;
    }

    private void cancelled(QueuedImport file, ImportJob job) throws IOException {
        job.cancel();
        file.file().ended(job, Answer.ok(job.answer()));
        file.close();
        queue.forget(file);
        file.answer()
                .completeExceptionally(ApiException.conflict(
                        "import_cancelled",
                        "The import was cancelled after " + job.received() + " rows; those stay taken."));
        news.progress(job, "cancelled");
    }

    private void giveUp(QueuedImport file, ApiException told, Exception reason) throws IOException {
        ImportJob job = file.job();
        file.file().refused(job, told, reason);
        if (job != null) {
            news.progress(job, "failed");
        }
        file.close();
        queue.forget(file);
        file.answer().completeExceptionally(told);
    }

    /** Ends the turn of a workspace. */
    public void turnEnded(WorkspaceId workspace, @Nullable QueuedImport file) {
        boolean goesOn = file != null && queue.find(file.key()).orElse(null) == file;
        queue.turnEnded(workspace, goesOn ? file : null);
    }
}
