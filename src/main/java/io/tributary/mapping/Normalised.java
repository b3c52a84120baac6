package io.tributary.mapping;

import io.tributary.deal.FieldError;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.Warning;
import java.util.List;

/** What becomes of one record: a deal, or the reasons why it is none. */
public sealed interface Normalised {

    /** The record is a deal. */
    record Taken(NormalisedDeal deal, List<Warning> warnings) implements Normalised {}

    /** The record cannot be taken; every fault of it at once. */
    record Refused(List<FieldError> errors) implements Normalised {}
}
