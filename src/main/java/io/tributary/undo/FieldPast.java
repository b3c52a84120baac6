package io.tributary.undo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The changes of one field, oldest first, each with what it replaced. */
final class FieldPast {
    /** Stands before a field of the source's own metadata that has a past of its own. */
    static final String METADATA = "source_metadata.";

    /** The metadata had no such field. */
    static final Object ABSENT = new Object();

    private record Touch(PastChange change, @Nullable Object before) {}

    /** What a field would be had some changes never been made: it comes back, or a newer change keeps it. */
    record Without(@Nullable Object value, @Nullable PastChange keptBy) {}

    private final List<Touch> touches = new ArrayList<>();

    private FieldPast() {}

    /**
     * The pasts of all fields that were ever changed. Metadata is taken field by field.
     *
     * @param changes oldest first
     * @param metadata as it is now
     */
    static Map<String, FieldPast> of(List<PastChange> changes, Map<String, @Nullable Object> metadata) {
        Map<String, FieldPast> pasts = new LinkedHashMap<>();
        Map<PastChange, Map<String, @Nullable Object>> before = metadataBefore(changes);
        for (int i = 0; i < changes.size(); i++) {
            PastChange change = changes.get(i);
            change.replaced().forEach((field, value) -> {
                if (!isMetadata(field)) {
                    add(pasts, field, change, value);
                }
            });
            Map<String, @Nullable Object> earlier = before.get(change);
            if (earlier != null) {
                addMetadata(pasts, change, earlier, next(changes, i, before, metadata));
            }
        }
        return pasts;
    }

    /** A deal keeps its metadata by the one name, a lead by the other. */
    private static boolean isMetadata(String field) {
        return field.equals("source_metadata") || field.equals("metadata");
    }

    private static Map<PastChange, Map<String, @Nullable Object>> metadataBefore(List<PastChange> changes) {
        Map<PastChange, Map<String, @Nullable Object>> before = new LinkedHashMap<>();
        for (PastChange change : changes) {
            Object kept = change.replaced().containsKey("source_metadata")
                    ? change.replaced().get("source_metadata")
                    : change.replaced().get("metadata");
            if (kept instanceof Map<?, ?> held) {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                held.forEach((key, value) -> map.put(String.valueOf(key), value));
                before.put(change, map);
            }
        }
        return before;
    }

    private static Map<String, @Nullable Object> next(
            List<PastChange> changes,
            int index,
            Map<PastChange, Map<String, @Nullable Object>> before,
            Map<String, @Nullable Object> now) {
        for (int i = index + 1; i < changes.size(); i++) {
            Map<String, @Nullable Object> later = before.get(changes.get(i));
            if (later != null) {
                return later;
            }
        }
        return now;
    }

    private static void addMetadata(
            Map<String, FieldPast> pasts,
            PastChange change,
            Map<String, @Nullable Object> before,
            Map<String, @Nullable Object> after) {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            Object held = before.containsKey(key) ? before.get(key) : ABSENT;
            Object later = after.containsKey(key) ? after.get(key) : ABSENT;
            if (!Objects.equals(held, later)) {
                add(pasts, METADATA + key, change, held);
            }
        }
    }

    private static void add(Map<String, FieldPast> pasts, String field, PastChange change, @Nullable Object before) {
        pasts.computeIfAbsent(field, any -> new FieldPast()).touches.add(new Touch(change, before));
    }

    /**
     * What the field would be without the changes that are {@code taken} back; empty when none of them counts here. When
     * a change of somebody else came after them, that one keeps the field.
     */
    Optional<Without> without(Predicate<PastChange> taken) {
        if (touches.stream().noneMatch(touch -> touch.change.isLive() && taken.test(touch.change))) {
            return Optional.empty();
        }
        int last = touches.size() - 1;
        while (!touches.get(last).change.isLive()) {
            last--;
        }
        if (!taken.test(touches.get(last).change)) {
            return Optional.of(new Without(null, touches.get(last).change));
        }
        // What an undone change replaced is passed over, down to the last change that still counts.
        int first = last;
        while (first > 0 && (!touches.get(first - 1).change.isLive() || taken.test(touches.get(first - 1).change))) {
            first--;
        }
        return Optional.of(new Without(touches.get(first).before, null));
    }

    /** Whether {@code change} changed this field. */
    boolean holds(PastChange change) {
        return isTouchedBy(change::equals);
    }

    boolean isTouchedBy(Predicate<PastChange> changes) {
        return touches.stream().anyMatch(touch -> changes.test(touch.change));
    }

    /** What the field became by {@code change}: what the next one replaced, or what is there {@code now}. */
    @Nullable
    Object after(PastChange change, @Nullable Object now) {
        for (int i = 0; i < touches.size() - 1; i++) {
            if (touches.get(i).change.equals(change)) {
                return touches.get(i + 1).before;
            }
        }
        return now;
    }
}
