package io.tributary.mapping;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many people a company has, as a text or number tells it.
 *
 * @param least fewest heads
 * @param most most heads; null when there is no telling
 */
public record CompanySize(long least, @Nullable Long most) {

    /** Reads {@code 51-200}, {@code 51 to 200 employees}, {@code 10,001+}, {@code > 500} or {@code 200}; empty when it is none. */
    public static Optional<CompanySize> of(@Nullable Object size) {
        long[] range = size == null ? null : SizeEstimate.range(String.valueOf(size));
        return range == null
                ? Optional.empty()
                : Optional.of(new CompanySize(range[0], range[1] == Long.MAX_VALUE ? null : range[1]));
    }
}
