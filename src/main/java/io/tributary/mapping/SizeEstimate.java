package io.tributary.mapping;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A deal value for a company of a certain size, by bands of head counts. A size that is itself a range is taken by its
 * lower end, so that an estimate errs on the low side.
 */
final class SizeEstimate {

    /**
     * One band.
     *
     * @param name as written, {@code 51-200} or {@code 5000+}
     * @param from fewest heads
     * @param to most heads
     */
    private record Band(String name, long from, long to, BigDecimal value) {}

    private static final int MOST_INTEGER_DIGITS = 15;

    private final List<Band> bands;
    private final BigDecimal unknown;

    private SizeEstimate(List<Band> bands, BigDecimal unknown) {
        this.bands = bands;
        this.unknown = unknown;
    }

    /** Bands by name; a name must be readable as a size. */
    static SizeEstimate of(Map<String, BigDecimal> values, BigDecimal unknown) {
        List<Band> bands = values.entrySet().stream()
                .map(entry -> {
                    long[] range = range(entry.getKey());
                    if (range == null) {
                        throw new IllegalArgumentException(entry.getKey());
                    }
                    return new Band(entry.getKey(), range[0], range[1], entry.getValue());
                })
                .toList();
        return new SizeEstimate(bands, unknown);
    }

    /** Whether a text can be the name of a band. */
    static boolean readable(String name) {
        return range(name) != null;
    }

    /**
     * The estimate for a size.
     *
     * @param overrides a tenant's own values by band name, {@code unknown} included; null for none
     */
    BigDecimal value(@Nullable Object size, @Nullable Map<?, ?> overrides) {
        long[] range = size == null ? null : range(String.valueOf(size));
        Band band = range == null ? null : band(range);
        Object override = overrides == null ? null : overrides.get(band == null ? "unknown" : band.name());
        BigDecimal own = override == null ? null : amount(override);
        return own != null ? own : band == null ? unknown.setScale(2, RoundingMode.HALF_UP) : band.value();
    }

    /** A number of the settings, as number or text; null when it is none. */
    static @Nullable BigDecimal amount(Object setting) {
        BigDecimal number = MoneyReader.number(setting);
        if (number == null && setting instanceof String text) {
            NumberText found = NumberText.find(text);
            number = found == null ? null : found.value(DecimalMark.POINT);
        }
        boolean usable = number != null
                && number.signum() >= 0
                && (long) number.precision() - number.scale() <= MOST_INTEGER_DIGITS
                && number.scale() <= MOST_INTEGER_DIGITS;
        return usable && number != null ? number.setScale(2, RoundingMode.HALF_UP) : null;
    }

    private @Nullable Band band(long[] range) {
        Band found = null;
        for (Band band : bands) {
            if (band.from() == range[0] && band.to() == range[1]) {
                return band;
            }
            if (range[0] >= band.from() && range[0] <= band.to() && found == null) {
                found = band;
            }
        }
        return found;
    }

    /** The heads a text names: {@code 51-200}, {@code 51 to 200 employees}, {@code 10,001+}, {@code > 500}, {@code 200}. */
    static long @Nullable [] range(String text) {
        long[] numbers = new long[2];
        int count = 0;
        int at = 0;
        int length = text.length();
        int end = 0;
        while (at < length) {
            if (!NumberText.isDigit(text.charAt(at))) {
                at++;
                continue;
            }
            long number = 0;
            while (at < length && (NumberText.isDigit(text.charAt(at)) || groups(text, at))) {
                if (NumberText.isDigit(text.charAt(at))) {
                    number = Math.min(number * 10 + text.charAt(at) - '0', Integer.MAX_VALUE);
                }
                at++;
            }
            if (at < length && (text.charAt(at) == 'k' || text.charAt(at) == 'K')) {
                number *= 1000;
            }
            if (count == 2) {
                return null;
            }
            numbers[count++] = number;
            end = at;
        }
        if (count == 0) {
            return null;
        }
        if (count == 2) {
            return numbers[0] <= numbers[1] ? numbers : null;
        }
        String rest = text.substring(end).strip();
        boolean more = rest.startsWith("+") || text.indexOf('>') >= 0 || startsWithMore(text);
        if (more) {
            return new long[] {numbers[0] + 1, Long.MAX_VALUE};
        }
        return new long[] {numbers[0], numbers[0]};
    }

    private static boolean startsWithMore(String text) {
        String folded = Folding.fold(text);
        return folded.startsWith("over") || folded.startsWith("morethan");
    }

    /** A mark between a digit and exactly three digits groups a head count. */
    private static boolean groups(String text, int at) {
        char c = text.charAt(at);
        return (c == ',' || c == '.' || NumberText.isGap(c))
                && at + 3 < text.length()
                && NumberText.isDigit(text.charAt(at + 1))
                && NumberText.isDigit(text.charAt(at + 2))
                && NumberText.isDigit(text.charAt(at + 3))
                && (at + 4 == text.length() || !NumberText.isDigit(text.charAt(at + 4)));
    }
}
