package io.tributary.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** When what did not arrive is tried again: soon at first, then ever more rarely, for a day. */
final class Backoff {
    /** How long something is tried at all. */
    static final Duration PATIENCE = Duration.ofDays(1);

    /** How long a delivery waits while its target is known to be down; not counted as a try. */
    static final Duration WHILE_OPEN = Duration.ofSeconds(10);

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2));

    private Backoff() {}

    /** The pause after the {@code attempt}th try, counted from 1; up to a tenth longer, so that not all come at once. */
    static Duration after(int attempt) {
        Duration pause = PAUSES.get(Math.min(attempt, PAUSES.size()) - 1);
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 10));
    }
}
