package io.tributary.salesforce;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What some events come to: one change a record, so that a record that changed often is written once. */
final class Changes {
    /** What only whole records tell: names of what an id leads to. */
    private static final Set<String> LEADING_ELSEWHERE = Set.of("AccountId", "ContactId", "RecordTypeId");

    private final Map<String, Change> byId = new LinkedHashMap<>();
    private @Nullable Instant overflowSince;
    private @Nullable Instant last;

    /** What became of one record. */
    static final class Change {
        private final String id;
        private final Map<String, Object> fields = new HashMap<>();
        private final Set<String> nulled = new HashSet<>();
        private ChangeEvent.Type type;
        private Instant at;

        private Change(String id, ChangeEvent.Type type, Instant at) {
            this.id = id;
            this.type = type;
            this.at = at;
        }

        String id() {
            return id;
        }

        /** {@code UPDATE} when the fields say everything, {@code DELETE}, or {@code GAP} when the record has to be read. */
        ChangeEvent.Type type() {
            return type;
        }

        /** Whether it was to be read and tells nothing by itself: one that cannot be read is there no more. */
        boolean isGone() {
            return type == ChangeEvent.Type.GAP && fields.isEmpty() && nulled.isEmpty();
        }

        Map<String, Object> fields() {
            return fields;
        }

        Set<String> nulled() {
            return nulled;
        }

        Instant at() {
            return at;
        }

        private void then(ChangeEvent event) {
            at = event.committed().isBefore(at) ? at : event.committed();
            ChangeEvent.Type before = type;
            type = event.type();
            if (type == ChangeEvent.Type.UPDATE && before != ChangeEvent.Type.UPDATE) {
                type = ChangeEvent.Type.GAP;
            }
            event.fields().forEach((name, value) -> {
                fields.put(name, value);
                nulled.remove(name);
            });
            event.nulled().forEach(name -> {
                nulled.add(name);
                fields.remove(name);
            });
            boolean leads =
                    LEADING_ELSEWHERE.stream().anyMatch(name -> fields.containsKey(name) || nulled.contains(name));
            if (type != ChangeEvent.Type.DELETE && (type != ChangeEvent.Type.UPDATE || leads)) {
                type = ChangeEvent.Type.GAP;
            }
        }
    }

    Changes(List<ChangeEvent> events) {
        for (ChangeEvent event : events) {
            if (event.type() == ChangeEvent.Type.OTHER) {
                continue;
            }
            last = last == null || event.committed().isAfter(last) ? event.committed() : last;
            if (event.type() == ChangeEvent.Type.OVERFLOW) {
                overflowSince = overflowSince == null || event.committed().isBefore(overflowSince)
                        ? event.committed()
                        : overflowSince;
            }
            for (String id : event.ids()) {
                byId.computeIfAbsent(id, first -> new Change(first, ChangeEvent.Type.UPDATE, event.committed()))
                        .then(event);
            }
        }
    }

    List<Change> all() {
        return new ArrayList<>(byId.values());
    }

    Set<String> ids() {
        return byId.keySet();
    }

    /** Since when everything has to be read anew; null when nothing was lost. */
    @Nullable
    Instant overflowSince() {
        return overflowSince;
    }

    /** When the newest change was committed; null when there is none. */
    @Nullable
    Instant last() {
        return last;
    }
}
