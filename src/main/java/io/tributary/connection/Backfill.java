package io.tributary.connection;

import io.tributary.deal.Times;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the reading of earlier changes has come.
 *
 * @param from from when on changes are read
 * @param reached up to when they were read
 * @param records how many were read
 * @param done whether all of them have been read
 */
record Backfill(Instant from, Instant reached, long records, boolean done) {
    /** Of a workspace's connections, by name. */
    static Map<String, Backfill> of(TenantDatabase database, WorkspaceId workspace) {
        return database.read(workspace.tenant(), client -> {
            Map<String, Backfill> backfills = new HashMap<>();
            client.sql(Statements.text("list-backfills"))
                    .param("tenant", workspace.tenant())
                    .param("workspace", workspace.workspace())
                    .query(row -> {
                        backfills.put(
                                row.getString("connection"),
                                new Backfill(
                                        row.getTimestamp("backfill_from").toInstant(),
                                        row.getTimestamp("modified_at").toInstant(),
                                        row.getLong("taken"),
                                        row.getBoolean("done")));
                    });
            return backfills;
        });
    }

    /** As the API shows it; {@code percent} is of the time that lies between its beginning and {@code now}. */
    Map<String, @Nullable Object> view(Instant now) {
        long whole = Math.max(1, Duration.between(from, now).toSeconds());
        long part = Duration.between(from, reached).toSeconds();
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("from", Times.text(from));
        view.put("reached", Times.text(reached));
        view.put("records", records);
        view.put("percent", done ? 100 : Math.max(0, Math.min(99, 100 * part / whole)));
        return view;
    }
}
