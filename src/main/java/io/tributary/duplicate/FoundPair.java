package io.tributary.duplicate;

import io.tributary.deal.OrderedId;
import io.tributary.identity.DealLikeness.Resemblance;
import java.util.UUID;

/** Two deals that may be one, in one fixed order. */
public record FoundPair(UUID id, UUID first, UUID second, Resemblance resemblance) {
    static FoundPair of(UUID one, UUID other, Resemblance resemblance) {
        boolean ordered = isBefore(one, other);
        return new FoundPair(OrderedId.next(), ordered ? one : other, ordered ? other : one, resemblance);
    }

    /** The order of the database, which compares ids by their bytes. */
    public static boolean isBefore(UUID one, UUID other) {
        int upper = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return upper == 0
                ? Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits()) < 0
                : upper < 0;
    }

    /** The other deal of the pair. */
    public UUID other(UUID deal) {
        return deal.equals(first) ? second : first;
    }

    boolean holds(UUID deal) {
        return deal.equals(first) || deal.equals(second);
    }
}
