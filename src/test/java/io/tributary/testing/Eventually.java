package io.tributary.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for what has to come true by itself: asks again and again until it does or the time is up. */
public final class Eventually {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private Eventually() {}

    /** Returns when {@code assertion} holds; fails with its own failure when it still does not after {@code patience}. */
    public static void within(Duration patience, ThrowingCallable assertion) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                assertion.call();
                return;
            } catch (Throwable notYet) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("still not so after " + patience + ": " + notYet.getMessage(), notYet);
                }
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** As {@link #within}, for a condition. */
    public static void becomesTrue(Duration patience, Callable<Boolean> condition) {
        within(patience, () -> {
            if (!condition.call()) {
                throw new AssertionError("it is not so yet");
            }
        });
    }
}
