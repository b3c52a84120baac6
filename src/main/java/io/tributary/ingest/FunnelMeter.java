package io.tributary.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Metrics;

/** What operators see of the funnel: records by source and what became of them, and how large batches are. */
public final class FunnelMeter {

    /** Counts a batch that is committed. */
    public void measure(Batch batch) {
        if (batch.holdsCommands()) {
            return;
        }
        for (Action action : Action.values()) {
            int count = batch.count(action);
            if (count > 0) {
                Counter.builder("tributary.records")
                        .description("Records taken through the funnel")
                        .tag("source", batch.source())
                        .tag("action", action.code())
                        .register(Metrics.globalRegistry)
                        .increment(count);
            }
        }
        DistributionSummary.builder("tributary.batch.size")
                .description("Records committed together")
                .tag("source", batch.source())
                .register(Metrics.globalRegistry)
                .record(batch.size());
    }
}
