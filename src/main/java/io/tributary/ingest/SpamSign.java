package io.tributary.ingest;

import java.util.Locale;

/** What gave a record away as the work of a machine. */
public enum SpamSign {
    /** A field was filled that no visitor sees. */
    HONEYPOT,
    /** The form came back faster than anybody reads it. */
    TOO_FAST;

    /** The word kept among a lead's reasons. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
