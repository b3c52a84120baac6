package io.tributary.ingest;

import io.tributary.answer.Answer;
import io.tributary.answer.AnsweredBefore;
import io.tributary.answer.ApiException;
import io.tributary.json.Json;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The book of imports: each is entered before its first batch and closed after its last. */
public final class Imports {
    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);

    private final TenantDatabase database;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Long stopAt;
    private volatile Runnable stopListener = () -> {};

    public Imports(TenantDatabase database) {
        this.database = database;
    }

    /** From now on files give way for good, and after {@code patience} no call is gone on with either. */
    public void stop(Duration patience) {
        stopAt = System.nanoTime() + patience.toNanos();
        stopListener.run();
    }

    /** Runs {@code listener} once the hub is about to stop. */
    public void whenStopping(Runnable listener) {
        this.stopListener = listener;
    }

    /** Whether the hub is about to stop. */
    public boolean stopping() {
        return stopAt != null;
    }

    private boolean mustStop() {
        Long limit = stopAt;
        return limit != null && System.nanoTime() - limit > 0;
    }

    /**
     * Enters a call, or finds where an earlier run of the same call stopped.
     *
     * @throws AnsweredBefore when the job's idempotency key was answered already
     */
    public ImportJob begin(ImportJob job) {
        String key = claimKey(job);
        if (key != null && !running.add(key)) {
            throw ApiException.inProgress();
        }
        try {
            ImportJob entered = database.write(job.workspace().tenant(), client -> {
                checkClaim(client, job);
                return job.dryRun() ? job : enter(client, job, false);
            });
            entered.stopWhen(this::mustStop);
            return entered;
        } catch (RuntimeException e) {
            release(job);
            throw e;
        }
    }

    /**
     * Enters a file that the hub keeps and goes on with by itself.
     *
     * @return the import it is now: the job's own, or one that is on its way with the same file already
     * @throws AnsweredBefore when the job's idempotency key was answered already
     */
    public UUID admit(ImportJob job) {
        return database.write(job.workspace().tenant(), client -> {
            // Of two senders of one file at the same moment the second finds what the first has entered.
            lock(client, Locks.ofClaim(job.workspace(), new IdempotencyClaim("file", job.contentHash(), "")));
            checkClaim(client, job);
            return client.sql(Statements.text("find-running-import"))
                    .param("tenant", job.workspace().tenant())
                    .param("workspace", job.workspace().workspace())
                    .param("content_hash", HexFormat.of().parseHex(job.contentHash()))
                    .param("options", job.options())
                    .query(UUID.class)
                    .optional()
                    .orElseGet(() -> {
                        noteEarlier(client, job);
                        return enter(client, job, true).id();
                    });
        });
    }

    /**
     * Enters a call that the hub keeps and goes on with by itself.
     *
     * @throws AnsweredBefore when the job's idempotency key was answered already
     */
    public void keep(ImportJob job) {
        database.write(job.workspace().tenant(), client -> {
            checkClaim(client, job);
            return enter(client, job, true);
        });
    }

    /** Enters a file of the drop folder, or finds where an earlier run of it stopped. */
    public ImportJob beginDropped(ImportJob job) {
        return database.write(job.workspace().tenant(), client -> enter(client, job, false));
    }

    private static void lock(JdbcClient client, long lock) {
        client.sql(Statements.text("lock-call"))
                .param("lock", lock)
                .query(Boolean.class)
                .single();
    }

    /** An earlier import of the same content, taken to its end. */
    public record Earlier(UUID importId, Instant at) {}

    /** When the same content was taken before, as the API shows it. */
    public Optional<Map<String, @Nullable Object>> earlier(WorkspaceId workspace, String contentHash) {
        return database.read(workspace.tenant(), client -> earlier(client, workspace, contentHash))
                .map(ImportJob::view);
    }

    private static Optional<Earlier> earlier(JdbcClient client, WorkspaceId workspace, String contentHash) {
        return client.sql(Statements.text("find-earlier-import"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("content_hash", HexFormat.of().parseHex(contentHash))
                .query((row, number) -> new Earlier(
                        row.getObject("import_id", UUID.class),
                        row.getObject("finished_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** The same file again changes nothing, and its sender is told when it came before. */
    private static void noteEarlier(JdbcClient client, ImportJob job) {
        earlier(client, job.workspace(), job.contentHash()).ifPresent(job::importedBefore);
    }

    private static @Nullable String claimKey(ImportJob job) {
        IdempotencyClaim claim = job.claim();
        return claim == null ? null : job.workspace() + "\n" + claim.path() + "\n" + claim.key();
    }

    private void release(ImportJob job) {
        String key = claimKey(job);
        if (key != null) {
            running.remove(key);
        }
        job.close();
    }

    /** Whether the key of a call may be used now: it was neither answered yet, nor does its first call still run. */
    private static void checkClaim(JdbcClient client, ImportJob job) {
        IdempotencyClaim claim = job.claim();
        if (claim == null) {
            return;
        }
        lock(client, Locks.ofClaim(job.workspace(), claim));
        client.sql(Statements.text("read-answer"))
                .param("tenant", job.workspace().tenant())
                .param("workspace", job.workspace().workspace())
                .param("path", claim.path())
                .param("key", claim.key())
                .query((row, number) -> {
                    checkBody(claim, row.getBytes("body_hash"));
                    throw new AnsweredBefore(replayed(row.getInt("status"), row.getString("answer")));
                })
                .list();
        client.sql(Statements.text("find-claimed-import"))
                .param("tenant", job.workspace().tenant())
                .param("workspace", job.workspace().workspace())
                .param("path", claim.path())
                .param("key", claim.key())
                .query((row, number) -> {
                    checkBody(claim, row.getBytes("claim_hash"));
                    if (row.getBoolean("alive")) {
                        throw ApiException.inProgress();
                    }
                    return true;
                })
                .list();
    }

    private static void checkBody(IdempotencyClaim claim, byte[] hash) {
        if (!HexFormat.of().formatHex(hash).equals(claim.bodyHash())) {
            throw ApiException.conflict(
                    "idempotency_key_reused", "This Idempotency-Key was used for a request with another body.");
        }
    }

    private static Answer replayed(int status, String text) {
        Answer answer = Answer.replayed(status, text.getBytes(StandardCharsets.UTF_8));
        return status == 202 && Json.readStored(text) instanceof Map<?, ?> body
                ? answer.with("Location", location(String.valueOf(body.get("import_id"))))
                : answer;
    }

    /** Where an import is seen. */
    public static String location(Object importId) {
        return "/api/sales/deals/imports/" + importId;
    }

    private static ImportJob enter(JdbcClient client, ImportJob job, boolean kept) {
        ImportJob earlier = kept || job.resumeKey() == null ? null : interrupted(client, job);
        if (earlier != null) {
            return earlier;
        }
        if (job.kind() == ImportJob.Kind.DROP) {
            noteEarlier(client, job);
        }
        IdempotencyClaim claim = job.claim();
        client.sql(Statements.text("insert-import"))
                .param("tenant", job.workspace().tenant())
                .param("import_id", job.id())
                .param("workspace", job.workspace().workspace())
                .param("source", job.source())
                .param("kind", job.kind().name().toLowerCase(java.util.Locale.ROOT))
                .param("file_name", job.fileName())
                .param("content_hash", HexFormat.of().parseHex(job.contentHash()))
                .param("resume_key", job.resumeKey())
                .param("header", job.header() == null ? null : Json.write(job.header()))
                .param("warnings", Json.write(job.warnings()))
                .param("actor", job.sender().actor())
                .param("options", job.options())
                .param("spooled", kept)
                .param("total_bytes", job.totalBytes() == 0 ? null : job.totalBytes())
                .param("claim_path", claim == null ? null : claim.path())
                .param("claim_key", claim == null ? null : claim.key())
                .param("claim_hash", claim == null ? null : HexFormat.of().parseHex(claim.bodyHash()))
                .update();
        client.sql(Statements.text("insert-import-audit"))
                .param("tenant", job.workspace().tenant())
                .param("workspace", job.workspace().workspace())
                .param("actor", job.sender().actor())
                .param("action", "import.started")
                .param("import_id", job.id())
                .param("source", job.source())
                .update();
        return job;
    }

    private static @Nullable ImportJob interrupted(JdbcClient client, ImportJob job) {
        ImportJob earlier = client.sql(Statements.text("find-interrupted-import"))
                .param("tenant", job.workspace().tenant())
                .param("workspace", job.workspace().workspace())
                .param("content_hash", HexFormat.of().parseHex(job.contentHash()))
                .param("resume_key", job.resumeKey())
                .query((row, number) -> {
                    ImportJob resumed = job.resume(
                            row.getObject("import_id", UUID.class),
                            row.getLong("position"),
                            counts(row),
                            list(row.getString("warnings")),
                            "done".equals(row.getString("state")));
                    resumed.errors().addAll(list(row.getString("errors")));
                    return resumed;
                })
                .optional()
                .orElse(null);
        if (earlier != null) {
            client.sql(Statements.text("resume-import"))
                    .param("tenant", job.workspace().tenant())
                    .param("import_id", earlier.id())
                    .update();
        }
        return earlier;
    }

    /**
     * An import whose file a hub keeps, as the books have it.
     *
     * @param kind of the job, in lower case
     * @param options how the file is read
     */
    public record Kept(
            UUID importId,
            WorkspaceId workspace,
            String source,
            String kind,
            String state,
            @Nullable String fileName,
            Sender sender,
            String contentHash,
            FileOptions options,
            @Nullable IdempotencyClaim claim,
            long position,
            Map<Action, Long> counts,
            List<Map<String, @Nullable Object>> warnings) {

        public boolean isRunning() {
            return state.equals("running");
        }

        /** The job, from where its last committed batch ends. */
        public ImportJob goOn(ImportJob job) {
            ImportJob going = job.resume(importId, position, counts, warnings, false);
            if (!isRunning()) {
                going.cancel();
            }
            return going;
        }
    }

    /** The import of a file in the spool; empty when it was never entered, or its tenant is gone. */
    public Optional<Kept> kept(String tenant, UUID importId) {
        return database.read(
                tenant,
                client -> client.sql(Statements.text("read-kept-import"))
                        .param("tenant", tenant)
                        .param("import_id", importId)
                        .query((row, number) -> {
                            String path = row.getString("claim_path");
                            return new Kept(
                                    importId,
                                    new WorkspaceId(tenant, row.getString("workspace_id")),
                                    row.getString("source"),
                                    row.getString("kind"),
                                    row.getString("state"),
                                    row.getString("file_name"),
                                    Sender.hub(row.getString("actor")),
                                    row.getString("content_hash"),
                                    FileOptions.ofStored(row.getString("options")),
                                    path == null
                                            ? null
                                            : new IdempotencyClaim(
                                                    path, row.getString("claim_key"), row.getString("claim_hash")),
                                    row.getLong("position"),
                                    counts(row),
                                    list(row.getString("warnings")));
                        })
                        .optional());
    }

    /** How a dropped file was understood when an earlier run began with it. */
    public Optional<FileOptions> droppedOptions(WorkspaceId workspace, String contentHash, String dropKey) {
        return database.read(
                workspace.tenant(),
                client -> client.sql(Statements.text("find-dropped-options"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("content_hash", HexFormat.of().parseHex(contentHash))
                        .param("resume_key", ImportJob.dropResumeKey(dropKey))
                        .query(String.class)
                        .optional()
                        .map(FileOptions::ofStored));
    }

    /** Whether somebody has ended the import. */
    public boolean isCancelled(ImportJob job) {
        return kept(job.workspace().tenant(), job.id())
                .map(entered -> entered.state().equals("cancelled"))
                .orElse(false);
    }

    /** Closes an import that can never be gone on with. */
    public void giveUp(WorkspaceId workspace, UUID importId, String failure) {
        database.write(
                workspace.tenant(),
                client -> client.sql(Statements.text("fail-import"))
                        .param("tenant", workspace.tenant())
                        .param("import_id", importId)
                        .param("failure", failure)
                        .update());
    }

    private static Map<Action, Long> counts(ResultSet row) throws SQLException {
        Map<Action, Long> counts = new EnumMap<>(Action.class);
        for (Action action : Action.values()) {
            counts.put(action, row.getLong(action.code()));
        }
        return counts;
    }

    private static List<Map<String, @Nullable Object>> list(String stored) {
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (Object entry : (List<?>) java.util.Objects.requireNonNull(Json.readStored(stored))) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            ((Map<?, ?>) java.util.Objects.requireNonNull(entry))
                    .forEach((name, value) -> object.put(String.valueOf(name), value));
            list.add(object);
        }
        return list;
    }

    /** Adds what came of a batch to its job. */
    public void add(ImportJob job, Batch batch) {
        job.add(batch);
    }

    /** Closes a job that went through, and remembers its answer where a key claims it. */
    public Answer finish(ImportJob job) {
        try {
            if (job.finished()) {
                return Answer.ok(job.answer());
            }
            return database.write(job.workspace().tenant(), client -> {
                if (job.dryRun()) {
                    return remembered(client, job);
                }
                if (job.resumed()) {
                    restoreErrors(client, job);
                }
                int closed = client.sql(Statements.text("finish-import"))
                        .param("tenant", job.workspace().tenant())
                        .param("import_id", job.id())
                        .param("errors", Json.write(job.errors()))
                        .param("warnings", Json.write(job.warnings()))
                        .update();
                if (closed == 0) {
                    throw new ImportEndedException();
                }
                return remembered(client, job);
            });
        } finally {
            release(job);
        }
    }

    /** The faults that were found before the crash are in quarantine, and in no memory any more. */
    private static void restoreErrors(JdbcClient client, ImportJob job) {
        job.errors().clear();
        client.sql(Statements.text("read-import-errors"))
                .param("tenant", job.workspace().tenant())
                .param("import_id", job.id())
                .query((row, number) -> {
                    for (Object fault :
                            (List<?>) java.util.Objects.requireNonNull(Json.readStored(row.getString("errors")))) {
                        Map<String, @Nullable Object> error = new LinkedHashMap<>();
                        error.put("row", row.getInt("import_row"));
                        ((Map<?, ?>) fault).forEach((name, value) -> error.put(String.valueOf(name), value));
                        error.put("rejected_id", row.getString("rejected_id"));
                        if (job.errors().size() < ImportJob.LISTED) {
                            job.errors().add(error);
                        }
                    }
                    return true;
                })
                .list();
    }

    private static Answer remembered(JdbcClient client, ImportJob job) {
        Answer answer = Answer.ok(job.answer());
        remember(client, job.workspace(), job.claim(), answer);
        return answer;
    }

    /** Remembers the first answer to a call with a key: one that has an answer already keeps it. */
    private static void remember(
            JdbcClient client, WorkspaceId workspace, @Nullable IdempotencyClaim claim, Answer answer) {
        if (claim != null) {
            client.sql(Statements.text("insert-answer"))
                    .param("tenant", workspace.tenant())
                    .param("workspace", workspace.workspace())
                    .param("path", claim.path())
                    .param("key", claim.key())
                    .param("body_hash", HexFormat.of().parseHex(claim.bodyHash()))
                    .param("status", answer.status())
                    .param("answer", new String(answer.body(), StandardCharsets.UTF_8))
                    .update();
        }
    }

    /** Remembers that a call was answered before its import has ended. */
    public void remember(WorkspaceId workspace, @Nullable IdempotencyClaim claim, Answer answer) {
        if (claim != null) {
            database.write(workspace.tenant(), client -> {
                remember(client, workspace, claim, answer);
                return true;
            });
        }
    }

    /** Closes a call that could not go on, and lets its failure go on. */
    public void fail(ImportJob job, Exception failure) throws Exception {
        close(job);
        throw failure;
    }

    private void close(ImportJob job) {
        try {
            if (!job.dryRun()) {
                database.write(
                        job.workspace().tenant(),
                        client -> client.sql(Statements.text("fail-import"))
                                .param("tenant", job.workspace().tenant())
                                .param("import_id", job.id())
                                .param(
                                        "failure",
                                        "The import was interrupted; send the file again, rows already taken are known.")
                                .update());
            }
        } catch (RuntimeException databaseIsGone) {
            LOG.warn("Import {} could not be closed: {}", job.id(), databaseIsGone.toString());
        } finally {
            release(job);
        }
    }
}
