package io.tributary.salesforce;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of the Pub/Sub API. An Avro record holds every field of the object; which of them changed say bitmaps
 * over the schema's fields, in hexadecimal: {@code 0x650004E0}, and {@code 8-0x06} for parts of the ninth field.
 *
 * @see <a href="https://developer.salesforce.com/docs/platform/pub-sub-api/guide/event-deserialization-considerations.html">
 *     Pub/Sub API, "Event Deserialization Considerations"</a>
 */
final class AvroEvents {
    private static final String HEADER = "ChangeEventHeader";

    private AvroEvents() {}

    /** @throws IOException when the payload is not of the schema */
    static ChangeEvent read(byte[] payload, Schema schema) throws IOException {
        GenericRecord record = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(payload, null));
        if (schema.getField(HEADER) == null || !(record.get(HEADER) instanceof GenericRecord header)) {
            return ChangeEvent.other();
        }
        Set<String> nulled = names(header, "nulledFields", schema);
        Set<String> changed = names(header, "changedFields", schema);
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Schema.Field field : schema.getFields()) {
            Object value = value(record.get(field.name()), field);
            if (value != null && !field.name().equals(HEADER)) {
                fields.put(field.name(), value);
            }
        }
        changed.stream().filter(name -> !fields.containsKey(name)).forEach(nulled::add);
        return ChangeEvent.of(
                String.valueOf(header.get("changeType")),
                String.valueOf(header.get("entityName")),
                texts(header.get("recordIds")),
                fields,
                nulled,
                header.get("commitTimestamp") instanceof Long millis ? Instant.ofEpochMilli(millis) : Instant.now());
    }

    private static Set<String> names(GenericRecord header, String bitmaps, Schema schema) {
        Set<String> names = new LinkedHashSet<>();
        if (header.getSchema().getField(bitmaps) == null) {
            return names;
        }
        List<Schema.Field> fields = schema.getFields();
        for (String bitmap : texts(header.get(bitmaps))) {
            int dash = bitmap.indexOf('-');
            if (dash > 0) {
                names.add(
                        fields.get(Integer.parseInt(bitmap.substring(0, dash))).name());
            } else if (bitmap.startsWith("0x")) {
                BigInteger bits = new BigInteger(bitmap.substring(2), 16);
                for (int i = 0; i < bits.bitLength(); i++) {
                    if (bits.testBit(i)) {
                        names.add(fields.get(i).name());
                    }
                }
            } else {
                names.add(bitmap);
            }
        }
        return names;
    }

    private static List<String> texts(@Nullable Object list) {
        List<String> texts = new ArrayList<>();
        if (list instanceof List<?> some) {
            some.forEach(one -> texts.add(String.valueOf(one)));
        }
        return texts;
    }

    /** As the REST API writes it. Days and moments are milliseconds, and the schema's words tell which they are. */
    private static @Nullable Object value(@Nullable Object value, Schema.Field field) {
        if (value instanceof Long millis) {
            String doc = String.valueOf(field.doc());
            if (doc.contains("DateOnly")) {
                return Instant.ofEpochMilli(millis)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString();
            }
            return doc.contains("DateTime") ? Instant.ofEpochMilli(millis).toString() : value;
        }
        if (value instanceof Double || value instanceof Float) {
            return BigDecimal.valueOf(((Number) value).doubleValue());
        }
        if (value instanceof GenericRecord inner) {
            Map<String, Object> parts = new LinkedHashMap<>();
            for (Schema.Field part : inner.getSchema().getFields()) {
                Object known = value(inner.get(part.name()), part);
                if (known != null) {
                    parts.put(part.name(), known);
                }
            }
            return parts;
        }
        return value == null || value instanceof Boolean || value instanceof Integer ? value : String.valueOf(value);
    }
}
