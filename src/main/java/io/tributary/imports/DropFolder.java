package io.tributary.imports;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.csv.CsvWriter;
import io.tributary.csv.Tables;
import io.tributary.csv.UnreadableCsvException;
import io.tributary.deal.OrderedId;
import io.tributary.deal.Times;
import io.tributary.ingest.Action;
import io.tributary.ingest.CsvImports;
import io.tributary.ingest.FileOptions;
import io.tributary.ingest.ImportJob;
import io.tributary.ingest.Imports;
import io.tributary.ingest.Sender;
import io.tributary.json.Json;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.Tenants;
import io.tributary.tenant.WorkspaceId;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The drop folder: what a file put there belongs to, and what is left beside it. Everything is written before the file
 * itself is moved, which is the last step: until then a crash finds it in its place and goes on.
 */
public final class DropFolder {
    private final CsvImports csv;
    private final Imports imports;
    private final Tenants tenants;
    private final TenantDatabase database;
    private final ImportQueue queue;
    private final Settling settling = new Settling();
    private final Path unpacked;

    /**
     * @param unpacked folder for what is in packed files while they are read
     */
    public DropFolder(
            CsvImports csv, Imports imports, Tenants tenants, TenantDatabase database, ImportQueue queue, Path unpacked)
            throws IOException {
        this.csv = csv;
        this.imports = imports;
        this.tenants = tenants;
        this.database = database;
        this.queue = queue;
        this.unpacked = Files.createDirectories(unpacked);
    }

    /** A file that will never be read, however often it is tried. */
    public static final class Hopeless extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;

        Hopeless(String code, String sentence) {
            super(sentence);
            this.code = code;
        }
    }

    /** Whether a file has stopped growing and waits for nobody yet. */
    public boolean isReady(File found) {
        Path file = found.toPath();
        return !imports.stopping() && queue.find(key(file)).isEmpty() && settling.isSettled(file);
    }

    /**
     * Queues a file; the folder it lies in names the tenant.
     *
     * @throws Hopeless when there is no such tenant
     */
    public void queue(Path file) throws Hopeless {
        String tenant = file.getName(file.getNameCount() - 2).toString();
        WorkspaceId workspace = tenants.firstWorkspace(tenant)
                .orElseThrow(() -> new Hopeless("unknown_tenant", "There is no tenant " + tenant + "."));
        if (!queue.isFull(workspace)) {
            queue.add(new QueuedImport(workspace, key(file), new DroppedFile(workspace, file)));
        }
    }

    private static String key(Path file) {
        return "drop|" + file;
    }

    /** A file in the folder as the queue takes it. */
    private final class DroppedFile implements QueuedImport.File {
        private final WorkspaceId workspace;
        private final Path file;

        DroppedFile(WorkspaceId workspace, Path file) {
            this.workspace = workspace;
            this.file = file;
        }

        @Override
        public @Nullable ImportJob open() throws IOException, UnreadableCsvException {
            if (!Files.exists(file)) {
                return null;
            }
            String name = String.valueOf(file.getFileName());
            String appearance = name + "|" + Files.size(file) + "|"
                    + Files.getLastModifiedTime(file).toMillis();
            Path plain = unpacked.resolve(UUID.randomUUID().toString());
            boolean packed = Tables.unpack(file, plain);
            try {
                return open(packed ? plain : file, name, appearance, () -> Files.deleteIfExists(plain));
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(plain);
                throw e;
            }
        }

        private ImportJob open(Path table, String name, String appearance, ImportJob.Closing closing)
                throws IOException, UnreadableCsvException {
            String hash = CsvImports.hash(table);
            FileOptions told =
                    imports.droppedOptions(workspace, hash, appearance).orElse(FileOptions.nothing());
            ImportJob job = csv.job(
                            OrderedId.next(),
                            workspace,
                            ImportJob.Kind.DROP,
                            Sender.hub("drop folder"),
                            table,
                            name,
                            hash,
                            told,
                            false)
                    .dropped(appearance);
            return imports.beginDropped(job).whenClosed(closing);
        }

        @Override
        public void ended(ImportJob job, Answer answer) throws IOException {
            report(job, answer, file);
        }

        @Override
        public void refused(@Nullable ImportJob job, ApiException told, Exception reason) throws IOException {
            if (job != null) {
                imports.giveUp(workspace, job.id(), String.valueOf(told.getMessage()));
            }
            giveUp(
                    reason instanceof UnreadableCsvException
                            ? new Hopeless("unreadable_file", "The file cannot be read: " + reason.getMessage())
                            : new Hopeless(told.code(), String.valueOf(told.getMessage())),
                    file);
        }
    }

    /** Writes result and refused rows into {@code done/}, then moves the file there. */
    private void report(ImportJob job, Answer answer, Path file) throws IOException {
        Path done = Files.createDirectories(file.resolveSibling("done"));
        String name = freeName(done, String.valueOf(file.getFileName()));
        writeWhole(done.resolve(name + ".result.json"), answer.body());
        if (job.count(Action.REJECTED) > 0) {
            writeRejected(job, done.resolve(name + ".rejected.csv"));
        }
        Files.move(file, done.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        database.write(
                job.workspace().tenant(),
                client -> client.sql(Statements.text("release-drop"))
                        .param("tenant", job.workspace().tenant())
                        .param("import_id", job.id())
                        .update());
    }

    /** Writes why a file is hopeless into {@code failed/}, then moves it there. */
    public void giveUp(Exception reason, Path file) throws IOException {
        Path failed = Files.createDirectories(file.resolveSibling("failed"));
        String name = freeName(failed, String.valueOf(file.getFileName()));
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("status", "error");
        error.put("error", reason.getMessage());
        error.put("source", "csv");
        error.put("code", reason instanceof Hopeless hopeless ? hopeless.code : "unreadable_file");
        error.put("details", List.of());
        error.put("request_id", "none");
        writeWhole(failed.resolve(name + ".error.json"), Json.writeBytes(error));
        Files.move(file, failed.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String freeName(Path folder, String name) {
        if (!Files.exists(folder.resolve(name))) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String stamp = "-" + String.valueOf(Times.text(Times.now())).replaceAll("[^0-9]", "");
        return dot > 0 ? name.substring(0, dot) + stamp + name.substring(dot) : name + stamp;
    }

    /** A reader of the folder sees the whole file or none. */
    private static void writeWhole(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".new");
        Files.write(draft, content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void writeRejected(ImportJob job, Path file) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".new");
        try (BufferedWriter out = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
            CsvWriter csvOut = new CsvWriter(out);
            List<String> header = new ArrayList<>(java.util.Objects.requireNonNullElse(job.header(), List.of()));
            int columns = header.size();
            boolean hasReason = columns > 1 && header.get(columns - 1).strip().equalsIgnoreCase("error");
            if (!hasReason) {
                header.add("error");
            }
            csvOut.row(header);
            database.read(
                    job.workspace().tenant(),
                    client -> client.sql(Statements.text("read-rejected-rows"))
                            .param("tenant", job.workspace().tenant())
                            .param("import_id", job.id())
                            .query((row, number) -> write(csvOut, row, hasReason ? columns - 1 : columns))
                            .list()
                            .size());
            csvOut.close();
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean write(CsvWriter out, ResultSet row, int columns) throws SQLException {
        List<String> cells = new ArrayList<>(columns + 1);
        List<?> raw = (List<?>) java.util.Objects.requireNonNull(Json.readStored(row.getString("raw")));
        for (int i = 0; i < columns; i++) {
            cells.add(i < raw.size() ? String.valueOf(raw.get(i)) : "");
        }
        List<String> reasons = new ArrayList<>();
        for (Object fault : (List<?>) java.util.Objects.requireNonNull(Json.readStored(row.getString("errors")))) {
            Map<?, ?> error = (Map<?, ?>) fault;
            reasons.add(error.get("field") + " " + error.get("error"));
        }
        cells.add(String.join("; ", reasons));
        try {
            out.row(cells);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("writing refused rows", e);
        }
        return true;
    }
}
