package io.tributary.command;

import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.deal.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One contact with a customer.
 *
 * @param type call, meeting, email or note
 * @param at when it was; null for now
 * @param text what it was about, as sent
 */
record Engagement(String type, @Nullable Instant at, String text) {
    private static final List<String> TYPES = List.of("call", "meeting", "email", "note");
    private static final List<String> NAMES = List.of("type", "at", "text");

    /** Clocks differ; further ahead than this is a slip. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final int LONGEST = 10_000;

    /**
     * Reads what was sent.
     *
     * @throws ApiException 422 with every field that cannot be taken
     */
    static Engagement read(Map<String, @Nullable Object> body) {
        List<FieldError> faults = new ArrayList<>();
        body.forEach((name, value) -> {
            if (!NAMES.contains(name)) {
                faults.add(new FieldError(name, shown(value), "is none of " + String.join(", ", NAMES)));
            }
        });
        Object type = body.get("type");
        if (!(type instanceof String) || !TYPES.contains(type)) {
            faults.add(new FieldError("type", shown(type), "is not one of " + String.join(", ", TYPES)));
        }
        Instant at = moment(body.get("at"), faults);
        String text = text(body.get("text"), faults);
        if (!faults.isEmpty()) {
            throw ApiException.invalid(faults);
        }
        return new Engagement(String.valueOf(type), at, text);
    }

    private static @Nullable Instant moment(@Nullable Object sent, List<FieldError> faults) {
        if (sent == null) {
            return null;
        }
        try {
            Instant at = OffsetDateTime.parse(String.valueOf(sent).strip())
                    .toInstant()
                    .truncatedTo(ChronoUnit.MICROS);
            if (at.isAfter(Times.now().plus(AHEAD))) {
                faults.add(new FieldError("at", shown(sent), "lies in the future"));
            } else if (at.isBefore(EARLIEST)) {
                faults.add(new FieldError("at", shown(sent), "lies before 1970"));
            }
            return at;
        } catch (DateTimeParseException noMoment) {
            faults.add(new FieldError("at", shown(sent), "is no moment such as 2026-01-31T09:00:00Z"));
            return null;
        }
    }

    private static String text(@Nullable Object sent, List<FieldError> faults) {
        if (sent == null) {
            return "";
        }
        if (!(sent instanceof String text)) {
            faults.add(new FieldError("text", shown(sent), "is no text"));
            return "";
        }
        if (text.indexOf('\0') >= 0 || !text.codePoints().allMatch(Engagement::isCharacter)) {
            faults.add(new FieldError("text", null, "holds U+0000 or half a character"));
        } else if (text.length() > LONGEST) {
            faults.add(new FieldError("text", null, "is longer than " + LONGEST + " characters"));
        }
        return text;
    }

    private static boolean isCharacter(int codePoint) {
        return codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE;
    }

    private static @Nullable String shown(@Nullable Object value) {
        String text = value == null ? null : value.toString().replace('\0', '\uFFFD');
        return text == null || text.length() <= 200 ? text : text.substring(0, 200);
    }
}
