package io.tributary.admin;

import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of a request's body; collects every fault, so that one answer names them all. */
final class Fields {
    /** The form of a tenant's or workspace's id, which is also a folder's name; the tables check it too. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    private static final int LONGEST_NAME = 200;

    private final Map<String, @Nullable Object> body;
    private final List<FieldError> faults = new ArrayList<>();

    Fields(Map<String, @Nullable Object> body) {
        this.body = body;
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Refuses every field that is not among {@code known}. */
    Fields only(Set<String> known) {
        body.forEach((name, value) -> {
            if (!known.contains(name)) {
                fault(name, value, "is not known here");
            }
        });
        return this;
    }

    /** An id of a tenant or workspace; empty when none is given, or a wrong one, which is then a fault. */
    Optional<String> id(String field) {
        Object value = body.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String id && isId(id)) {
            return Optional.of(id);
        }
        fault(field, value, "is no id: 1 to 63 letters, digits, - and _, beginning with a letter or digit");
        return Optional.empty();
    }

    Optional<String> name(String field) {
        Object value = body.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text
                && !text.isBlank()
                && text.length() <= LONGEST_NAME
                && text.chars().noneMatch(Character::isISOControl)
                && text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            return Optional.of(text.strip());
        }
        fault(field, value, "is no text of 1 to " + LONGEST_NAME + " characters");
        return Optional.empty();
    }

    /** A list of texts, each once; empty when none is given, or a wrong one, which is then a fault. */
    Set<String> texts(String field) {
        Object value = body.get(field);
        Set<String> texts = new LinkedHashSet<>();
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            list.forEach(text -> texts.add((String) text));
        } else if (value != null) {
            fault(field, value, "is no list of texts");
        }
        return texts;
    }

    @Nullable
    Object get(String field) {
        return body.get(field);
    }

    boolean has(String field) {
        return body.get(field) != null;
    }

    boolean hasFaultIn(String field) {
        return faults.stream().anyMatch(fault -> fault.field().equals(field));
    }

    void fault(String field, @Nullable Object value, String error) {
        faults.add(new FieldError(field, value == null ? null : String.valueOf(value), error));
    }

    void addFaults(List<FieldError> more) {
        faults.addAll(more);
    }

    /** Ends the reading: refuses the request when anything was wrong with it. */
    void check() {
        if (!faults.isEmpty()) {
            throw ApiException.invalid(faults);
        }
    }
}
