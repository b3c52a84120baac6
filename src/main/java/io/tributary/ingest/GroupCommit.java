package io.tributary.ingest;

import io.tributary.answer.ApiException;
import io.tributary.tenant.WorkspaceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records that come one by one in common transactions: a writer takes whatever waits in a workspace, up to a limit,
 * commits it as one batch and gives each caller its own answer. One writer at a time is at work in a workspace; a second one
 * would do no more than wait for the first at its ledger. A lone record waits for nothing; but where records came while a
 * batch was written, those who were answered are likely to send their next ones at once, and the writer waits for them a
 * moment: callers who take turns in two halves would make two batches of what one can hold.
 */
public final class GroupCommit extends ServiceSupport {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int BATCH = 256;
    private static final int WAITING = 4096;
    private static final int WRITERS = 4;
    private static final int PATIENCE_SECONDS = 60;

    /** What part of the time that the last batch took a writer waits at most for more to come. */
    private static final int MOMENT = 4;

    /** And not longer than this, however long that was: a batch that met an outage says nothing of the next one. */
    private static final long LONGEST_MOMENT = TimeUnit.MILLISECONDS.toNanos(20);

    private final CamelContext context;
    private final Map<WorkspaceId, Line> lines = new HashMap<>();
    private final Semaphore places = new Semaphore(WAITING);
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private @Nullable ExecutorService writers;
    private @Nullable ProducerTemplate producer;

    private record Waiting(Submission submission, CompletableFuture<Batch> done) {}

    /** Who waits in a workspace. */
    private static final class Line {
        private final Queue<Waiting> queue = new ArrayDeque<>();

        /** Counts those that the writer still waits for. */
        private CountDownLatch awaited = new CountDownLatch(0);

        private void add(Waiting waiting) {
            queue.add(waiting);
            awaited.countDown();
        }

        private CountDownLatch awaits(int many) {
            awaited = new CountDownLatch(Math.max(0, Math.min(BATCH, many) - queue.size()));
            return awaited;
        }
    }

    public GroupCommit(CamelContext context) {
        this.context = context;
    }

    /** Records waiting for a writer now. */
    public int waiting() {
        return WAITING - places.availablePermits();
    }

    /** Whether another record would be refused. */
    public boolean isFull() {
        return places.availablePermits() == 0;
    }

    /**
     * Takes one record and returns when it is committed.
     *
     * @throws ApiException 409 when another call with the same idempotency key is running
     * @throws RejectedExecutionException when too many wait already
     */
    public Outcome submit(Submission submission) {
        IdempotencyClaim claim = submission.entry().claim();
        String key = claim == null ? null : submission.workspace() + "\n" + claim.path() + "\n" + claim.key();
        if (key != null && !running.add(key)) {
            throw ApiException.inProgress();
        }
        try {
            Waiting waiting = new Waiting(submission, new CompletableFuture<>());
            join(waiting);
            Batch batch =
                    waiting.done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            return answer(batch, submission.entry());
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                // It may still be committed; the caller learns that by sending it again.
                throw ApiException.unavailable();
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        } finally {
            if (key != null) {
                running.remove(key);
            }
        }
    }

    /**
     * What came of an entry, as its caller is told.
     *
     * @throws ApiException 409 when its idempotency key is in use
     */
    public static Outcome answer(Batch batch, Entry entry) {
        Entry.Claimed claimed = entry.claimed();
        if (claimed == Entry.Claimed.RUNNING_ELSEWHERE) {
            throw ApiException.inProgress();
        }
        if (claimed == Entry.Claimed.ANSWERED_FOR_ANOTHER_BODY) {
            throw ApiException.conflict(
                    "idempotency_key_reused", "This Idempotency-Key was used for a request with another body.");
        }
        if (claimed == Entry.Claimed.ANSWERED) {
            return Outcome.replay(entry.answeredStatus(), String.valueOf(entry.answeredBody()));
        }
        return Outcome.of(batch, entry);
    }

    @Override
    protected void doStart() {
        producer = context.createProducerTemplate();
        writers = context.getExecutorServiceManager().newFixedThreadPool(this, "group-commit", WRITERS);
    }

    @Override
    protected void doStop() {
        if (writers != null) {
            context.getExecutorServiceManager().shutdownGraceful(writers, 10_000);
        }
        List<Waiting> left = new ArrayList<>();
        synchronized (lines) {
            lines.values().forEach(line -> left.addAll(line.queue));
            lines.clear();
        }
        left.forEach(waiting -> waiting.done.completeExceptionally(new RejectedExecutionException("stopping")));
    }

    /** Joins the line of the record's workspace, and calls a writer to it when none is there. */
    private void join(Waiting waiting) {
        if (!isRunAllowed() || !places.tryAcquire()) {
            throw new RejectedExecutionException("too many records wait for a writer");
        }
        WorkspaceId workspace = waiting.submission.workspace();
        synchronized (lines) {
            Line line = lines.get(workspace);
            if (line != null) {
                line.add(waiting);
                return;
            }
            line = new Line();
            line.add(waiting);
            lines.put(workspace, line);
        }
        Objects.requireNonNull(writers).execute(() -> write(workspace));
    }

    /** Commits what waits in the workspace, then lets the next one have its turn; the line goes when it is empty. */
    private void write(WorkspaceId workspace) {
        do {
            List<Waiting> taken = take(workspace);
            long began = System.nanoTime();
            commitAll(taken);
            await(workspace, taken.size(), Math.min(LONGEST_MOMENT, (System.nanoTime() - began) / MOMENT));
        } while (goesOn(workspace) && !handOver(workspace));
    }

    /** Waits a moment for as many as were just answered, but for a single one, or when other workspaces want a writer. */
    private void await(WorkspaceId workspace, int answered, long nanos) {
        CountDownLatch awaited;
        synchronized (lines) {
            Line line = lines.get(workspace);
            if (line == null || answered + line.queue.size() < 2 || lines.size() > WRITERS) {
                return;
            }
            awaited = line.awaits(answered + line.queue.size());
        }
        try {
            if (!awaited.await(nanos, TimeUnit.NANOSECONDS)) {
                LOG.trace("Not all have come again");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void commitAll(List<Waiting> taken) {
        List<Waiting> left = new ArrayList<>(taken);
        try {
            while (!left.isEmpty()) {
                commit(takeOneBatch(left));
            }
        } catch (RuntimeException unforeseen) {
            LOG.error("A writer met something unforeseen and goes on", unforeseen);
            taken.forEach(waiting -> waiting.done.completeExceptionally(unforeseen));
        }
    }

    private boolean handOver(WorkspaceId workspace) {
        try {
            Objects.requireNonNull(writers).execute(() -> write(workspace));
            return true;
        } catch (RejectedExecutionException stopping) {
            // What was taken is still answered.
            return false;
        }
    }

    private List<Waiting> take(WorkspaceId workspace) {
        List<Waiting> taken = new ArrayList<>();
        synchronized (lines) {
            Line line = lines.get(workspace);
            while (line != null && taken.size() < BATCH && !line.queue.isEmpty()) {
                taken.add(line.queue.remove());
            }
        }
        places.release(taken.size());
        return taken;
    }

    private boolean goesOn(WorkspaceId workspace) {
        synchronized (lines) {
            Line line = lines.get(workspace);
            if (line != null && line.queue.isEmpty()) {
                lines.remove(workspace);
                return false;
            }
            return line != null;
        }
    }

    private static List<Waiting> takeOneBatch(List<Waiting> taken) {
        List<Waiting> group = new ArrayList<>(taken.size());
        Waiting first = taken.get(0);
        for (Iterator<Waiting> left = taken.iterator(); left.hasNext(); ) {
            Waiting next = left.next();
            if (next.submission.sharesBatchWith(first.submission)) {
                group.add(next);
                left.remove();
            }
        }
        return group;
    }

    private void commit(List<Waiting> group) {
        Submission first = group.get(0).submission;
        List<Entry> entries =
                group.stream().map(waiting -> waiting.submission.entry()).toList();
        Batch batch =
                new Batch(first.workspace(), first.source(), first.reader(), null, "", true, new ArrayList<>(entries));
        try {
            Exchange done = Objects.requireNonNull(producer)
                    .request("direct:ingest", exchange -> exchange.getMessage().setBody(batch));
            Exception failure = done.getException();
            for (Waiting waiting : group) {
                if (failure == null) {
                    waiting.done.complete(batch);
                } else {
                    waiting.done.completeExceptionally(
                            failure instanceof RuntimeException ? failure : new CompletionException(failure));
                }
            }
        } catch (RuntimeException | Error failure) {
            group.forEach(waiting -> waiting.done.completeExceptionally(failure));
        }
    }
}
