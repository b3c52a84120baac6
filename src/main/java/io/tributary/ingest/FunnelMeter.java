package io.tributary.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** What operators see of the funnel: records by source and what became of them, and how large batches are. */
public final class FunnelMeter {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

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
        Timer.builder("tributary.batch.time")
                .description("From the first statement of a batch to its commit")
                .tag("source", batch.source())
                .serviceLevelObjectives(BUCKETS)
                .register(Metrics.globalRegistry)
                .record(Duration.between(batch.now(), Instant.now()));
        DistributionSummary.builder("tributary.batch.size")
                .description("Records committed together")
                .tag("source", batch.source())
                .register(Metrics.globalRegistry)
                .record(batch.size());
    }
}
