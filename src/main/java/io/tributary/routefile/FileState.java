package io.tributary.routefile;

import io.tributary.check.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one of one's own files.
 *
 * @param file its path in the folder
 * @param state whether what it says now is in force
 * @param replaces the built-in file of its name, which it is laid over; null when there is none
 * @param faults what has to be mended
 */
public record FileState(String file, State state, @Nullable String replaces, List<Fault> faults) {

    /** Whether the file is in force as it is. */
    public boolean isLoaded() {
        return state == State.LOADED;
    }

    /** Whether a file is in force. */
    public enum State {
        /** As it is. */
        LOADED,
        /** An earlier version of it, since the one that is there now has faults. */
        EARLIER,
        /** Not at all. */
        BROKEN
    }
}
