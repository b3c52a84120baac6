package io.tributary.undo;

import io.tributary.deal.Times;
import io.tributary.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of a deal or a lead, as history keeps it.
 *
 * @param number grows with every change of the workspace
 * @param undone whether it was taken back since
 * @param replaced what was there before, by field
 */
record PastChange(
        UUID subject,
        long number,
        Instant at,
        String cause,
        String source,
        String actor,
        @Nullable UUID importId,
        boolean undone,
        Map<String, @Nullable Object> replaced) {
    static final String MERGE = "merge";
    static final String UNMERGE = "unmerge";
    static final String ROLLBACK = "rollback";
    static final String INGEST = "ingest";

    /** In what a rollback replaced: the import that it took back. */
    static final String ROLLED_BACK = "rolled_back_import";

    /** What takes earlier changes back is no change of its own. */
    private static final Set<String> TAKING_BACK = Set.of(UNMERGE, ROLLBACK);

    static PastChange of(ResultSet row, int number) throws SQLException {
        return new PastChange(
                row.getObject("subject_id", UUID.class),
                row.getLong("history_id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("cause"),
                row.getString("source"),
                row.getString("actor"),
                row.getObject("import_id", UUID.class),
                row.getBoolean("undone"),
                Json.readObject(row.getString("replaced")));
    }

    /** Whether what it did still counts. */
    boolean isLive() {
        return !undone && !TAKING_BACK.contains(cause);
    }

    boolean isOf(UUID anImport) {
        return anImport.equals(importId);
    }

    /** Who made it and how, as the API tells it. */
    Map<String, @Nullable Object> told() {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("cause", cause);
        view.put("source", source);
        view.put("actor", actor);
        view.put("import_id", importId == null ? null : importId.toString());
        view.put("at", Times.text(at));
        return view;
    }
}
