package io.tributary.deal;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Ids that grow with time (UUID version 7, RFC 9562), so that new rows go to the end of their index. */
public final class OrderedId {
    /** Milliseconds in the upper 48 bits, a counter in the 16 below; never goes back within a process. */
    private static final AtomicLong LAST = new AtomicLong();

    private OrderedId() {}

    /** The next id; later than every id this process has made before. */
    public static UUID next() {
        long now = System.currentTimeMillis() << 12;
        long ticks = LAST.updateAndGet(last -> Math.max(last + 1, now));
        long milliseconds = ticks >>> 12;
        long counter = ticks & 0xFFF;
        long most = milliseconds << 16 | 0x7000L | counter;
        long least = 0x8000000000000000L | ThreadLocalRandom.current().nextLong() >>> 2;
        return new UUID(most, least);
    }
}
