package io.tributary.ingest;

import io.tributary.sql.TextArray;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parameters of a set-based statement: scalars, and one array a column. */
final class Columns {
    private final Map<String, @Nullable Object> parameters = new HashMap<>();

    Columns scalar(String name, @Nullable Object value) {
        parameters.put(name, value);
        return this;
    }

    <T> Columns texts(String name, List<T> rows, Function<T, @Nullable Object> column) {
        parameters.put(name, TextArray.of(rows, column));
        return this;
    }

    Columns array(String name, TextArray texts) {
        parameters.put(name, texts);
        return this;
    }

    <T> Columns numbers(String name, List<T> rows, Function<T, @Nullable BigDecimal> column) {
        @Nullable BigDecimal[] values = new @Nullable BigDecimal[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        parameters.put(name, values);
        return this;
    }

    <T> Columns longs(String name, List<T> rows, Function<T, Long> column) {
        Long[] values = new Long[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        parameters.put(name, values);
        return this;
    }

    <T> Columns integers(String name, List<T> rows, Function<T, @Nullable Integer> column) {
        @Nullable Integer[] values = new @Nullable Integer[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        parameters.put(name, values);
        return this;
    }

    <T> Columns booleans(String name, List<T> rows, Function<T, Boolean> column) {
        Boolean[] values = new Boolean[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        parameters.put(name, values);
        return this;
    }

    Map<String, @Nullable Object> parameters() {
        return parameters;
    }

    static @Nullable String time(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }
}
