package io.tributary.mapping;

import io.tributary.deal.DealField;
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

    /** Lays what somebody has corrected over the record: a deal field over whatever fed it, null over what is to be empty. */
    void correct(Map<String, @Nullable Object> corrections, Rules rules) {
        corrections.forEach((name, value) -> {
            DealField field = DealField.ofCode(name).orElse(null);
            if (field == null) {
                return;
            }
            slots[Rules.slotOf(field)] = blank(value) ? null : value;
            if (field == DealField.STAGE) {
                int decisions = rules.rule(DealField.STAGE).decisions().size();
                for (int i = 0; i < decisions; i++) {
                    slots[rules.decisionSlot(i)] = null;
                }
            }
        });
    }
}
