package io.tributary.quarantine;

import io.tributary.csv.CsvWriter;
import io.tributary.http.Call;
import io.tributary.json.Json;
import io.tributary.mapping.Mapping;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The quarantine as a table to be mended and uploaded again: the columns that the records came with, and last of all
 * {@code error}. Rows of files keep their columns; of objects each field is a column, an object within is opened. It is
 * written to a file first, so that neither memory nor a connection is held for however slowly it is fetched.
 */
public final class RejectedTable {
    private static final String ERROR = "error";

    /** Names beyond so many share one column, as JSON. */
    private static final int COLUMNS = 2_000;

    private static final String OTHERS = "other fields";

    private final Quarantine quarantine;
    private final Readers readers;
    private final Path folder;

    /** @param folder for files that live as long as an answer is sent */
    RejectedTable(Quarantine quarantine, Readers readers, Path folder) {
        this.quarantine = quarantine;
        this.readers = readers;
        this.folder = folder;
    }

    /** Whether the caller wants a table rather than JSON. */
    public static boolean isWanted(Call call) {
        return call.header("accept")
                .map(types -> types.contains("text/csv") && !types.contains("application/json"))
                .orElse(false);
    }

    /** Every record that the filters let through, as CSV; whoever reads it to its end and closes it leaves nothing behind. */
    public InputStream write(Call call) throws IOException {
        RejectedFilter filter = RejectedFilter.of(call);
        Map<String, String> columns = new LinkedHashMap<>();
        Layouts layouts = new Layouts(call.workspace().tenant());
        Iterator<Quarantined> first = quarantine.scan(call.workspace(), filter);
        while (first.hasNext() && columns.size() < COLUMNS) {
            cells(layouts, first.next()).forEach(cell -> {
                if (columns.size() < COLUMNS) {
                    columns.putIfAbsent(cell.name, cell.header);
                }
            });
        }
        boolean full = columns.size() >= COLUMNS;
        Path file = Files.createTempFile(folder, "rejected", ".csv");
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            CsvWriter csv = new CsvWriter(out);
            List<String> header = new ArrayList<>(columns.values());
            if (full) {
                header.add(OTHERS);
            }
            header.add(ERROR);
            csv.row(header);
            Iterator<Quarantined> second = quarantine.scan(call.workspace(), filter);
            while (second.hasNext()) {
                Quarantined record = second.next();
                csv.row(line(columns, full, cells(layouts, record), record));
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** @param name tells columns apart; {@code header} is what the file calls it, which may stand there twice */
    private record Cell(String name, String header, String value) {}

    private static List<String> line(Map<String, String> columns, boolean full, List<Cell> cells, Quarantined record) {
        Map<String, String> values = new HashMap<>();
        Map<String, @Nullable Object> others = new LinkedHashMap<>();
        for (Cell cell : cells) {
            if (columns.containsKey(cell.name)) {
                values.put(cell.name, cell.value);
            } else {
                others.put(cell.name, cell.value);
            }
        }
        List<String> line = new ArrayList<>(columns.size() + 2);
        columns.keySet().forEach(name -> line.add(values.getOrDefault(name, "")));
        if (full) {
            line.add(others.isEmpty() ? "" : Json.write(others));
        }
        line.add(reasons(record.errors()));
        return line;
    }

    /** Why a record was refused, in one cell. */
    static String reasons(List<?> errors) {
        List<String> reasons = new ArrayList<>();
        for (Object fault : errors) {
            if (fault instanceof Map<?, ?> error) {
                reasons.add(error.get("field") + " " + error.get("error"));
            }
        }
        return String.join("; ", reasons);
    }

    private List<Cell> cells(Layouts layouts, Quarantined record) {
        List<Cell> cells = new ArrayList<>();
        if (record.raw() instanceof List<?> row) {
            List<String> header = layouts.header(record.importId());
            int reason = header.size() - 1;
            boolean hasReason = reason > 0 && header.get(reason).strip().equalsIgnoreCase(ERROR);
            Map<String, Integer> seen = new HashMap<>();
            for (int i = 0; i < Math.max(row.size(), header.size()); i++) {
                if (hasReason && i == reason) {
                    continue;
                }
                String title = i < header.size() ? header.get(i) : "column " + (i + 1);
                int times = seen.merge(title, 1, Integer::sum);
                String name = times == 1 ? title : title + " (" + times + ")";
                cells.add(new Cell(name, title, i < row.size() ? text(row.get(i)) : ""));
            }
        } else if (record.raw() instanceof Map<?, ?> object) {
            open(cells, readers.mapping(record).orElse(null), "", object);
        } else {
            cells.add(new Cell("record", "record", text(record.raw())));
        }
        return cells;
    }

    private static void open(List<Cell> cells, @Nullable Mapping mapping, String prefix, Map<?, ?> object) {
        object.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> inner) {
                open(cells, mapping, mapping != null && mapping.opens(name) ? "" : name + ".", inner);
            } else {
                cells.add(new Cell(name, name, text(value)));
            }
        });
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof List<?> ? Json.write(value) : value.toString();
    }

    /** The headers of the imports met so far. */
    private final class Layouts {
        private final String tenant;
        private final Map<UUID, List<String>> headers = new HashMap<>();

        Layouts(String tenant) {
            this.tenant = tenant;
        }

        List<String> header(@Nullable UUID importId) {
            if (importId == null) {
                return List.of();
            }
            return headers.computeIfAbsent(
                    importId,
                    id -> readers.layout(tenant, id).map(Readers.Layout::header).orElse(List.of()));
        }
    }
}
