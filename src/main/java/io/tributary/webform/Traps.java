package io.tributary.webform;

import io.tributary.ingest.SpamSign;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fields that a visitor neither sees nor fills. A machine fills whatever it finds, and within a moment. Absent fields
 * mean nothing, and neither does a clock that cannot be right: a visitor's may be wrong.
 */
final class Traps {
    private static final Set<String> HONEYPOTS = Set.of("_gotcha", "_honey", "_honeypot", "honeypot");
    private static final String HONEYPOT_PREFIX = "hp_";

    /** A trap on a page; from a server it may well be the visitor's own site. */
    private static final String PAGE_HONEYPOT = "website_url";

    private static final Set<String> LOADED_AT = Set.of("form_loaded_at", "_ts");
    private static final long FASTEST_MILLIS = Duration.ofSeconds(2).toMillis();

    private final boolean fromBrowser;
    private final long receivedMillis;
    private boolean filled;
    private boolean tooFast;

    Traps(boolean fromBrowser, Instant receivedAt) {
        this.fromBrowser = fromBrowser;
        this.receivedMillis = receivedAt.toEpochMilli();
    }

    /** Whether the field, its name in lower case, is a trap; what it holds is noted then. */
    boolean claims(String name, @Nullable Object value) {
        if (HONEYPOTS.contains(name)
                || name.startsWith(HONEYPOT_PREFIX)
                || (fromBrowser && name.equals(PAGE_HONEYPOT))) {
            filled |= holdsSomething(value);
            return true;
        }
        if (LOADED_AT.contains(name)) {
            tooFast |= isWithinAMoment(value);
            return true;
        }
        return false;
    }

    /** What the fields seen so far give away. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>(2);
        if (filled) {
            reasons.add(SpamSign.HONEYPOT.code());
        }
        if (tooFast) {
            reasons.add(SpamSign.TOO_FAST.code());
        }
        return reasons;
    }

    private static boolean holdsSomething(@Nullable Object value) {
        if (value instanceof List<?> several) {
            return several.stream().anyMatch(Traps::holdsSomething);
        }
        return value != null && !value.equals(false) && !value.toString().isBlank();
    }

    private boolean isWithinAMoment(@Nullable Object value) {
        String text = value == null ? "" : value.toString().strip();
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        long elapsed = receivedMillis - Long.parseLong(text);
        return elapsed >= 0 && elapsed < FASTEST_MILLIS;
    }
}
