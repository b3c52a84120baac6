package io.tributary.imports;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.csv.CsvFile;
import io.tributary.csv.CsvRow;
import io.tributary.csv.RowReader;
import io.tributary.csv.UnreadableCsvException;
import io.tributary.deal.FieldError;
import io.tributary.deal.OrderedId;
import io.tributary.http.Call;
import io.tributary.ingest.CsvImports;
import io.tributary.ingest.FileOptions;
import io.tributary.ingest.Imports;
import io.tributary.mapping.ColumnStyles;
import io.tributary.mapping.ReadingContext;
import io.tributary.tenant.TenantSettings;
import io.tributary.tenant.TenantSettingsStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows what an upload of a file would read, by the very reader of the upload, and writes nothing. */
public final class CsvPreview {
    private static final int USUAL_ROWS = 20;
    private static final int MOST_ROWS = 10_000;

    /** So many characters of cells are shown at most. */
    private static final long MOST_CHARACTERS = 20_000_000;

    private final Spool spool;
    private final CsvImports csv;
    private final Imports imports;
    private final TenantSettingsStore settings;

    public CsvPreview(Spool spool, CsvImports csv, Imports imports, TenantSettingsStore settings) {
        this.spool = spool;
        this.csv = csv;
        this.imports = imports;
        this.settings = settings;
    }

    /** What the file in the call holds and how it would be understood. */
    public Answer preview(Call call) throws IOException {
        Call.Upload upload = FileImports.file(call);
        FileOptions told = FileOptions.of(call.form());
        int limit = limit(call);
        String tenant = call.workspace().tenant();
        UUID id = OrderedId.next();
        try {
            Path file = spool.lend(tenant, id, upload.file()).file();
            CsvImports.Understood understood = csv.understand(call.workspace(), file, told);
            ColumnStyles styles = CsvImports.decide(understood);
            TenantSettings tenantSettings = settings.of(tenant);
            ReadingContext context = new ReadingContext(
                    tenantSettings.currency(),
                    tenantSettings.timeZone(),
                    tenantSettings.locale(),
                    tenantSettings.defaultValues());
            Trial trial = new Trial(understood, CsvImports.reader(understood, styles), context);
            Map<String, @Nullable Object> view = view(understood, styles, trial, limit);
            view.put(
                    "imported_before",
                    imports.earlier(call.workspace(), CsvImports.hash(file)).orElse(null));
            return Answer.ok(view);
        } catch (UnreadableCsvException e) {
            throw CsvImports.refusal(e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof UnreadableCsvException unreadable) {
                throw CsvImports.refusal(unreadable);
            }
            throw e;
        } finally {
            spool.release(tenant, id);
        }
    }

    private static Map<String, @Nullable Object> view(
            CsvImports.Understood understood, ColumnStyles styles, Trial trial, int limit) throws IOException {
        CsvFile file = understood.file();
        List<List<String>> rows = new ArrayList<>();
        ColumnViews columns = new ColumnViews(understood, styles);
        long characters = 0;
        int total = 0;
        int trailer;
        try (RowReader reader = file.rows()) {
            while (reader.hasNext()) {
                CsvRow row = reader.next();
                total++;
                columns.look(row.cells());
                if (rows.size() < limit && characters < MOST_CHARACTERS) {
                    rows.add(Arrays.asList(row.cells().clone()));
                    characters +=
                            Arrays.stream(row.cells()).mapToLong(String::length).sum();
                }
                trial.take(row);
            }
            trailer = reader.trailerRows();
        }
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("status", "success");
        view.put("encoding", file.encodingName());
        view.put("delimiter", String.valueOf(file.delimiter()));
        view.put("quote", file.quote() == null ? "" : file.quote().toString());
        view.put("columns", columns.views());
        view.put("header", file.header());
        view.put("rows", rows);
        view.put("trailer_rows", trailer);
        view.put("total_rows", total);
        view.put("export_of", understood.plan().system());
        view.put("missing", columns.missing());
        view.put("questions", columns.questions());
        view.put("warnings", columns.warnings());
        view.put("check", trial.view());
        view.put(
                "remembered_mapping",
                understood.remembered() == null ? null : understood.remembered().view());
        return view;
    }

    private static int limit(Call call) {
        String text = call.form().get("limit") instanceof String field && !field.isBlank()
                ? field
                : call.parameter("limit").orElse(null);
        if (text == null) {
            return USUAL_ROWS;
        }
        try {
            long number = Long.parseLong(text.strip());
            if (number >= 0) {
                return (int) Math.min(number, MOST_ROWS);
            }
        } catch (NumberFormatException noNumber) {
            // Refused below, like a number out of range.
        }
        throw ApiException.invalid(List.of(new FieldError("limit", text, "is no number from 0 to " + MOST_ROWS)));
    }
}
