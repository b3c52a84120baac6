package io.tributary.ingest;

import io.tributary.sql.TextArray;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * By what the database is asked for the deals and leads that the records of a batch may be. It rests on the records alone, so
 * that it is made as they are read.
 */
record Wanted(TextArray systems, TextArray ids, TextArray matchKeys, Set<UUID> leads) {

    static Wanted of(List<Entry> entries) {
        Set<String> keys = new LinkedHashSet<>();
        List<String> systems = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        Set<UUID> matchKeys = new LinkedHashSet<>();
        Set<UUID> leads = new LinkedHashSet<>();
        for (Entry entry : entries) {
            if (entry.externalKey != null && entry.deal != null && keys.add(entry.externalKey)) {
                String system = Objects.requireNonNull(entry.deal.system());
                systems.add(system);
                ids.add(entry.externalKey.substring(system.length() + 1));
            }
            if (entry.matchKey != null) {
                matchKeys.add(entry.matchKey.key());
            }
            if (entry.leadId != null) {
                leads.add(entry.leadId);
            }
        }
        return new Wanted(
                TextArray.of(systems, text -> text),
                TextArray.of(ids, text -> text),
                TextArray.of(new ArrayList<>(matchKeys), key -> key),
                leads);
    }
}
