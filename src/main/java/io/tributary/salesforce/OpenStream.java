package io.tributary.salesforce;

import io.tributary.connection.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A connection's stream in this hub: where it is, whether it is open, and how it failed lately. */
final class OpenStream {
    private static final Duration RENEWED = Duration.ofSeconds(30);
    private static final int LONGEST_PAUSE_SECONDS = 60;

    private final String revision;
    private final UUID holder;
    private volatile @Nullable ChangeStream stream;
    private volatile boolean ended;
    private @Nullable String replay;
    private Instant knownAt = Instant.EPOCH;
    private long claimedAt;
    private boolean claimed;
    private boolean kept;
    private volatile int failures;
    private long notBefore = System.nanoTime();
    private volatile long failingSince;

    OpenStream(Connection connection, UUID holder) {
        this.revision = connection.revision();
        this.holder = holder;
    }

    boolean isOf(Connection connection) {
        return revision.equals(connection.revision());
    }

    UUID holder() {
        return holder;
    }

    @Nullable
    ChangeStream stream() {
        return stream;
    }

    @Nullable
    String replay() {
        return replay;
    }

    Instant knownAt() {
        return knownAt;
    }

    /** Whether the lease has to be taken or renewed. */
    boolean isDue() {
        return !claimed || System.nanoTime() - claimedAt > RENEWED.toNanos();
    }

    /** Whether it failed so lately that it is not tried again yet. */
    boolean isPausing() {
        return notBefore - System.nanoTime() > 0;
    }

    /** The lease is this hub's. */
    void claimed(@Nullable String replayId, Instant known) {
        claimed = true;
        claimedAt = System.nanoTime();
        knownAt = known;
        if (stream == null) {
            replay = replayId;
        }
    }

    /**
     * It is open.
     *
     * @param from the stream
     * @param gapless whether it goes on where the last one was committed
     */
    synchronized void opened(ChangeStream from, boolean gapless) {
        stream = from;
        kept = gapless;
        if (ended) {
            close();
        }
    }

    /** Whether the replay ids that come lead on without a gap, so that they may be kept. */
    boolean isKept() {
        return kept;
    }

    /** What may have been missed has been asked for. */
    void closesGap() {
        kept = true;
    }

    /** It works. */
    void succeeded() {
        failures = 0;
        failingSince = 0;
    }

    /** Ends it, and waits a little longer each time before it is tried again. */
    void failed(int seconds) {
        close();
        claimed = false;
        if (failures == 0) {
            failingSince = System.nanoTime();
        }
        int before = failures;
        int pause = Math.min(LONGEST_PAUSE_SECONDS, 1 << Math.min(before, 6));
        failures = before + 1;
        notBefore =
                System.nanoTime() + Duration.ofSeconds(Math.max(pause, seconds)).toNanos();
    }

    /** How long it has been failing without a break. */
    Duration failing() {
        return failures == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - failingSince);
    }

    /** Salesforce does not know the replay id. */
    void lost() {
        close();
        replay = null;
    }

    /** Closes it for good: a turn that runs still opens it no more. */
    synchronized void end() {
        ended = true;
        close();
    }

    boolean isEnded() {
        return ended;
    }

    synchronized void close() {
        ChangeStream before = stream;
        stream = null;
        if (before != null) {
            before.close();
        }
    }
}
