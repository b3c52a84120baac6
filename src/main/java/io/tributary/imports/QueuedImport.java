package io.tributary.imports;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.csv.UnreadableCsvException;
import io.tributary.ingest.ImportJob;
import io.tributary.tenant.WorkspaceId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A file that waits for its next turn, with its place in it while it is open. */
public final class QueuedImport {
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    /** Where a file comes from and what is done with it when it has ended. */
    interface File {
        /** Opens it at its first row that is not taken yet; null when it has ended already, with nothing left to do. */
        @Nullable
        ImportJob open() throws IOException, UnreadableCsvException;

        /** Does what is left to do once every row is taken, or the import was cancelled. */
        void ended(ImportJob job, Answer answer) throws IOException;

        /**
         * Does what is left to do for a file that cannot be taken.
         *
         * @param job the file as far as it was opened
         */
        void refused(@Nullable ImportJob job, ApiException told, Exception reason) throws IOException;
    }

    private final WorkspaceId workspace;
    private final String key;
    private final File file;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private volatile @Nullable ImportJob job;
    private int failures;
    private long positionAtFailure = -1;
    private Instant notBefore = Instant.EPOCH;
    private volatile boolean cancelled;
    private Instant lastNews = Instant.EPOCH;

    QueuedImport(WorkspaceId workspace, String key, File file) {
        this.workspace = workspace;
        this.key = key;
        this.file = file;
    }

    /** What a file in the queue is known by: its import's id, or its appearance in the drop folder. */
    String key() {
        return key;
    }

    public WorkspaceId workspace() {
        return workspace;
    }

    File file() {
        return file;
    }

    /** Whoever waits for the end is told by this. */
    CompletableFuture<Answer> answer() {
        return answer;
    }

    @Nullable
    ImportJob job() {
        return job;
    }

    boolean isOpen() {
        return job != null;
    }

    /** Opens the file where it stopped, or goes on with it; null when there is nothing left to do. */
    @Nullable
    ImportJob open(BooleanSupplier turnIsOver) throws IOException, UnreadableCsvException {
        ImportJob open = job;
        if (open == null) {
            open = file.open();
            job = open;
        }
        if (open != null) {
            open.stopWhen(turnIsOver);
            if (cancelled) {
                open.cancel();
            }
        }
        return open;
    }

    void close() {
        ImportJob open = job;
        job = null;
        if (open != null) {
            open.close();
        }
    }

    /** Whether this is the file of that import, as far as it was opened. */
    boolean takes(UUID importId) {
        ImportJob open = job;
        return key.equals(importId.toString()) || (open != null && open.id().equals(importId));
    }

    /** From the next batch on nothing more is taken. */
    void cancel() {
        cancelled = true;
        ImportJob open = job;
        if (open != null) {
            open.cancel();
        }
    }

    /**
     * Closes the file after a failure, to be opened again where its last committed batch ends.
     *
     * @return how often it has failed at this place
     */
    int rest(Instant now) {
        long position = job == null ? -1 : job.received();
        failures = position == positionAtFailure ? failures + 1 : 1;
        positionAtFailure = position;
        close();
        Duration rest = Duration.ofSeconds(1L << Math.min(failures - 1, 5));
        notBefore = now.plus(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
        return failures;
    }

    boolean isReady(Instant now) {
        return !now.isBefore(notBefore);
    }

    /** Whether it is time to tell how far it has come: no more than twice a second. */
    boolean isNewsDue(Instant now) {
        if (now.isBefore(lastNews.plusMillis(500))) {
            return false;
        }
        lastNews = now;
        return true;
    }
}
