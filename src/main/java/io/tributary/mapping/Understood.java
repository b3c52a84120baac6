package io.tributary.mapping;

import io.tributary.deal.DealField;
import io.tributary.deal.FieldError;
import io.tributary.deal.Warning;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was understood of a record, field by field.
 *
 * @param fields every field that could be read
 * @param metadata what has no field of its own
 * @param errors why it cannot be taken; empty when it can
 */
public record Understood(
        Map<DealField, Object> fields,
        Map<String, @Nullable Object> metadata,
        List<FieldError> errors,
        List<Warning> warnings) {}
