package io.tributary.mapping;

import io.tributary.deal.DealField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How the records of one source become deals. Immutable and thread-safe. */
public final class Mapping {
    private static final int MOST_REMEMBERED = 10_000;

    private final Rules rules;
    private final Set<String> flattened;
    private final @Nullable String unwrapped;
    private final Set<String> metadataObjects;
    private final List<Export> exports;
    /** Names are folded once: the same few come with every record. Bounded, because senders choose them. */
    private final Map<String, String> foldedNames = new ConcurrentHashMap<>();

    Mapping(
            Rules rules,
            Set<String> flattened,
            @Nullable String unwrapped,
            Set<String> metadataObjects,
            List<Export> exports) {
        this.rules = rules;
        this.flattened = flattened;
        this.unwrapped = unwrapped;
        this.metadataObjects = metadataObjects;
        this.exports = List.copyOf(exports);
    }

    /**
     * Reads a mapping file.
     *
     * @param fileName how faults name the file
     * @throws MappingException with every fault of the file
     */
    public static Mapping parse(String fileName, String yaml) throws MappingException {
        return MappingParser.parse(fileName, yaml);
    }

    /** The source whose records it reads. */
    public String source() {
        return rules.source();
    }

    /** Every name that the file reads a field or a part from, for sources that have to be asked for each. */
    public Set<String> names() {
        return rules.names();
    }

    /** Reads one record. Never throws for what a record holds. */
    public Normalised normalise(RawRecord record, ReadingContext context) {
        return new Normaliser(rules, draft(record), context, null).normalise();
    }

    /**
     * Reads one record that somebody has corrected.
     *
     * @param corrections values by the code of a deal field, over whatever feeds that; others are fields of the record
     */
    public Normalised normalise(RawRecord record, Map<String, @Nullable Object> corrections, ReadingContext context) {
        return corrected(record, corrections, context).normalise();
    }

    /** What can be understood of a record, whether it can be taken or not. */
    public Understood understand(RawRecord record, Map<String, @Nullable Object> corrections, ReadingContext context) {
        return corrected(record, corrections, context).understand();
    }

    private Normaliser corrected(RawRecord record, Map<String, @Nullable Object> corrections, ReadingContext context) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(record.fields());
        corrections.forEach((name, value) -> {
            if (DealField.ofCode(name).isEmpty()) {
                fields.put(name, value);
            }
        });
        Draft draft = draft(new RawRecord(record.row(), fields));
        draft.correct(corrections, rules);
        return new Normaliser(rules, draft, context, null);
    }

    /** Whether an object of this name only wraps fields of the record. */
    public boolean opens(String name) {
        return flattened.contains(name) || metadataObjects.contains(name);
    }

    private Draft draft(RawRecord record) {
        Draft draft = new Draft(rules.slots());
        int[] ranks = new int[rules.slots()];
        String[] names = new String[rules.slots()];
        record.fields().forEach((name, value) -> {
            boolean opened = value instanceof Map<?, ?> && (flattened.contains(name) || metadataObjects.contains(name));
            if (!opened) {
                place(draft, ranks, names, name, value, true);
            }
        });
        record.fields().forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested && flattened.contains(name)) {
                nested.forEach((key, inner) -> place(draft, ranks, names, String.valueOf(key), unwrap(inner), false));
            }
        });
        record.fields().forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested && metadataObjects.contains(name)) {
                nested.forEach((key, inner) -> draft.keep(String.valueOf(key), inner));
            }
        });
        for (Rules.Path path : rules.paths()) {
            follow(draft, ranks, names, path, record.fields());
        }
        return draft;
    }

    /** HubSpot's older API wraps each property: {@code {"value": "500", "timestamp": …}}. */
    private @Nullable Object unwrap(@Nullable Object value) {
        return unwrapped != null && value instanceof Map<?, ?> wrapper && wrapper.containsKey(unwrapped)
                ? wrapper.get(unwrapped)
                : value;
    }

    private void place(
            Draft draft, int[] ranks, String[] names, String name, @Nullable Object value, boolean topLevel) {
        String folded = folded(name);
        for (int slot : rules.decisions(folded)) {
            draft.slots[slot] = value;
        }
        Rules.Target target = rules.target(folded);
        if (target == null || (target.topLevelOnly() && !topLevel)) {
            draft.keep(name, value);
            return;
        }
        if (Draft.blank(value)) {
            return;
        }
        int slot = target.slot();
        Object before = draft.slots[slot];
        if (before == null) {
            fill(draft, ranks, names, target, name, value);
        } else if (target.rank() < ranks[slot]) {
            draft.keep(names[slot], before);
            fill(draft, ranks, names, target, name, value);
        } else {
            draft.keep(name, value);
        }
    }

    private static void fill(
            Draft draft, int[] ranks, String[] names, Rules.Target target, String name, @Nullable Object value) {
        draft.slots[target.slot()] = value;
        ranks[target.slot()] = target.rank();
        names[target.slot()] = name;
    }

    /** A nested value feeds its field and stays in the metadata with the object around it. */
    private static void follow(
            Draft draft, int[] ranks, String[] names, Rules.Path path, Map<String, @Nullable Object> fields) {
        Object value = fields;
        for (String step : path.steps()) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        int slot = path.target().slot();
        if (value == null || Draft.blank(value)) {
            return;
        }
        if (draft.slots[slot] == null || path.target().rank() < ranks[slot]) {
            if (draft.slots[slot] != null) {
                draft.keep(names[slot], draft.slots[slot]);
            }
            fill(draft, ranks, names, path.target(), String.join(".", path.steps()), value);
        }
    }

    private String folded(String name) {
        String known = foldedNames.get(name);
        if (known != null) {
            return known;
        }
        String folded = Folding.fold(name);
        if (foldedNames.size() < MOST_REMEMBERED && name.length() <= 100) {
            foldedNames.put(name, folded);
        }
        return folded;
    }

    /**
     * Decides what the columns of a table hold.
     *
     * @param headers as the file writes them
     * @param overrides header to the code of a deal field; an empty or null code keeps the column as metadata
     * @throws HeaderPlan.OverrideException when an override names no column, or no deal field
     */
    public HeaderPlan plan(List<String> headers, Map<String, @Nullable String> overrides) {
        return HeaderPlan.of(rules, exports, headers, overrides);
    }
}
