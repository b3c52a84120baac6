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
public record Row(Map<String, @Nullable Object> columns) {

    public @Nullable String text(String column) {
        Object value = columns.get(column);
        return value == null ? null : value.toString();
    }

    public long number(String column) {
        return ((Number) Objects.requireNonNull(columns.get(column))).longValue();
    }

    public @Nullable Long numberOrNull(String column) {
        return columns.get(column) == null ? null : Long.valueOf(number(column));
    }

    public boolean isTrue(String column) {
        return Boolean.TRUE.equals(columns.get(column));
    }

    public UUID id(String column) {
        return (UUID) Objects.requireNonNull(columns.get(column));
    }

    public Instant moment(String column) {
        return ((Timestamp) Objects.requireNonNull(columns.get(column))).toInstant();
    }

    /** A moment as the API writes it. */
    public @Nullable String time(String column) {
        return columns.get(column) == null ? null : Times.text(moment(column));
    }

    /** The value of a JSON column that the statement gives as text. */
    public @Nullable Object json(String column) {
        return Json.readStored(text(column));
    }
}
