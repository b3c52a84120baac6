package io.tributary.ingest;

import java.util.Locale;

/** What became of one record. */
public enum Action {
    CREATED,
    UPDATED,
    UNCHANGED,
    REJECTED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
