package io.tributary.mapping;

import io.tributary.deal.FieldError;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.Warning;
import java.util.List;

/** What becomes of one record: a deal, or the reasons why it is none. */
public sealed interface Normalised {

    /** The record is a deal. */
    record Taken(NormalisedDeal deal, List<Warning> warnings) implements Normalised {}

    /**
     * The record cannot be taken; every fault of it at once.
     *
     * @param code by what the refusal is counted
     */
    record Refused(List<FieldError> errors, String code) implements Normalised {
        /** The code of a record that is wrong. */
        public static final String INVALID = "validation_failed";

        public Refused(List<FieldError> errors) {
            this(errors, INVALID);
        }
    }
}
