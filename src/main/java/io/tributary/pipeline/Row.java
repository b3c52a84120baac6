package io.tributary.pipeline;

import io.tributary.deal.Times;
import io.tributary.json.Json;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of a statement's result, by column. */
record Row(Map<String, @Nullable Object> columns) {

    @Nullable
    String text(String column) {
        Object value = columns.get(column);
        return value == null ? null : value.toString();
    }

    long number(String column) {
        return ((Number) Objects.requireNonNull(columns.get(column))).longValue();
    }

    @Nullable
    Long numberOrNull(String column) {
        return columns.get(column) == null ? null : Long.valueOf(number(column));
    }

    boolean isTrue(String column) {
        return Boolean.TRUE.equals(columns.get(column));
    }

    UUID id(String column) {
        return (UUID) Objects.requireNonNull(columns.get(column));
    }

    Instant moment(String column) {
        return ((Timestamp) Objects.requireNonNull(columns.get(column))).toInstant();
    }

    /** A moment as the API writes it. */
    @Nullable
    String time(String column) {
        return columns.get(column) == null ? null : Times.text(moment(column));
    }

    /** The value of a JSON column that the statement gives as text. */
    @Nullable
    Object json(String column) {
        return Json.readStored(text(column));
    }
}
