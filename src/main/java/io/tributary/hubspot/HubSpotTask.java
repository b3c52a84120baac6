package io.tributary.hubspot;

import java.time.Instant;

/**
 * Something to be done about one object of an account.
 *
 * @param object {@code deal}, {@code contact} or {@code company}
 * @param occurredAt when the newest event of it happened
 * @param version changes with each event, so that work on an older state is not taken for the end of it
 * @param attempts how often it was taken up since the newest event
 */
record HubSpotTask(String object, String id, Kind kind, Instant occurredAt, long version, int attempts) {
    /** What happened, as far as it matters to what is done. */
    enum Kind {
        /** It is to be read as it is now. */
        READ,
        /** It is said to be gone. */
        DELETE,
        /** It is said to be back. */
        RESTORE,
        /** The person is to be forgotten. */
        ERASE;

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    boolean isOf(String type) {
        return object.equals(type);
    }
}
