package io.tributary.ingest;

import io.tributary.answer.ApiException;
import io.tributary.csv.CsvOptions;
import io.tributary.deal.FieldError;
import io.tributary.json.Json;
import io.tributary.json.UnreadableJsonException;
import io.tributary.mapping.DateOrder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a file in place of what would be found out from it. Whatever is null or empty is found out.
 *
 * @param mapping header to the code of a deal field, or null for a column that feeds none; null when nothing was said,
 *     so that a remembered mapping may be used
 * @param values header to what the texts of its cells stand for: {@code {"Deal Stage": {"Verbal yes": "negotiation"}}}
 * @param decimal {@code .} or {@code ,}
 * @param locale by which undecided columns are read; null: the tenant's
 */
public record FileOptions(
        @Nullable Character delimiter,
        @Nullable Charset encoding,
        @Nullable Map<String, @Nullable String> mapping,
        Map<String, Map<String, String>> values,
        @Nullable Character decimal,
        @Nullable DateOrder dateOrder,
        @Nullable Locale locale) {

    private static final FileOptions NOTHING = new FileOptions(null, null, null, Map.of(), null, null, null);

    /** Nothing was said. */
    public static FileOptions nothing() {
        return NOTHING;
    }

    /**
     * Reads the fields of an upload's form.
     *
     * @throws ApiException 422 naming every field that cannot be used
     */
    public static FileOptions of(Map<String, Object> form) {
        List<FieldError> faults = new ArrayList<>();
        FileOptions options = read(form, faults);
        if (!faults.isEmpty()) {
            throw ApiException.invalid(faults);
        }
        return options;
    }

    /** Reads what {@link #json} wrote. */
    public static FileOptions ofStored(@Nullable String json) {
        Map<String, Object> form = new LinkedHashMap<>();
        if (json != null && Json.readStored(json) instanceof Map<?, ?> stored) {
            stored.forEach((name, value) -> {
                if (value != null) {
                    form.put(String.valueOf(name), value);
                }
            });
        }
        FileOptions options = read(form, new ArrayList<>());
        return form.get("locale") instanceof String tag ? options.in(Locale.forLanguageTag(tag)) : options;
    }

    private static FileOptions read(Map<String, Object> form, List<FieldError> faults) {
        return new FileOptions(
                delimiter(text(form, "delimiter"), faults),
                encoding(text(form, "encoding"), faults),
                mapping(form.get("mapping"), faults),
                values(form.get("values"), faults),
                decimal(text(form, "decimal"), faults),
                dateOrder(text(form, "date_order"), faults),
                null);
    }

    /** As JSON, to be kept with the import. */
    public String json() {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("delimiter", delimiter == null ? null : delimiter.toString());
        form.put("encoding", encoding == null ? null : encoding.name());
        form.put("mapping", mapping);
        form.put("values", values.isEmpty() ? null : values);
        form.put("decimal", decimal == null ? null : decimal.toString());
        form.put("date_order", dateOrder == null ? null : dateOrder.name().toLowerCase(Locale.ROOT));
        form.put("locale", locale == null ? null : locale.toLanguageTag());
        form.values().removeIf(Objects::isNull);
        return Json.write(form);
    }

    /** How the reader of delimited text is told. */
    public CsvOptions csv() {
        return new CsvOptions(delimiter, encoding);
    }

    /** The same, with undecided columns read as {@code written} writes. */
    public FileOptions in(Locale written) {
        return new FileOptions(delimiter, encoding, mapping, values, decimal, dateOrder, written);
    }

    /** The same, with another mapping of columns and cells. */
    public FileOptions mapped(
            @Nullable Map<String, @Nullable String> fields, Map<String, Map<String, String>> cellValues) {
        return new FileOptions(delimiter, encoding, fields, cellValues, decimal, dateOrder, locale);
    }

    /** Header to field, empty when nothing was said. */
    public Map<String, @Nullable String> fields() {
        return mapping == null ? Map.of() : mapping;
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

    private static @Nullable Map<String, @Nullable String> mapping(@Nullable Object sent, List<FieldError> faults) {
        if (sent == null || sent.equals("")) {
            return null;
        }
        Map<String, @Nullable String> mapping = new LinkedHashMap<>();
        if (object(sent) instanceof Map<?, ?> map) {
            map.forEach((header, field) ->
                    mapping.put(String.valueOf(header), field == null ? null : String.valueOf(field)));
        } else {
            faults.add(new FieldError("mapping", brief(sent), "is no JSON object from header to deal field"));
        }
        return mapping;
    }

    private static Map<String, Map<String, String>> values(@Nullable Object sent, List<FieldError> faults) {
        if (sent == null || sent.equals("")) {
            return Map.of();
        }
        Map<String, Map<String, String>> values = new LinkedHashMap<>();
        if (object(sent) instanceof Map<?, ?> columns) {
            columns.forEach((header, cells) -> {
                if (cells instanceof Map<?, ?> texts) {
                    Map<String, String> column =
                            values.computeIfAbsent(String.valueOf(header), h -> new LinkedHashMap<>());
                    texts.forEach((text, meaning) ->
                            column.put(String.valueOf(text).strip(), meaning == null ? "" : String.valueOf(meaning)));
                } else {
                    faults.add(new FieldError(
                            "values", brief(header), "has no JSON object from a cell's text to what it stands for"));
                }
            });
        } else {
            faults.add(new FieldError(
                    "values", brief(sent), "is no JSON object such as {\"Stage\": {\"Verbal yes\": \"negotiation\"}}"));
        }
        return values;
    }

    private static @Nullable Object object(Object sent) {
        try {
            return sent instanceof String text ? Json.read(text) : sent;
        } catch (UnreadableJsonException noJson) {
            return null;
        }
    }

    private static String brief(@Nullable Object sent) {
        String text = String.valueOf(sent);
        return text.length() > 200 ? text.substring(0, 200) : text;
    }
}
