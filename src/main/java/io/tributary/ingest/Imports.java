package io.tributary.ingest;

import io.tributary.answer.Answer;
import io.tributary.answer.AnsweredBefore;
import io.tributary.answer.ApiException;
import io.tributary.json.Json;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    public Imports(TenantDatabase database) {
        this.database = database;
    }

    /** From now on no dropped file is gone on with, and after {@code patience} no call either. */
    public void stop(Duration patience) {
        stopAt = System.nanoTime() + patience.toNanos();
    }

    private boolean mustStop(ImportJob.Kind kind) {
        Long limit = stopAt;
        return limit != null && (kind == ImportJob.Kind.DROP || System.nanoTime() - limit > 0);
    }

    /**
     * Enters a job, or finds where an earlier run of the same dropped file or the same call stopped.
     *
     * @throws AnsweredBefore when the job's idempotency key was answered already
     */
    public ImportJob begin(ImportJob job) {
        String key = claimKey(job);
        if (key != null && !running.add(key)) {
            throw ApiException.inProgress();
        }
        try {
            replay(job);
            ImportJob entered = job.dryRun() ? job : enter(job);
            entered.stopWhen(() -> mustStop(entered.kind()));
            return entered;
        } catch (RuntimeException e) {
            release(job);
            throw e;
        }
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

    private void replay(ImportJob job) {
        IdempotencyClaim claim = job.claim();
        if (claim == null) {
            return;
        }
        database.read(job.workspace().tenant(), client -> {
            client.sql(Statements.text("read-answer"))
                    .param("tenant", job.workspace().tenant())
                    .param("workspace", job.workspace().workspace())
                    .param("path", claim.path())
                    .param("key", claim.key())
                    .query((row, number) -> {
                        if (!HexFormat.of().formatHex(row.getBytes("body_hash")).equals(claim.bodyHash())) {
                            throw ApiException.conflict(
                                    "idempotency_key_reused",
                                    "This Idempotency-Key was used for a request with another body.");
                        }
                        throw new AnsweredBefore(Answer.replayed(
                                row.getInt("status"), row.getString("answer").getBytes(StandardCharsets.UTF_8)));
                    })
                    .list();
            return true;
        });
    }

    private ImportJob enter(ImportJob job) {
        return database.write(job.workspace().tenant(), client -> {
            ImportJob earlier = job.dryRun() || job.resumeKey() == null ? null : interrupted(client, job);
            if (earlier != null) {
                return earlier;
            }
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
        });
    }

    private static @Nullable ImportJob interrupted(JdbcClient client, ImportJob job) {
        ImportJob earlier = client.sql(Statements.text("find-interrupted-import"))
                .param("tenant", job.workspace().tenant())
                .param("workspace", job.workspace().workspace())
                .param("content_hash", HexFormat.of().parseHex(job.contentHash()))
                .param("resume_key", job.resumeKey())
                .query((row, number) -> {
                    Map<Action, Long> counts = new EnumMap<>(Action.class);
                    for (Action action : Action.values()) {
                        counts.put(action, row.getLong(action.code()));
                    }
                    ImportJob resumed = job.resume(
                            row.getObject("import_id", UUID.class),
                            row.getLong("position"),
                            counts,
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
            if (job.dryRun()) {
                return Answer.ok(job.answer());
            }
            if (job.finished()) {
                return Answer.ok(job.answer());
            }
            return database.write(job.workspace().tenant(), client -> {
                if (job.resumed()) {
                    restoreErrors(client, job);
                }
                client.sql(Statements.text("finish-import"))
                        .param("tenant", job.workspace().tenant())
                        .param("import_id", job.id())
                        .param("errors", Json.write(job.errors()))
                        .param("warnings", Json.write(job.warnings()))
                        .update();
                String answer = Json.write(job.answer());
                remember(client, job, answer);
                return new Answer(200, "application/json", answer.getBytes(StandardCharsets.UTF_8), Map.of());
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

    private static void remember(JdbcClient client, ImportJob job, String answer) {
        IdempotencyClaim claim = job.claim();
        if (claim != null) {
            client.sql(Statements.text("insert-answer"))
                    .param("tenant", job.workspace().tenant())
                    .param("workspace", job.workspace().workspace())
                    .param("path", claim.path())
                    .param("key", claim.key())
                    .param("body_hash", HexFormat.of().parseHex(claim.bodyHash()))
                    .param("status", 200)
                    .param("answer", answer)
                    .update();
        }
    }

    /** Closes a job that could not go on, and lets its failure go on; a dropped file goes on from where it stopped. */
    public void fail(ImportJob job, Exception failure) throws Exception {
        close(job);
        throw failure;
    }

    private void close(ImportJob job) {
        try {
            if (!job.dryRun() && job.kind() != ImportJob.Kind.DROP) {
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
