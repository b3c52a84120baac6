package io.tributary.quarantine;

import io.tributary.ingest.CellMeanings;
import io.tributary.ingest.FileOptions;
import io.tributary.ingest.Mappings;
import io.tributary.ingest.ReplayReader;
import io.tributary.json.Json;
import io.tributary.mapping.ColumnStyles;
import io.tributary.mapping.DateOrder;
import io.tributary.mapping.Evidence;
import io.tributary.mapping.HeaderPlan;
import io.tributary.mapping.Mapping;
import io.tributary.pipeline.Row;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.TenantSettings;
import io.tributary.tenant.TenantSettingsStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds how a record in quarantine is read: by its source's mapping, and a row of a file as that file was understood. */
final class Readers {
    private static final String TABLES = "csv";

    private final TenantDatabase database;
    private final TenantSettingsStore settings;
    private final Mappings mappings;

    Readers(TenantDatabase database, TenantSettingsStore settings, Mappings mappings) {
        this.database = database;
        this.settings = settings;
        this.mappings = mappings;
    }

    /** What an import keeps of a file: the names of its columns, and what was told and settled of them. */
    record Layout(List<String> header, Map<?, ?> options) {}

    /** The mapping that reads the record; empty when its source is no more. */
    Optional<Mapping> mapping(Quarantined record) {
        return mappings.of(record.isTableRow() ? TABLES : record.source());
    }

    /** The reader of the record and of every other of its source and import. */
    Optional<ReplayReader> of(String tenant, Quarantined record) {
        return record.isTableRow()
                ? mapping(record).map(mapping -> rows(tenant, record, mapping))
                : mappings.replayReader(record.source());
    }

    /** How the file of an import is laid out; empty when the import keeps no header. */
    Optional<Layout> layout(String tenant, @Nullable UUID importId) {
        if (importId == null) {
            return Optional.empty();
        }
        return database.read(
                tenant,
                client -> client
                        .sql(Statements.text("read-import-layout"))
                        .param("tenant", tenant)
                        .param("import_id", importId)
                        .query()
                        .listOfRows()
                        .stream()
                        .findFirst()
                        .map(Row::new)
                        .filter(row -> row.json("header") instanceof List<?>)
                        .map(row -> new Layout(
                                ((List<?>) java.util.Objects.requireNonNull(row.json("header")))
                                        .stream().map(String::valueOf).toList(),
                                row.json("options") instanceof Map<?, ?> map ? map : Map.of())));
    }

    private ReplayReader rows(String tenant, Quarantined record, Mapping mapping) {
        String[] cells = ReplayReader.cells(record.raw());
        Layout layout = layout(tenant, record.importId()).orElseGet(() -> new Layout(numbered(cells.length), Map.of()));
        HeaderPlan plan = mapping.plan(layout.header, told(layout.options.get("mapping")));
        ColumnStyles styles = layout.options.get("styles") instanceof Map<?, ?> stored
                ? ColumnStyles.ofStored(stored)
                : ownEvidence(tenant, plan, cells, layout.options);
        return ReplayReader.ofRows(
                plan,
                styles,
                new CellMeanings(
                        plan, FileOptions.ofStored(Json.write(layout.options)).values()));
    }

    /** The file is gone and with it what its other rows told: the row speaks for itself, and the locale for the rest. */
    private ColumnStyles ownEvidence(String tenant, HeaderPlan plan, String[] cells, Map<?, ?> options) {
        Evidence evidence = plan.evidence();
        evidence.observe(cells);
        TenantSettings own = settings.of(tenant);
        Object decimal = options.get("decimal");
        Object order = options.get("date_order");
        Object locale = options.get("locale");
        return evidence.decide(
                locale == null ? own.locale() : Locale.forLanguageTag(locale.toString()),
                decimal == null ? null : Character.valueOf(decimal.toString().charAt(0)),
                order == null ? null : DateOrder.valueOf(order.toString().toUpperCase(Locale.ROOT)));
    }

    private static Map<String, @Nullable String> told(@Nullable Object mapping) {
        Map<String, @Nullable String> told = new LinkedHashMap<>();
        if (mapping instanceof Map<?, ?> map) {
            map.forEach(
                    (header, field) -> told.put(String.valueOf(header), field == null ? null : String.valueOf(field)));
        }
        return told;
    }

    private static List<String> numbered(int columns) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            names.add(Integer.toString(i));
        }
        return names;
    }

    /** Whether two records are read by the same reader. */
    static String group(Quarantined record) {
        return Json.write(List.of(record.source(), String.valueOf(record.importId()), record.isTableRow()));
    }
}
