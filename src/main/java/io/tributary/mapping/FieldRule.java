package io.tributary.mapping;

import io.tributary.deal.DealField;
import io.tributary.deal.Stage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one field of a deal is fed.
 *
 * @param field the field
 * @param from the names it goes by, best first
 * @param read how its value is read
 * @param required whether a record without it is refused
 * @param template what it is composed of when no name has a value; null for nothing
 * @param decimal the mark of a source that always writes the same; null to judge each text
 * @param estimate what stands in by company size; null for nothing
 * @param fallback what stands in otherwise; null for nothing
 * @param stages the names of stages; the common ones where the field is no stage
 * @param decisions what settles a stage whatever its own name says, in order
 */
record FieldRule(
        DealField field,
        List<String> from,
        ReadKind read,
        boolean required,
        @Nullable Template template,
        @Nullable DecimalMark decimal,
        @Nullable EstimateRule estimate,
        @Nullable BigDecimal fallback,
        StageReader stages,
        List<Decision> decisions) {

    /**
     * An estimate that depends on another name of the record.
     *
     * @param by the part that holds the size
     * @param sizes the values
     */
    record EstimateRule(String by, SizeEstimate sizes) {}

    /**
     * A value of another name that settles the stage.
     *
     * @param from the names it goes by
     * @param stages the stage by folded value; other values settle nothing
     */
    record Decision(List<String> from, Map<String, Stage> stages) {}

    /** A field fed by its own code alone. */
    static FieldRule usual(DealField field) {
        return new FieldRule(
                field,
                List.of(field.code()),
                ReadKind.usual(field),
                false,
                null,
                null,
                null,
                null,
                StageReader.common(),
                List.of());
    }

    /** The name that errors use: the one the source's own documentation would. */
    String shownName() {
        return from.get(0);
    }
}
