package io.tributary.ingest;

import io.tributary.answer.ApiException;
import io.tributary.csv.CsvFile;
import io.tributary.csv.CsvOptions;
import io.tributary.csv.CsvRow;
import io.tributary.csv.RowReader;
import io.tributary.csv.UnreadableCsvException;
import io.tributary.deal.FieldError;
import io.tributary.deal.OrderedId;
import io.tributary.http.Call;
import io.tributary.json.Json;
import io.tributary.json.UnreadableJsonException;
import io.tributary.mapping.ColumnStyles;
import io.tributary.mapping.DateOrder;
import io.tributary.mapping.Evidence;
import io.tributary.mapping.HeaderPlan;
import io.tributary.mapping.Mapping;
import io.tributary.tenant.Keys;
import io.tributary.tenant.TenantSettings;
import io.tributary.tenant.TenantSettingsStore;
import io.tributary.tenant.WorkspaceId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a job of a CSV file, uploaded or dropped: what its columns mean is decided before the first row is taken. */
public final class CsvImports {
    private static final String SOURCE = "csv";

    private final Mappings mappings;
    private final TenantSettingsStore settings;

    public CsvImports(Mappings mappings, TenantSettingsStore settings) {
        this.mappings = mappings;
        this.settings = settings;
    }

    /** What a sender says of a file, in place of what would be found out. */
    private record Told(
            CsvOptions options,
            Map<String, @Nullable String> mapping,
            @Nullable Character decimal,
            @Nullable DateOrder dateOrder,
            boolean dryRun) {}

    /** The file of an upload. */
    public ImportJob upload(Call call) throws IOException {
        Call.Upload upload = call.files().get("file");
        if (upload == null) {
            throw ApiException.invalid(List.of(new FieldError("file", null, "is required")));
        }
        Told told = told(call.form());
        Sender sender = new Sender(call.caller().actor(), call.requestId(), false);
        String hash = hash(upload.file());
        IdempotencyClaim claim =
                Doorway.claim(call, () -> HexFormat.of().formatHex(Keys.hash(hash + Json.write(call.form()))));
        try {
            return job(call.workspace(), ImportJob.Kind.UPLOAD, sender, upload.file(), upload.fileName(), hash, told)
                    .claiming(claim);
        } catch (UnreadableCsvException e) {
            throw ApiException.invalid(List.of(new FieldError("file", null, reason(e))));
        }
    }

    /** A file that somebody put into the drop folder. */
    ImportJob drop(WorkspaceId workspace, Path file, String name, String dropKey)
            throws IOException, UnreadableCsvException {
        Told nothing = new Told(CsvOptions.detect(), Map.of(), null, null, false);
        return job(workspace, ImportJob.Kind.DROP, Sender.hub("drop folder"), file, name, hash(file), nothing)
                .dropped(dropKey);
    }

    /** Why a file cannot be read, as the end of a sentence that begins with it. */
    static String reason(UnreadableCsvException e) {
        String sentence = String.valueOf(e.getMessage());
        return "cannot be read: " + (sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence);
    }

    private ImportJob job(
            WorkspaceId workspace,
            ImportJob.Kind kind,
            Sender sender,
            Path path,
            @Nullable String name,
            String hash,
            Told told)
            throws IOException, UnreadableCsvException {
        Mapping mapping = mappings.of(SOURCE).orElseThrow();
        CsvFile file = CsvFile.open(path, told.options.withKnownHeader(cell -> knows(mapping, cell)));
        List<String> header = header(file, told);
        HeaderPlan plan = plan(mapping, header, told);
        TenantSettings tenant = settings.of(workspace.tenant());
        ColumnStyles styles = decide(file, plan, tenant, told);
        ImportJob job = new ImportJob(
                        OrderedId.next(),
                        workspace,
                        SOURCE,
                        kind,
                        sender,
                        hash,
                        new CsvRecordReader(plan, styles),
                        new CsvRows(file),
                        told.dryRun)
                .ofFile(name, header);
        styles.warnings().forEach(job::warn);
        return job;
    }

    private static boolean knows(Mapping mapping, String cell) {
        return mapping.plan(List.of(cell), Map.of()).columns().get(0).field() != null;
    }

    private static List<String> header(CsvFile file, Told told) {
        List<String> header = file.header();
        if (header != null) {
            return header;
        }
        if (told.mapping.isEmpty()) {
            throw ApiException.invalid(List.of(new FieldError(
                    "mapping", null, "is needed, since the file has no header: give each column's number a field")));
        }
        int columns = told.mapping.keySet().stream()
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

    private static HeaderPlan plan(Mapping mapping, List<String> header, Told told) {
        try {
            return mapping.plan(header, told.mapping);
        } catch (HeaderPlan.OverrideException e) {
            throw ApiException.invalid(List.of(new FieldError("mapping", null, String.valueOf(e.getMessage()))));
        }
    }

    /** Reads the whole file once: one reading of numbers and dates holds for a whole column. */
    private static ColumnStyles decide(CsvFile file, HeaderPlan plan, TenantSettings tenant, Told told)
            throws IOException, UnreadableCsvException {
        Evidence evidence = plan.evidence();
        try (RowReader rows = file.rows()) {
            while (rows.hasNext()) {
                evidence.observe(rows.next().cells());
            }
        } catch (UncheckedIOException e) {
            // An iterator has no other way to say that the content is to blame.
            throw e.getCause() instanceof UnreadableCsvException unreadable ? unreadable : e.getCause();
        }
        return evidence.decide(tenant.locale(), told.decimal, told.dateOrder);
    }

    private static Told told(Map<String, Object> form) {
        List<FieldError> faults = new ArrayList<>();
        Character delimiter = delimiter(text(form, "delimiter"), faults);
        Charset encoding = encoding(text(form, "encoding"), faults);
        Character decimal = decimal(text(form, "decimal"), faults);
        DateOrder order = dateOrder(text(form, "date_order"), faults);
        Map<String, @Nullable String> mapping = mapping(text(form, "mapping"), faults);
        if (!faults.isEmpty()) {
            throw ApiException.invalid(faults);
        }
        return new Told(
                new CsvOptions(delimiter, encoding), mapping, decimal, order, "true".equals(text(form, "dry_run")));
    }

    private static @Nullable String text(Map<String, Object> form, String field) {
        return form.get(field) instanceof String text && !text.isEmpty() ? text : null;
    }

    private static @Nullable Character delimiter(@Nullable String text, List<FieldError> faults) {
        if (text == null) {
            return null;
        }
        String character = text.equals("\\t") || text.equalsIgnoreCase("tab") ? "\t" : text;
        if (character.length() == 1 && "\"\r\n".indexOf(character.charAt(0)) < 0) {
            return character.charAt(0);
        }
        faults.add(new FieldError("delimiter", text, "is no single character between cells, such as ;"));
        return null;
    }

    private static @Nullable Charset encoding(@Nullable String text, List<FieldError> faults) {
        try {
            return text == null ? null : Charset.forName(text.strip());
        } catch (IllegalArgumentException unknown) {
            faults.add(new FieldError("encoding", text, "is no known encoding, such as windows-1252"));
            return null;
        }
    }

    private static @Nullable Character decimal(@Nullable String text, List<FieldError> faults) {
        if (text == null || text.equals(".") || text.equals(",")) {
            return text == null ? null : text.charAt(0);
        }
        faults.add(new FieldError("decimal", text, "is neither . nor ,"));
        return null;
    }

    private static @Nullable DateOrder dateOrder(@Nullable String text, List<FieldError> faults) {
        try {
            return text == null ? null : DateOrder.valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            faults.add(new FieldError("date_order", text, "is none of dmy, mdy and ymd"));
            return null;
        }
    }

    private static Map<String, @Nullable String> mapping(@Nullable String text, List<FieldError> faults) {
        Map<String, @Nullable String> mapping = new LinkedHashMap<>();
        if (text == null) {
            return mapping;
        }
        try {
            if (Json.read(text) instanceof Map<?, ?> map) {
                map.forEach((header, field) ->
                        mapping.put(String.valueOf(header), field == null ? null : String.valueOf(field)));
                return mapping;
            }
        } catch (UnreadableJsonException e) {
            // Refused below, like JSON that is no object.
        }
        faults.add(new FieldError(
                "mapping",
                text.length() > 200 ? text.substring(0, 200) : text,
                "is no JSON object from header to deal field"));
        return mapping;
    }

    /** SHA-256 of the file's content, in hexadecimal. */
    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return ContentHash.of(in);
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
        public void close() {
            if (open != null) {
                open.close();
                open = null;
            }
        }
    }
}
