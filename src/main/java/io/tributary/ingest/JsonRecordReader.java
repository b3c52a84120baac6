package io.tributary.ingest;

import io.tributary.deal.FieldError;
import io.tributary.json.Json;
import io.tributary.mapping.Mapping;
import io.tributary.mapping.Normalised;
import io.tributary.mapping.RawRecord;
import io.tributary.mapping.ReadingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads records that are JSON objects, or that should have been. */
public final class JsonRecordReader implements RecordReader {
    /** Something in the place of a record that is no JSON at all. */
    public record Unreadable(String text, String reason) {}

    /** Something in the place of a record that is JSON, but no object. */
    public record NoObject(@Nullable Object value) {}

    private final Mapping mapping;

    public JsonRecordReader(Mapping mapping) {
        this.mapping = mapping;
    }

    /** {@code value} as the content of an entry. */
    public static Object content(@Nullable Object value) {
        return value instanceof Map<?, ?> ? value : new NoObject(value);
    }

    @Override
    public Normalised read(int row, Object content, ReadingContext context) {
        if (content instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            map.forEach((key, value) -> fields.put(String.valueOf(key), value));
            return mapping.normalise(new RawRecord(row, fields), context);
        }
        if (content instanceof Unreadable unreadable) {
            return refused(unreadable.text, unreadable.reason);
        }
        return refused(original(content), "is no JSON object");
    }

    private static Normalised refused(String text, String reason) {
        String value = text.length() > 200 ? text.substring(0, 200) : text;
        return new Normalised.Refused(List.of(new FieldError("record", value, reason)));
    }

    @Override
    public String original(Object content) {
        if (content instanceof Unreadable unreadable) {
            return Json.write(unreadable.text);
        }
        return Json.write(content instanceof NoObject other ? other.value : content);
    }
}
