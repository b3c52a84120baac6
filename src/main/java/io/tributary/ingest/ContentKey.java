package io.tributary.ingest;

import io.tributary.tenant.Keys;
import java.util.HexFormat;

/** By what a record in quarantine is known when it comes again: its source, the content it is part of, and its text. */
final class ContentKey {
    private ContentKey() {}

    static String of(Batch batch, Entry entry) {
        String place = batch.source() + "\n" + batch.contentHash() + "\n" + entry.row() + "\n";
        return HexFormat.of().formatHex(Keys.hash(place + batch.reader().original(entry.content())));
    }
}
