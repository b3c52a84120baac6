package io.tributary.deal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Moments as the API writes them: UTC, RFC 3339, always six decimals, so that they also sort as text. */
public final class Times {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** The moment written last: those of one batch are the same, and a batch has thousands. */
    private static volatile Written last = new Written(Instant.EPOCH, FORMAT.format(Instant.EPOCH));

    private record Written(Instant moment, String text) {}

    private Times() {}

    /** The moment, as exactly as the database keeps it. */
    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    public static @Nullable String text(@Nullable Instant moment) {
        if (moment == null) {
            return null;
        }
        Written written = last;
        if (!written.moment().equals(moment)) {
            written = new Written(moment, FORMAT.format(moment));
            last = written;
        }
        return written.text();
    }
}
