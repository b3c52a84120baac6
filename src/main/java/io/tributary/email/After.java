package io.tributary.email;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a mail in its mailbox once it was taken.
 *
 * @param delete whether it is deleted
 * @param moveTo the folder it is moved to; null when it stays
 */
record After(boolean delete, @Nullable String moveTo) {
    private static final String MOVE = "move:";

    /** Reads {@code seen}, {@code delete} or {@code move:<folder>}; null when it is none of them. */
    static @Nullable After of(String text) {
        if (text.equals("seen")) {
            return new After(false, null);
        }
        if (text.equals("delete")) {
            return new After(true, null);
        }
        String folder = text.startsWith(MOVE) ? text.substring(MOVE.length()).strip() : "";
        return folder.isEmpty() ? null : new After(false, folder);
    }
}
