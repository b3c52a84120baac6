package io.tributary.ingest;

import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;

/** Reads a file's next batch, by its source's mapping, while the database is busy with the batch before. */
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

    private Future<Optional<Batch>> begin(Callable<Optional<Batch>> next) {
        return readers.submit(() -> {
            Optional<Batch> batch = next.call();
            batch.ifPresent(funnel::normalise);
            return batch;
        });
    }
}
