package io.tributary.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One record with its values sorted into the slots of the rules, before any of them is read. */
final class Draft {
    final @Nullable Object[] slots;
    final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();

    Draft(int slots) {
        this.slots = new Object[slots];
    }

    /** Whether a value says nothing. */
    static boolean blank(@Nullable Object value) {
        return value == null || (value instanceof String text && text.isBlank());
    }

    /** Keeps a value under a name, or under the next free one where the name is taken. */
    void keep(String name, @Nullable Object value) {
        if (!metadata.containsKey(name)) {
            metadata.put(name, value);
            return;
        }
        int number = 2;
        while (metadata.containsKey(name + " (" + number + ")")) {
            number++;
        }
        metadata.put(name + " (" + number + ")", value);
    }
}
