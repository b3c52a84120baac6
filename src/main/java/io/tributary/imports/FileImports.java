package io.tributary.imports;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.csv.UnreadableCsvException;
import io.tributary.deal.FieldError;
import io.tributary.deal.OrderedId;
import io.tributary.http.Call;
import io.tributary.ingest.ColumnMemory;
import io.tributary.ingest.CsvImports;
import io.tributary.ingest.Doorway;
import io.tributary.ingest.FileOptions;
import io.tributary.ingest.IdempotencyClaim;
import io.tributary.ingest.ImportJob;
import io.tributary.ingest.Imports;
import io.tributary.ingest.Sender;
import io.tributary.json.Json;
import io.tributary.tenant.Keys;
import io.tributary.tenant.WorkspaceId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The door for files. Each is read as far as it takes to understand it, kept, entered in the books, and only then queued:
 * from there on it is taken whatever happens to whoever sent it.
 */
public final class FileImports {
    /** So long a sender is kept waiting for the end: shorter than the patience of common clients. */
    private static final int PATIENCE_SECONDS = 15;

    private static final int MOST_PATIENCE_SECONDS = 600;
    private static final int BUSY_SECONDS = 30;
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,6})\"?");
    private static final Pattern ASYNC = Pattern.compile("(?:^|[,;])\\s*respond-async\\b");

    private final Spool spool;
    private final CsvImports csv;
    private final Imports imports;
    private final ImportQueue queue;
    private final KeptImports kept;
    private final ColumnMemory memory;

    public FileImports(
            Spool spool, CsvImports csv, Imports imports, ImportQueue queue, KeptImports kept, ColumnMemory memory) {
        this.spool = spool;
        this.csv = csv;
        this.imports = imports;
        this.queue = queue;
        this.kept = kept;
        this.memory = memory;
    }

    /** An upload that was let in, and its place in the queue where this hub takes it. */
    public record Admitted(
            UUID importId,
            @Nullable QueuedImport queued,
            @Nullable IdempotencyClaim claim) {}

    /** Lets the file of an upload in; it is taken when this returns, whatever happens now. */
    public Admitted admit(Call call) throws IOException {
        Call.Upload upload = file(call);
        FileOptions told = FileOptions.of(call.form());
        String sent = CsvImports.hash(upload.file());
        IdempotencyClaim claim = Doorway.claim(call, () -> bodyHash(sent, call));
        Sender sender = new Sender(call.caller().actor(), call.requestId(), false);
        ImportJob job = keep(
                call.workspace(), ImportJob.Kind.UPLOAD, sender, upload.fileName(), upload.file(), sent, told, claim);
        if (told.mapping() != null
                && (!told.fields().isEmpty() || !told.values().isEmpty())
                && !"false".equals(call.form().get("remember"))) {
            memory.remember(
                    call.workspace(),
                    java.util.Objects.requireNonNull(job.header()),
                    told,
                    call.caller().actor());
        }
        return admit(job, claim);
    }

    /**
     * Lets a file in that came with something else, such as a mail.
     *
     * @param actor how history and audit name who brought it
     * @return the import that takes it
     * @throws ApiException 422 when it cannot be read at all
     */
    public UUID accept(WorkspaceId workspace, String actor, @Nullable String fileName, InputStream content)
            throws IOException {
        Path draft = Files.createTempFile("tributary-file", null);
        try {
            Files.copy(content, draft, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            ImportJob job = keep(
                    workspace,
                    ImportJob.Kind.FILE,
                    Sender.hub(actor),
                    fileName,
                    draft,
                    CsvImports.hash(draft),
                    FileOptions.nothing(),
                    null);
            return admit(job, null).importId();
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private ImportJob keep(
            WorkspaceId workspace,
            ImportJob.Kind kind,
            Sender sender,
            @Nullable String name,
            Path content,
            String sent,
            FileOptions told,
            @Nullable IdempotencyClaim claim)
            throws IOException {
        if (queue.isFull(workspace)) {
            throw ApiException.tooMany(BUSY_SECONDS);
        }
        UUID id = OrderedId.next();
        try {
            Spool.Table table = spool.keep(workspace.tenant(), id, content);
            String hash = table.packed() ? CsvImports.hash(table.file()) : sent;
            return csv.job(id, workspace, kind, sender, table.file(), name, hash, told, false)
                    .claiming(claim);
        } catch (UnreadableCsvException e) {
            spool.release(workspace.tenant(), id);
            throw CsvImports.refusal(e);
        } catch (RuntimeException e) {
            spool.release(workspace.tenant(), id);
            throw e;
        }
    }

    private Admitted admit(ImportJob job, @Nullable IdempotencyClaim claim) throws IOException {
        WorkspaceId workspace = job.workspace();
        UUID importId;
        try {
            importId = imports.admit(job);
        } catch (RuntimeException e) {
            job.close();
            spool.release(workspace.tenant(), job.id());
            throw e;
        }
        if (importId.equals(job.id())) {
            return new Admitted(importId, queue.add(kept.queued(job)), claim);
        }
        // The same file is on its way already: whoever sent it again waits for that.
        job.close();
        spool.release(workspace.tenant(), job.id());
        return new Admitted(importId, queue.find(importId.toString()).orElse(null), claim);
    }

    /** The file of an upload as a dry run, which is neither kept nor queued. */
    public ImportJob dryRun(Call call) throws IOException {
        Call.Upload upload = file(call);
        FileOptions told = FileOptions.of(call.form());
        String sent = CsvImports.hash(upload.file());
        IdempotencyClaim claim = Doorway.claim(call, () -> bodyHash(sent, call));
        Sender sender = new Sender(call.caller().actor(), call.requestId(), false);
        UUID id = OrderedId.next();
        String tenant = call.workspace().tenant();
        try {
            Spool.Table table = spool.lend(tenant, id, upload.file());
            return csv.job(
                            id,
                            call.workspace(),
                            ImportJob.Kind.UPLOAD,
                            sender,
                            table.file(),
                            upload.fileName(),
                            table.packed() ? CsvImports.hash(table.file()) : sent,
                            told,
                            true)
                    .claiming(claim)
                    .whenClosed(() -> spool.release(tenant, id));
        } catch (UnreadableCsvException e) {
            spool.release(tenant, id);
            throw CsvImports.refusal(e);
        } catch (RuntimeException e) {
            spool.release(tenant, id);
            throw e;
        }
    }

    static Call.Upload file(Call call) {
        Call.Upload upload = call.files().get("file");
        if (upload == null) {
            throw ApiException.invalid(List.of(new FieldError("file", null, "is required")));
        }
        return upload;
    }

    private static String bodyHash(String contentHash, Call call) {
        return HexFormat.of().formatHex(Keys.hash(contentHash + Json.write(call.form())));
    }

    /** Waits for the end as long as the sender prefers, and answers with it, or that it will come. */
    public Answer answer(Admitted admitted, Call call) throws Exception {
        QueuedImport queued = admitted.queued();
        Optional<String> prefer = call.header("prefer").map(text -> text.toLowerCase(java.util.Locale.ROOT));
        int patience = prefer.map(FileImports::patience).orElse(PATIENCE_SECONDS);
        if (queued != null && patience > 0) {
            try {
                Answer answer = queued.answer().get(patience, TimeUnit.SECONDS);
                imports.remember(call.workspace(), admitted.claim(), answer);
                return answer;
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            } catch (CancellationException | TimeoutException notYet) {
                // Answered below: it goes on without its sender.
            }
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "accepted");
        body.put("import_id", admitted.importId().toString());
        Answer accepted = Answer.json(202, body).with("Location", Imports.location(admitted.importId()));
        imports.remember(call.workspace(), admitted.claim(), accepted);
        return prefer.filter(text -> ASYNC.matcher(text).find()).isPresent()
                ? accepted.with("Preference-Applied", "respond-async")
                : accepted;
    }

    /** Whether the sender prefers not to wait (RFC 7240, section 4.1). */
    static boolean prefersNotToWait(Call call) {
        return call.header("prefer")
                .map(text -> text.toLowerCase(java.util.Locale.ROOT))
                .filter(text -> ASYNC.matcher(text).find())
                .isPresent();
    }

    /** Seconds that the header {@code Prefer} asks to wait (RFC 7240). */
    private static int patience(String prefer) {
        Matcher wait = WAIT.matcher(prefer);
        if (wait.find()) {
            return Math.min(Integer.parseInt(wait.group(1)), MOST_PATIENCE_SECONDS);
        }
        return ASYNC.matcher(prefer).find() ? 0 : PATIENCE_SECONDS;
    }
}
