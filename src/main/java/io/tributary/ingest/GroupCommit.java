package io.tributary.ingest;

import io.tributary.answer.ApiException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
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
 * Takes records that come one by one in common transactions: a writer takes whatever waits, up to a limit, commits it
 * as one batch and gives each caller its own answer. There is no timer, so a lone record waits for nothing.
 */
public final class GroupCommit extends ServiceSupport {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int BATCH = 256;
    private static final int WAITING = 4096;
    private static final int WRITERS = 2;
    private static final int PATIENCE_SECONDS = 60;

    private final CamelContext context;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING);
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private @Nullable ExecutorService writers;
    private @Nullable ProducerTemplate producer;
    private final List<Future<?>> work = new ArrayList<>();

    private record Waiting(Submission submission, CompletableFuture<Batch> done) {}

    public GroupCommit(CamelContext context) {
        this.context = context;
    }

    /** Records waiting for a writer now. */
    public int waiting() {
        return queue.size();
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
            if (!isRunAllowed() || !queue.offer(waiting)) {
                throw new RejectedExecutionException("too many records wait for a writer");
            }
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

    private static Outcome answer(Batch batch, Entry entry) {
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
        ExecutorService pool = context.getExecutorServiceManager().newFixedThreadPool(this, "group-commit", WRITERS);
        for (int i = 0; i < WRITERS; i++) {
            work.add(pool.submit(this::write));
        }
        writers = pool;
    }

    @Override
    protected void doStop() {
        if (writers != null) {
            context.getExecutorServiceManager().shutdownGraceful(writers, 10_000);
        }
        List<Waiting> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(waiting -> waiting.done.completeExceptionally(new RejectedExecutionException("stopping")));
    }

    private void write() {
        List<Waiting> taken = new ArrayList<>(BATCH);
        while (isRunAllowed() || !queue.isEmpty()) {
            try {
                Waiting first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                taken.add(first);
                queue.drainTo(taken, BATCH - 1);
                while (!taken.isEmpty()) {
                    commit(takeOneBatch(taken));
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException unforeseen) {
                LOG.error("A writer met something unforeseen and goes on", unforeseen);
                taken.forEach(waiting -> waiting.done.completeExceptionally(unforeseen));
                taken.clear();
            }
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
            Exchange done = java.util.Objects.requireNonNull(producer)
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
