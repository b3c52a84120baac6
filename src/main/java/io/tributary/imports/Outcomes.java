package io.tributary.imports;

import io.tributary.answer.FileAnswer;
import io.tributary.http.Call;
import io.tributary.ingest.Batch;
import io.tributary.ingest.Entry;
import io.tributary.ingest.ImportJob;
import io.tributary.ingest.Outcome;
import io.tributary.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a dry run comes to, row by row, as a JSON object a line; the last line is the answer that the dry run gives
 * otherwise, under {@code summary}.
 */
public final class Outcomes {
    private static final String NDJSON = "application/x-ndjson";

    private final FileImports files;
    private final Path folder;

    /**
     * Keeps outcomes in {@code folder} until they are sent.
     *
     * @param files the door for files
     */
    public Outcomes(FileImports files, Path folder) throws IOException {
        this.files = files;
        this.folder = Files.createDirectories(folder);
    }

    /** A dry run whose outcomes are written down. */
    public record Recorded(ImportJob job, Path file, BufferedWriter out) {}

    /** Whether a call asks for the outcome of each row. */
    public static boolean areAskedFor(Call call) {
        return call.parameter("outcomes").filter("true"::equals).isPresent()
                || "true".equals(call.form().get("outcomes"));
    }

    /** The file of the call as a dry run, written down row by row. */
    public Recorded record(Call call) throws IOException {
        ImportJob job = files.dryRun(call);
        Path file = Files.createTempFile(folder, "outcomes", null);
        BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        job.watchedBy(batch -> write(batch, job.id(), out));
        return new Recorded(job, file, out);
    }

    private static void write(Batch batch, UUID since, BufferedWriter out) {
        try {
            for (Entry entry : batch.entries()) {
                out.write(Json.write(Outcome.row(entry, since)));
                out.newLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing the outcomes of a dry run", e);
        }
    }

    /** The outcomes of a dry run that has ended. */
    public FileAnswer answer(Recorded recorded) throws IOException {
        Map<String, @Nullable Object> last = new LinkedHashMap<>();
        last.put("summary", recorded.job().answer());
        recorded.out().write(Json.write(last));
        recorded.out().newLine();
        recorded.out().close();
        return new FileAnswer(recorded.file(), NDJSON);
    }

    /** Throws away the outcomes of a dry run that failed. */
    public void discard(Recorded recorded, Exception failure) throws Exception {
        recorded.out().close();
        Files.deleteIfExists(recorded.file());
        throw failure;
    }
}
