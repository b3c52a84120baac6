package io.tributary.mapping;

import io.tributary.deal.DealField;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a mapping, laid out for reading: every field and part has a slot, every name finds its slot at once.
 * Slots 0 to 11 are the deal fields in their order, then come the parts, then what settles the stage.
 */
final class Rules {

    /**
     * Where a name leads.
     *
     * @param slot the slot it feeds
     * @param rank its place among the slot's names; the lowest with a value wins
     * @param topLevelOnly whether it counts only outside flattened objects
     */
    record Target(int slot, int rank, boolean topLevelOnly) {}

    /** A name that leads into nested objects, step by step. */
    record Path(List<String> steps, Target target) {}

    private static final DealField[] IN_ORDER = DealField.values();
    private static final int FIELDS = IN_ORDER.length;

    private final String source;
    private final String system;
    private final Map<DealField, FieldRule> fields;
    private final List<PartRule> parts;
    private final Map<String, Target> targets = new HashMap<>();
    private final Map<String, List<Integer>> decisionSlots = new HashMap<>();
    private final List<Path> paths = new ArrayList<>();
    private final Map<String, Integer> slotOfName = new HashMap<>();
    private final int slots;

    Rules(String source, String system, Map<DealField, FieldRule> fields, List<PartRule> parts) {
        this.source = source;
        this.system = system;
        this.fields = new EnumMap<>(fields);
        this.parts = List.copyOf(parts);
        this.fields.values().forEach(rule -> {
            slotOfName.put(rule.field().code(), slotOf(rule.field()));
            lead(rule.from(), slotOf(rule.field()));
        });
        for (int i = 0; i < this.parts.size(); i++) {
            slotOfName.put(this.parts.get(i).name(), partSlot(i));
            lead(this.parts.get(i).from(), partSlot(i));
        }
        for (DealField field : this.fields.keySet()) {
            targets.putIfAbsent(Folding.fold(field.code()), new Target(slotOf(field), -1, true));
        }
        List<FieldRule.Decision> decisions = rule(DealField.STAGE).decisions();
        for (int i = 0; i < decisions.size(); i++) {
            int slot = decisionSlot(i);
            decisions
                    .get(i)
                    .from()
                    .forEach(name -> decisionSlots
                            .computeIfAbsent(Folding.fold(name), folded -> new ArrayList<>())
                            .add(slot));
        }
        slots = decisionSlot(decisions.size());
    }

    private void lead(List<String> names, int slot) {
        for (int rank = 0; rank < names.size(); rank++) {
            String name = names.get(rank);
            Target target = new Target(slot, rank, false);
            targets.putIfAbsent(Folding.fold(name), target);
            if (name.indexOf('.') > 0) {
                paths.add(new Path(List.of(name.split("\\.", -1)), target));
            }
        }
    }

    String source() {
        return source;
    }

    /** Every name that anything is read from, as the file writes it. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        fields.values().forEach(rule -> {
            names.addAll(rule.from());
            rule.decisions().forEach(decision -> names.addAll(decision.from()));
        });
        parts.forEach(part -> names.addAll(part.from()));
        return names;
    }

    String system() {
        return system;
    }

    FieldRule rule(DealField field) {
        FieldRule rule = fields.get(field);
        return rule == null ? FieldRule.usual(field) : rule;
    }

    Map<DealField, FieldRule> fields() {
        return fields;
    }

    List<PartRule> parts() {
        return parts;
    }

    int slots() {
        return slots;
    }

    int decisionSlot(int index) {
        return FIELDS + parts.size() + index;
    }

    int partSlot(int index) {
        return FIELDS + index;
    }

    /** The slot of a deal field. */
    @SuppressWarnings("EnumOrdinal") // the slots are laid out in the order of the fields
    static int slotOf(DealField field) {
        return field.ordinal();
    }

    /** The deal field of a slot; null when the slot belongs to none. */
    static @Nullable DealField fieldOf(int slot) {
        return slot >= 0 && slot < FIELDS ? IN_ORDER[slot] : null;
    }

    /** The slot of a field's code or a part's name; -1 when there is none. */
    int slotOf(String name) {
        return slotOfName.getOrDefault(name, -1);
    }

    /** Where a folded name leads; null when nothing goes by it. */
    @Nullable
    Target target(String folded) {
        return targets.get(folded);
    }

    /** The slots through which a folded name settles the stage. */
    List<Integer> decisions(String folded) {
        return decisionSlots.getOrDefault(folded, List.of());
    }

    List<Path> paths() {
        return paths;
    }
}
