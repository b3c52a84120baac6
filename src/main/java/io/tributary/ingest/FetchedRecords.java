package io.tributary.ingest;

import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.deal.OrderedId;
import io.tributary.json.Json;
import io.tributary.json.UnreadableJsonException;
import io.tributary.tenant.Keys;
import io.tributary.tenant.Tenants;
import io.tributary.tenant.WorkspaceId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a job of records that a route has fetched by itself: from a folder, a queue, another system's API. Nobody's key
 * says for whom, so the route does.
 */
public final class FetchedRecords {
    private static final int LONGEST = 10 * 1024 * 1024;

    private final Mappings mappings;
    private final Tenants tenants;

    public FetchedRecords(Mappings mappings, Tenants tenants) {
        this.mappings = mappings;
        this.tenants = tenants;
    }

    /**
     * The records of a body.
     *
     * @param body a JSON text, or what was read from one already: an object, an array of objects, or an object around one
     * @param recordsAt where in the body the array stands, as {@code data.items}; null when it is the body itself
     * @param source the source whose mapping reads them
     * @param workspace null for the tenant's first
     */
    public ImportJob job(
            Object body, @Nullable String recordsAt, String source, String tenant, @Nullable String workspace) {
        Object read = body instanceof byte[] bytes ? read(bytes) : body;
        List<?> records = records(within(read, recordsAt));
        WorkspaceId owner = workspace == null || workspace.isBlank()
                ? tenants.firstWorkspace(tenant)
                        .orElseThrow(() -> new IllegalArgumentException("there is no tenant " + tenant))
                : new WorkspaceId(tenant, workspace);
        String hash = HexFormat.of().formatHex(Keys.hash(Json.write(records)));
        return new ImportJob(
                OrderedId.next(),
                owner,
                source,
                ImportJob.Kind.BULK,
                new Sender("route:" + source, "none", false),
                hash,
                mappings.reader(source),
                () -> numbered(records),
                false);
    }

    private static @Nullable Object read(byte[] bytes) {
        if (bytes.length > LONGEST) {
            throw ApiException.of(413, "too_large", "The records are longer than 10 MB; fetch them in parts.");
        }
        try {
            return Json.read(bytes);
        } catch (UnreadableJsonException e) {
            throw ApiException.unparsable(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Object within(@Nullable Object body, @Nullable String recordsAt) {
        Object place = body;
        if (recordsAt != null && !recordsAt.isBlank()) {
            for (String name : recordsAt.split("\\.", -1)) {
                place = place instanceof Map<?, ?> object ? object.get(name) : null;
            }
            if (place == null) {
                throw ApiException.invalid(List.of(new FieldError(recordsAt, null, "is not there, or is null")));
            }
        }
        return place;
    }

    private static List<?> records(@Nullable Object found) {
        if (found instanceof List<?> list) {
            return list;
        }
        if (found instanceof Map<?, ?> one) {
            return List.of(one);
        }
        throw ApiException.invalid(List.of(new FieldError("body", null, "is neither an object nor an array of them")));
    }

    private static Iterator<Map.Entry<Integer, Object>> numbered(List<?> records) {
        List<Map.Entry<Integer, Object>> rows = new ArrayList<>(records.size());
        for (Object record : records) {
            rows.add(Map.entry(rows.size() + 1, JsonRecordReader.content(record)));
        }
        return rows.iterator();
    }
}
