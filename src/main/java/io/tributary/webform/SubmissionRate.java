package io.tributary.webform;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How often one visitor may send one form. Memory is bounded: of more visitors than it holds, the one not seen for
 * longest is forgotten.
 */
public final class SubmissionRate {
    private static final int VISITORS = 20_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TimeMeter clock;
    private final int visitors;
    private final Map<Visitor, Bucket> buckets;

    private record Visitor(UUID keyId, int perMinute, String network) {}

    public SubmissionRate() {
        this(TimeMeter.SYSTEM_NANOTIME, VISITORS);
    }

    SubmissionRate(TimeMeter clock, int visitors) {
        this.clock = clock;
        this.visitors = visitors;
        this.buckets = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Visitor, Bucket> eldest) {
                return size() > SubmissionRate.this.visitors;
            }
        };
    }

    /**
     * Counts a submission.
     *
     * @param perMinute how many one address may send in a minute
     * @return 0 when it may go on, else the seconds after which the next one may
     */
    int secondsToWait(UUID keyId, int perMinute, String address) {
        Visitor visitor = new Visitor(keyId, Math.max(1, perMinute), RemoteNetwork.of(address));
        ConsumptionProbe probe = bucket(visitor).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? 0
                : (int) Duration.ofNanos(probe.getNanosToWaitForRefill())
                        .plusMillis(999)
                        .toSeconds();
    }

    private Bucket bucket(Visitor visitor) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(visitor, this::newBucket);
        }
    }

    private Bucket newBucket(Visitor visitor) {
        return Bucket.builder()
                .withCustomTimePrecision(clock)
                .addLimit(Bandwidth.builder()
                        .capacity(visitor.perMinute)
                        .refillIntervally(visitor.perMinute, MINUTE)
                        .build())
                .build();
    }

    int remembered() {
        synchronized (buckets) {
            return buckets.size();
        }
    }
}
