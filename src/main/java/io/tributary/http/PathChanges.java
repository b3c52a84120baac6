package io.tributary.http;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells when routes are being exchanged: a path that is not there in that moment may be there in the next, so a caller is
 * told to come again, not that it does not exist.
 */
public final class PathChanges {
    private final AtomicInteger underWay = new AtomicInteger();

    public void begin() {
        underWay.incrementAndGet();
    }

    public void end() {
        underWay.decrementAndGet();
    }

    boolean areUnderWay() {
        return underWay.get() > 0;
    }
}
