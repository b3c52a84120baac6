package io.tributary.quarantine;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.DealField;
import io.tributary.deal.Stage;
import io.tributary.deal.Times;
import io.tributary.http.Call;
import io.tributary.ingest.Corrected;
import io.tributary.json.Json;
import io.tributary.mapping.ReadingContext;
import io.tributary.mapping.Understood;
import io.tributary.pipeline.Cursor;
import io.tributary.pipeline.Page;
import io.tributary.pipeline.Row;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.TenantSettings;
import io.tributary.tenant.TenantSettingsStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The quarantine, as it is read: each record as it came, with every fault found in it. */
public final class RejectedRecords {
    private final TenantDatabase database;
    private final TenantSettingsStore settings;
    private final Quarantine quarantine;
    private final Readers readers;

    RejectedRecords(TenantDatabase database, TenantSettingsStore settings, Quarantine quarantine, Readers readers) {
        this.database = database;
        this.settings = settings;
        this.quarantine = quarantine;
        this.readers = readers;
    }

    /** A page of records, newest first. */
    public Answer list(Call call) {
        return new Page(call, "list-rejected")
                .where("before", Cursor.id(call))
                .where(RejectedFilter.of(call).parameters())
                .read(database, RejectedRecords::view, row -> Cursor.of(row.id("rejected_id")));
    }

    /** What is wrong with the records, the most frequent first: up to a page of faults, each with how many have it. */
    public Answer causes(Call call) {
        return database.read(
                call.workspace().tenant(),
                client -> Answer.list(
                        client
                                .sql(Statements.text("list-rejected-causes"))
                                .param("tenant", call.workspace().tenant())
                                .param("workspace", call.workspace().workspace())
                                .param("rows", call.limit())
                                .params(RejectedFilter.of(call).parameters())
                                .query()
                                .listOfRows()
                                .stream()
                                .map(Row::new)
                                .map(RejectedRecords::cause)
                                .toList(),
                        null));
    }

    /** One record: as it came, beside what can be understood of it. */
    public Answer one(Call call) {
        Row row = quarantine.row(call.workspace(), call.idAt(1)).orElseThrow(ApiException::notFound);
        Quarantined record = Quarantined.of(row);
        TenantSettings tenant = settings.of(call.workspace().tenant());
        ReadingContext context =
                new ReadingContext(tenant.currency(), tenant.timeZone(), tenant.locale(), tenant.defaultValues());
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("rejected", view(row));
        body.put(
                "header",
                record.isTableRow()
                        ? readers.layout(call.workspace().tenant(), record.importId())
                                .map(Readers.Layout::header)
                                .orElse(null)
                        : null);
        readers.of(call.workspace().tenant(), record)
                .map(reader -> reader.understand(new Corrected(record.raw(), Map.of(), false), context))
                .ifPresentOrElse(understood -> addUnderstood(body, understood), () -> body.put("understood", null));
        return Answer.ok(body);
    }

    /** Takes a record out of the quarantine for good. */
    public Answer dismiss(Call call) {
        UUID id = call.idAt(1);
        int gone = database.write(
                call.workspace().tenant(),
                client -> client.sql(Statements.text("dismiss-rejected"))
                        .param("tenant", call.workspace().tenant())
                        .param("workspace", call.workspace().workspace())
                        .param("rejected_id", id)
                        .param("actor", call.caller().actor())
                        .update());
        if (gone == 0) {
            throw ApiException.notFound();
        }
        return Answer.empty(204);
    }

    private static void addUnderstood(Map<String, @Nullable Object> body, Understood understood) {
        Map<String, @Nullable Object> deal = new LinkedHashMap<>();
        for (DealField field : DealField.values()) {
            deal.put(field.code(), shown(understood.fields().get(field)));
        }
        deal.put("source_metadata", understood.metadata());
        body.put("understood", deal);
        body.put(
                "errors",
                understood.errors().stream()
                        .map(error -> named("field", error.field(), "value", error.value(), "error", error.error()))
                        .toList());
        body.put(
                "warnings",
                understood.warnings().stream()
                        .map(warning -> named("field", warning.field(), "message", warning.message()))
                        .toList());
    }

    private static Map<String, @Nullable Object> named(@Nullable String... namesAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }

    private static @Nullable Object shown(@Nullable Object value) {
        if (value == null || value instanceof BigDecimal) {
            return value;
        }
        if (value instanceof Instant moment) {
            return Times.text(moment);
        }
        return value instanceof Stage stage ? stage.code() : value.toString();
    }

    private static Map<String, @Nullable Object> cause(Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("source", row.text("source"));
        view.put("field", row.text("field"));
        view.put("error", row.text("error"));
        view.put("count", row.number("records"));
        view.put("example", row.text("example"));
        view.put("first_at", row.time("first_at"));
        view.put("last_at", row.time("last_at"));
        return view;
    }

    private static Map<String, @Nullable Object> view(Row row) {
        Object imports = Json.readStored(row.text("import_ids"));
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.text("rejected_id"));
        view.put("source", row.text("source"));
        view.put("import_id", imports instanceof List<?> ids && !ids.isEmpty() ? ids.get(ids.size() - 1) : null);
        view.put("import_ids", imports);
        view.put("row", row.number("import_row"));
        view.put("raw", row.json("raw"));
        view.put("errors", row.json("errors"));
        view.put("actor", row.text("actor"));
        view.put("created_at", row.time("created_at"));
        return view;
    }
}
