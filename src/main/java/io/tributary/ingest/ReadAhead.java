package io.tributary.ingest;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * Does what it can for a large batch while the database is busy: reads the next one by its source's mapping, and writes out
 * what the statements to come are given.
 */
public final class ReadAhead {
    private final Funnel funnel;
    private final ExecutorService readers;

    public ReadAhead(CamelContext context, Funnel funnel) {
        this.funnel = funnel;
        this.readers = context.getExecutorServiceManager().newCachedThreadPool(this, "read-ahead");
    }

    /** The batches that are left of {@code job}, each read by the time it is asked for. */
    public Iterator<Batch> batches(ImportJob job) {
        return job.batches(this::begin);
    }

    /** What another thread makes, as soon as it has. */
    static <T> T await(Future<T> ahead) {
        try {
            return ahead.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("the hub stops");
        }
    }

    private Future<Optional<Batch>> begin(Callable<Optional<Batch>> next) {
        return readers.submit(() -> {
            Optional<Batch> batch = next.call();
            batch.ifPresent(funnel::normalise);
            return batch;
        });
    }

    /** Begins to write out what the statements are given that rest on what was decided alone, in their order. */
    public void writeOut(Batch batch) {
        if (!batch.isLarge()) {
            return;
        }
        Map<String, FutureTask<Map<String, @Nullable Object>>> tasks = new LinkedHashMap<>();
        for (String statement : FunnelStatements.decided(batch)) {
            tasks.put(statement, new FutureTask<>(() -> FunnelStatements.write(statement, batch)));
        }
        batch.parametersAhead(tasks);
        readers.execute(() -> tasks.values().forEach(FutureTask::run));
    }
}
