package io.tributary.pipeline;

import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.http.Call;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The filters of a list request; each is null when it is not asked for, and refused by its name when it is wrong. */
public final class Filters {
    private Filters() {}

    /** Any text that the database can hold. */
    public static @Nullable String text(Call call, String name) {
        String value = call.parameter(name).orElse(null);
        if (value != null && value.indexOf('\0') >= 0) {
            throw wrong(name, null, "holds the character U+0000");
        }
        return value;
    }

    public static @Nullable String oneOf(Call call, String name, Collection<String> choices) {
        String value = call.parameter(name).orElse(null);
        if (value != null && !choices.contains(value)) {
            throw wrong(name, value, "is not one of " + String.join(", ", choices));
        }
        return value;
    }

    /** A moment as RFC 3339 writes it; a date alone is its first moment in UTC. */
    public static @Nullable OffsetDateTime moment(Call call, String name) {
        String value = call.parameter(name).orElse(null);
        if (value == null) {
            return null;
        }
        try {
            // A plus that was not encoded arrives as a space.
            String text = value.strip().replace(' ', '+');
            OffsetDateTime moment = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text);
            if (moment.getYear() >= 1 && moment.getYear() <= 9999) {
                return moment;
            }
        } catch (DateTimeException noMoment) {
            // Answered below, like a moment beyond what the database knows.
        }
        throw wrong(name, value, "is no moment such as 2026-01-31T09:00:00Z");
    }

    /** Whether something is asked for by {@code true}; not when it is left out. */
    static boolean flag(Call call, String name) {
        return "true".equals(oneOf(call, name, List.of("true", "false")));
    }

    public static @Nullable UUID id(Call call, String name) {
        String value = call.parameter(name).orElse(null);
        if (value == null) {
            return null;
        }
        if (value.length() == 36) {
            try {
                return UUID.fromString(value);
            } catch (IllegalArgumentException noId) {
                // Answered below, like a text of another length.
            }
        }
        throw wrong(name, value, "is no id");
    }

    public static ApiException wrong(String name, @Nullable String value, String error) {
        return ApiException.invalid(List.of(new FieldError(name, value, error)));
    }
}
