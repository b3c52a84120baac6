package io.tributary.salesforce;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open stream of change events, from which they are taken as they are committed: what was not committed comes again
 * when the stream is opened after the replay id that was.
 */
interface ChangeStream extends AutoCloseable {
    /** Events taken at once at most. */
    int AT_ONCE = 100;

    /**
     * Some events in their order.
     *
     * @param replay after which the stream goes on once these are taken; null where nothing is known
     */
    record Delivered(List<ChangeEvent> events, @Nullable String replay) {
        static final Delivered NOTHING = new Delivered(List.of(), null);
    }

    /**
     * The next events; none when none came meanwhile. What was given before is taken now.
     *
     * @throws ReplayLostException when the stream cannot go on where it was to
     * @throws SalesforceException when the stream has ended
     */
    Delivered next(Duration wait) throws SalesforceException;

    /** Whether it is certain that every change from now on will come. */
    boolean isSettled();

    @Override
    void close();
}
