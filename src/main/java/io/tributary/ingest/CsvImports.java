package io.tributary.ingest;

import io.tributary.answer.ApiException;
import io.tributary.csv.CsvFile;
import io.tributary.csv.CsvRow;
import io.tributary.csv.RowReader;
import io.tributary.csv.UnreadableCsvException;
import io.tributary.deal.FieldError;
import io.tributary.deal.Warning;
import io.tributary.json.Json;
import io.tributary.mapping.ColumnStyles;
import io.tributary.mapping.Evidence;
import io.tributary.mapping.HeaderPlan;
import io.tributary.mapping.Mapping;
import io.tributary.mapping.Suggestion;
import io.tributary.tenant.TenantSettingsStore;
import io.tributary.tenant.WorkspaceId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a job of a file of delimited text: what its columns mean is decided before the first row is taken. */
public final class CsvImports {
    public static final String SOURCE = "csv";

    /** So many rows are looked at to tell what a column without a known name holds. */
    private static final int ROWS_LOOKED_AT = 200;

    private final Mappings mappings;
    private final TenantSettingsStore settings;
    private final ColumnMemory memory;

    public CsvImports(Mappings mappings, TenantSettingsStore settings, ColumnMemory memory) {
        this.mappings = mappings;
        this.settings = settings;
        this.memory = memory;
    }

    /**
     * A file as it is understood.
     *
     * @param options what was told, completed by what was settled, so that the file is understood alike another time
     * @param suggestions what else its columns may be, as far as nothing else tells
     * @param remembered the mapping that the workspace remembers of such a file, where it is used
     */
    public record Understood(
            CsvFile file,
            HeaderPlan plan,
            FileOptions options,
            List<Suggestion> suggestions,
            ColumnMemory.@Nullable Remembered remembered) {}

    /**
     * Understands the columns of a file, by all that is told, remembered and known of their names.
     *
     * @throws UnreadableCsvException when it is no text, or has nothing in it
     * @throws ApiException 422 when what is told does not fit the file
     */
    public Understood understand(WorkspaceId workspace, Path path, FileOptions told)
            throws IOException, UnreadableCsvException {
        Mapping mapping = mappings.of(SOURCE).orElseThrow();
        CsvFile file = CsvFile.open(path, told.csv().withKnownHeader(cell -> knows(mapping, cell)));
        Locale locale = told.locale() == null ? settings.of(workspace.tenant()).locale() : told.locale();
        ColumnMemory.Remembered remembered = told.mapping() == null && file.header() != null
                ? memory.find(workspace, file.header()).orElse(null)
                : null;
        FileOptions options = remembered == null
                ? told.mapped(told.fields(), told.values())
                : told.mapped(remembered.fields(), remembered.values());
        List<String> header = header(file, options);
        HeaderPlan plan = plan(mapping, header, options.fields());
        List<Suggestion> suggestions =
                told.mapping() == null && file.header() != null ? plan.suggestions(firstRows(file)) : List.of();
        Map<String, @Nullable String> fields = new LinkedHashMap<>(options.fields());
        suggestions.stream()
                .filter(Suggestion::isCertain)
                .forEach(one -> fields.put(one.header(), one.field().code()));
        if (fields.size() > options.fields().size()) {
            options = options.mapped(fields, options.values());
            plan = plan(mapping, header, fields);
        }
        return new Understood(file, plan, options.in(locale), suggestions, remembered);
    }

    /** Reads the whole file once: one reading of numbers and dates holds for a whole column. */
    public static ColumnStyles decide(Understood understood) throws IOException, UnreadableCsvException {
        Evidence evidence = understood.plan().evidence();
        try (RowReader rows = understood.file().rows()) {
            while (rows.hasNext()) {
                evidence.observe(rows.next().cells());
            }
        } catch (UncheckedIOException e) {
            // An iterator has no other way to say that the content is to blame.
            throw e.getCause() instanceof UnreadableCsvException unreadable ? unreadable : e.getCause();
        }
        FileOptions options = understood.options();
        return evidence.decide(
                java.util.Objects.requireNonNull(options.locale()), options.decimal(), options.dateOrder());
    }

    /** What was told and settled of a file, with how its columns are written: to read a row of it when the file is gone. */
    private static String stored(FileOptions options, ColumnStyles styles) {
        Map<String, @Nullable Object> stored = Json.readObject(options.json());
        stored.put("styles", styles.stored());
        return Json.write(stored);
    }

    /** How the rows of a file are read. */
    public static RecordReader reader(Understood understood, ColumnStyles styles) {
        try {
            return new CsvRecordReader(
                    understood.plan(), styles, understood.options().values());
        } catch (HeaderPlan.OverrideException e) {
            throw ApiException.invalid(List.of(new FieldError("values", null, String.valueOf(e.getMessage()))));
        }
    }

    /**
     * The file as a job.
     *
     * @param id the import it is, or will be
     * @param hash SHA-256 of its content, in hexadecimal
     */
    public ImportJob job(
            UUID id,
            WorkspaceId workspace,
            ImportJob.Kind kind,
            Sender sender,
            Path path,
            @Nullable String name,
            String hash,
            FileOptions told,
            boolean dryRun)
            throws IOException, UnreadableCsvException {
        Understood understood = understand(workspace, path, told);
        if (understood.plan().columns().isEmpty()) {
            throw ApiException.invalid(List.of(new FieldError(
                    "mapping", null, "is needed, since the file has no header: give each column's number a field")));
        }
        ColumnStyles styles = decide(understood);
        RecordReader reader = reader(understood, styles);
        ImportJob job = new ImportJob(
                        id, workspace, SOURCE, kind, sender, hash, reader, new CsvRows(understood.file()), dryRun)
                .ofFile(name, columns(understood))
                .read(stored(understood.options(), styles), understood.file().size());
        if (understood.remembered() != null) {
            job.note("remembered_mapping", understood.remembered().view());
            if (!dryRun) {
                memory.used(workspace, understood.remembered().id());
            }
        }
        understood.suggestions().stream().filter(Suggestion::isCertain).forEach(one -> job.warn(warning(one)));
        styles.warnings().forEach(job::warn);
        return job;
    }

    /** The names of the columns as a list of refused rows gives them back. */
    private static List<String> columns(Understood understood) {
        return understood.plan().columns().stream()
                .map(HeaderPlan.Column::header)
                .toList();
    }

    private static Warning warning(Suggestion suggestion) {
        return new Warning(
                suggestion.field().code(),
                "Column \"" + suggestion.header() + "\" was taken as "
                        + suggestion.field().code() + ": " + suggestion.why() + ".");
    }

    /** Why a file cannot be read, as the end of a sentence that begins with it. */
    public static String reason(UnreadableCsvException e) {
        String sentence = String.valueOf(e.getMessage());
        return "cannot be read: " + (sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence);
    }

    /** What a sender of a file that cannot be read is told. */
    public static ApiException refusal(UnreadableCsvException e) {
        return ApiException.invalid(List.of(new FieldError("file", null, reason(e))));
    }

    /** SHA-256 of the file's content, in hexadecimal. */
    public static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return ContentHash.of(in);
        }
    }

    private static boolean knows(Mapping mapping, String cell) {
        return mapping.plan(List.of(cell), Map.of()).columns().get(0).field() != null;
    }

    private static List<String[]> firstRows(CsvFile file) throws IOException {
        List<String[]> first = new ArrayList<>();
        try (RowReader rows = file.rows()) {
            while (first.size() < ROWS_LOOKED_AT && rows.hasNext()) {
                first.add(rows.next().cells());
            }
        } catch (UncheckedIOException e) {
            throw java.util.Objects.requireNonNull(e.getCause());
        }
        return first;
    }

    private static List<String> header(CsvFile file, FileOptions told) {
        List<String> header = file.header();
        if (header != null) {
            return header;
        }
        int columns = told.fields().keySet().stream()
                .mapToInt(CsvImports::columnNumber)
                .max()
                .orElse(0);
        List<String> numbered = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            numbered.add(Integer.toString(i));
        }
        return numbered;
    }

    private static int columnNumber(String name) {
        try {
            int number = Integer.parseInt(name.strip());
            if (number >= 1 && number <= CsvFile.MAX_COLUMNS) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Refused below, like a number out of range.
        }
        throw ApiException.invalid(List.of(new FieldError(
                "mapping", name, "names no column by its number, counted from 1, as a file without header needs")));
    }

    private static HeaderPlan plan(Mapping mapping, List<String> header, Map<String, @Nullable String> fields) {
        try {
            return mapping.plan(header, fields);
        } catch (HeaderPlan.OverrideException e) {
            throw ApiException.invalid(List.of(new FieldError("mapping", null, String.valueOf(e.getMessage()))));
        }
    }

    /** The rows of a file as a job takes them. */
    private static final class CsvRows implements ImportJob.Rows {
        private final CsvFile file;
        private @Nullable RowReader open;

        CsvRows(CsvFile file) {
            this.file = file;
        }

        @Override
        public Iterator<Map.Entry<Integer, Object>> open() throws IOException {
            RowReader reader = file.rows();
            open = reader;
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return reader.hasNext();
                }

                @Override
                public Map.Entry<Integer, Object> next() {
                    CsvRow row = reader.next();
                    return Map.entry(row.row(), row.cells());
                }
            };
        }

        @Override
        public long bytesRead() {
            RowReader reader = open;
            return reader == null ? 0 : reader.bytesRead();
        }

        @Override
        public void close() {
            RowReader reader = open;
            open = null;
            if (reader != null) {
                reader.close();
            }
        }
    }
}
