package io.tributary.undo;

import io.tributary.deal.Times;
import io.tributary.json.Json;
import io.tributary.sql.Statements;
import io.tributary.tenant.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the rollback of an import has come, and what it has come to. */
record RollbackState(
        boolean done,
        Phase phase,
        UUID afterId,
        Instant afterTime,
        Counts counts,
        List<Object> newer,
        @Nullable Instant startedAt,
        @Nullable Instant workedAt,
        @Nullable Instant finishedAt,
        ImportFacts anImport) {
    static final UUID FIRST_ID = new UUID(0, 0);

    /** The clocks of two hubs are never further apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    /** What is taken back, in this order. */
    enum Phase {
        CREATED,
        CHANGED,
        LEADS,
        NEW_LEADS,
        REJECTED,
        FINISH;

        Phase next() {
            return switch (this) {
                case CREATED -> CHANGED;
                case CHANGED -> LEADS;
                case LEADS -> NEW_LEADS;
                case NEW_LEADS -> REJECTED;
                case REJECTED, FINISH -> FINISH;
            };
        }
    }

    /** Deals and leads by what came of them. */
    record Counts(long removed, long restored, long kept, long leadsRemoved, long leadsRestored, long rejected) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);
    }

    /** What is known of the import itself. */
    record ImportFacts(String source, @Nullable String fileName, Instant startedAt) {
        /** Before every id that the import made. */
        UUID firstId() {
            return idAt(startedAt.minus(CLOCKS));
        }

        Instant firstTime() {
            return startedAt.minus(CLOCKS);
        }

        private static UUID idAt(Instant moment) {
            return new UUID(moment.toEpochMilli() << 16, 0);
        }

        String shown() {
            return fileName == null ? "an import from " + source : fileName;
        }
    }

    static Optional<RollbackState> read(JdbcClient client, String statement, WorkspaceId workspace, UUID anImport) {
        return client.sql(Statements.text(statement))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("import_id", anImport)
                .query(RollbackState::of)
                .optional();
    }

    private static RollbackState of(ResultSet row, int number) throws SQLException {
        return new RollbackState(
                row.getString("state").equals("done"),
                Phase.valueOf(row.getString("phase")),
                row.getObject("after_id", UUID.class),
                Objects.requireNonNull(moment(row, "after_time")),
                new Counts(
                        row.getLong("removed"),
                        row.getLong("restored"),
                        row.getLong("kept"),
                        row.getLong("leads_removed"),
                        row.getLong("leads_restored"),
                        row.getLong("rejected_removed")),
                list(row.getString("newer")),
                moment(row, "started_at"),
                moment(row, "worked_at"),
                moment(row, "finished_at"),
                new ImportFacts(
                        row.getString("import_source"),
                        row.getString("file_name"),
                        Objects.requireNonNull(moment(row, "import_started_at"))));
    }

    private static List<Object> list(String json) {
        return Json.readStored(json) instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>();
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        Timestamp moment = row.getTimestamp(column);
        return moment == null ? null : moment.toInstant();
    }

    /** As the API shows it. */
    Map<String, @Nullable Object> view(UUID anImportId, String state) {
        Map<String, @Nullable Object> view = view(anImportId, state, counts, newer);
        Map<String, @Nullable Object> progress = new LinkedHashMap<>();
        progress.put("phase", phase.name().toLowerCase(java.util.Locale.ROOT));
        progress.put("started_at", Times.text(startedAt));
        progress.put("worked_at", Times.text(workedAt));
        progress.put("finished_at", Times.text(finishedAt));
        view.put("progress", progress);
        return view;
    }

    static Map<String, @Nullable Object> view(UUID anImportId, String state, Counts counts, List<Object> newer) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("status", "success");
        view.put("import_id", anImportId.toString());
        view.put("state", state);
        view.put("removed", counts.removed());
        view.put("restored", counts.restored());
        view.put("kept", counts.kept());
        view.put("leads_removed", counts.leadsRemoved());
        view.put("leads_restored", counts.leadsRestored());
        view.put("rejected_removed", counts.rejected());
        view.put("newer", newer);
        return view;
    }
}
