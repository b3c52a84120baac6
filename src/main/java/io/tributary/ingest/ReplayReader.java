package io.tributary.ingest;

import io.tributary.deal.FieldError;
import io.tributary.json.Json;
import io.tributary.mapping.ColumnStyles;
import io.tributary.mapping.HeaderPlan;
import io.tributary.mapping.Mapping;
import io.tributary.mapping.Normalised;
import io.tributary.mapping.RawRecord;
import io.tributary.mapping.ReadingContext;
import io.tributary.mapping.Understood;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads records from quarantine as they were read when they came, with what somebody has corrected laid over them. */
public abstract class ReplayReader implements RecordReader {

    /** Of records that are JSON objects. */
    public static ReplayReader ofObjects(Mapping mapping) {
        return new Objects(mapping);
    }

    /**
     * Of rows of a table.
     *
     * @param meaning gives the cells with what they stand for in place of what is written
     */
    public static ReplayReader ofRows(HeaderPlan plan, ColumnStyles styles, UnaryOperator<String[]> meaning) {
        return new Rows(plan, styles, meaning);
    }

    /** What can be understood of a record, whether it can be taken or not. */
    public abstract Understood understand(Corrected record, ReadingContext context);

    /** The mail that the record came as; null where it was none. */
    public @Nullable Arrival arrival(Corrected record) {
        return null;
    }

    @Override
    public String original(Object content) {
        return Json.write(((Corrected) content).raw());
    }

    private static final class Objects extends ReplayReader {
        private final Mapping mapping;

        Objects(Mapping mapping) {
            this.mapping = mapping;
        }

        @Override
        public Normalised read(int row, Object content, ReadingContext context) {
            Corrected record = (Corrected) content;
            if (!(record.raw() instanceof Map) && record.corrections().isEmpty()) {
                return new Normalised.Refused(List.of(noObject(record.raw())));
            }
            return mapping.normalise(new RawRecord(row, fields(record.raw())), record.corrections(), context);
        }

        @Override
        public Understood understand(Corrected record, ReadingContext context) {
            if (!(record.raw() instanceof Map) && record.corrections().isEmpty()) {
                return new Understood(Map.of(), Map.of(), List.of(noObject(record.raw())), List.of());
            }
            return mapping.understand(new RawRecord(1, fields(record.raw())), record.corrections(), context);
        }

        private static FieldError noObject(@Nullable Object raw) {
            String text = raw instanceof String unreadable ? unreadable : Json.write(raw);
            return new FieldError("record", text.length() > 200 ? text.substring(0, 200) : text, "is no JSON object");
        }

        private static Map<String, @Nullable Object> fields(@Nullable Object raw) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            if (raw instanceof Map<?, ?> map) {
                map.forEach((name, value) -> fields.put(String.valueOf(name), value));
            } else if (raw != null) {
                // What is no object is kept beside what somebody has made of it.
                fields.put("record", raw);
            }
            return fields;
        }
    }

    private static final class Rows extends ReplayReader {
        private final HeaderPlan plan;
        private final ColumnStyles styles;
        private final UnaryOperator<String[]> meaning;

        Rows(HeaderPlan plan, ColumnStyles styles, UnaryOperator<String[]> meaning) {
            this.plan = plan;
            this.styles = styles;
            this.meaning = meaning;
        }

        @Override
        public Normalised read(int row, Object content, ReadingContext context) {
            Corrected record = (Corrected) content;
            return plan.normalise(meaning.apply(cells(record.raw())), record.corrections(), context, styles);
        }

        @Override
        public Understood understand(Corrected record, ReadingContext context) {
            return plan.understand(meaning.apply(cells(record.raw())), record.corrections(), context, styles);
        }
    }

    /** The cells of a row as the quarantine keeps it. */
    public static String[] cells(@Nullable Object raw) {
        if (!(raw instanceof List<?> list)) {
            return new String[] {raw == null ? "" : raw.toString()};
        }
        return list.stream().map(cell -> cell == null ? "" : cell.toString()).toArray(String[]::new);
    }
}
