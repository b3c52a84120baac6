package io.tributary.ingest;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a failed write means, by its SQLSTATE (PostgreSQL documentation, appendix A). */
public final class WriteFailure {
    /** Conflicts with other writers end; what still fails after so many tries is something else. */
    private static final int ATTEMPTS = 12;

    /** For the registry, where routes find it. */
    public WriteFailure() {}

    /** Whether another writer was in the way, so that the same batch can be tried again. */
    public static boolean isConflict(Throwable failure, Batch batch) {
        String state = state(failure);
        boolean raced = state != null && (state.startsWith("40") || (state.equals("23505") && batch.attempts() < 3));
        return raced && batch.attempts() < ATTEMPTS;
    }

    /** Whether some record of the batch holds what the database cannot store. */
    public static boolean isDataFault(Throwable failure, Batch batch) {
        String state = state(failure);
        boolean fault = state != null && (state.startsWith("22") || state.startsWith("23") || state.equals("54000"));
        // A lone record that fails even after it was refused is no matter of its data.
        return fault && (batch.size() > 1 || !batch.entries().get(0).isRefused());
    }

    private static @Nullable String state(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
