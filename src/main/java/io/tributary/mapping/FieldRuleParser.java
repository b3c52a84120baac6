package io.tributary.mapping;

import io.tributary.deal.DealField;
import io.tributary.deal.Stage;
import io.tributary.mapping.FieldRule.Decision;
import io.tributary.mapping.FieldRule.EstimateRule;
import io.tributary.mapping.StageReader.StageReading;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one entry under {@code fields} into the rule of a deal field. */
final class FieldRuleParser {
    private static final List<String> KEYS = List.of(
            "from", "read", "required", "template", "decimal", "default", "estimate", "stages", "values", "decided_by");
    private static final List<String> STAGES =
            Arrays.stream(Stage.values()).map(Stage::code).toList();

    private final Faults faults;
    private final DealField field;
    private final String place;

    FieldRuleParser(Faults faults, DealField field) {
        this.faults = faults;
        this.field = field;
        this.place = "Field \"" + field.code() + "\"";
    }

    /** The rule; what the entry leaves out stays as in the base, and its names come before the base's. */
    FieldRule parse(Node node, FieldRule base, boolean overlay) {
        if (node instanceof SequenceNode) {
            List<String> from = names(faults.texts(node, place), base, overlay);
            return new FieldRule(
                    field,
                    from,
                    base.read(),
                    base.required(),
                    base.template(),
                    base.decimal(),
                    base.estimate(),
                    base.fallback(),
                    base.stages(),
                    base.decisions());
        }
        if (!(node instanceof MappingNode entry)) {
            faults.add(
                    node, place + " must be an object or a list of names.", "Write { from: [" + field.code() + "] }.");
            return base;
        }
        faults.onlyKeys(entry, place, KEYS);
        Node from = Faults.get(entry, "from");
        Node template = Faults.get(entry, "template");
        FieldRule rule = new FieldRule(
                field,
                names(from == null ? List.of() : faults.texts(from, place), base, overlay),
                read(Faults.get(entry, "read"), base.read()),
                faults.flag(Faults.get(entry, "required"), place + ": required", base.required()),
                template == null ? base.template() : template(template),
                decimal(Faults.get(entry, "decimal"), base.decimal()),
                estimate(Faults.get(entry, "estimate"), base.estimate()),
                amount(Faults.get(entry, "default"), base.fallback()),
                stages(entry, base.stages()),
                decisions(Faults.get(entry, "decided_by"), base.decisions()));
        checkField(entry);
        return rule;
    }

    private List<String> names(List<String> from, FieldRule base, boolean overlay) {
        if (from.isEmpty() || !overlay) {
            return from.isEmpty() ? base.from() : from;
        }
        Set<String> names = new LinkedHashSet<>(from);
        names.addAll(base.from());
        return List.copyOf(names);
    }

    private void checkField(MappingNode entry) {
        boolean text = ReadKind.TEXT.suits(field);
        complain(entry, "template", text, "name, company, contact_name and description");
        complain(entry, "decimal", field == DealField.VALUE, "value");
        complain(entry, "default", field == DealField.VALUE, "value");
        complain(entry, "estimate", field == DealField.VALUE, "value");
        complain(entry, "stages", field == DealField.STAGE, "stage");
        complain(entry, "values", field == DealField.STAGE, "stage");
        complain(entry, "decided_by", field == DealField.STAGE, "stage");
    }

    private void complain(MappingNode entry, String key, boolean suits, String where) {
        Node node = Faults.get(entry, key);
        if (node != null && !suits) {
            faults.add(node, place + " cannot have \"" + key + "\".", "Use it with " + where + " only.");
        }
    }

    private ReadKind read(@Nullable Node node, ReadKind usual) {
        if (node == null) {
            return usual;
        }
        String code = Faults.text(node);
        List<String> suitable = Arrays.stream(ReadKind.values())
                .filter(kind -> kind.suits(field))
                .map(ReadKind::code)
                .toList();
        ReadKind kind = ReadKind.ofCode(code).orElse(null);
        if (kind == null) {
            List<String> all =
                    Arrays.stream(ReadKind.values()).map(ReadKind::code).toList();
            faults.add(
                    node,
                    place + ": there is no way of reading called \"" + code + "\".",
                    Faults.suggestion(code, all));
            return usual;
        }
        if (!kind.suits(field)) {
            faults.add(
                    node,
                    place + " cannot be read as \"" + code + "\".",
                    "Write " + String.join(" or ", suitable) + ", or leave it out.");
            return usual;
        }
        return kind;
    }

    private @Nullable Template template(Node node) {
        Template template = Template.of(Faults.text(node));
        if (template == null) {
            faults.add(
                    node,
                    place + ": the template has a brace that is not closed, or an empty name.",
                    "Write names in braces, as \"{first_name} {last_name}\".");
        }
        return template;
    }

    private @Nullable DecimalMark decimal(@Nullable Node node, @Nullable DecimalMark usual) {
        if (node == null) {
            return usual;
        }
        String mark = Faults.text(node);
        if (!mark.equals(".") && !mark.equals(",")) {
            faults.add(node, place + ": \"" + mark + "\" is no decimal mark.", "Write \".\" or \",\".");
            return usual;
        }
        return DecimalMark.of(mark.charAt(0));
    }

    private @Nullable BigDecimal amount(@Nullable Node node, @Nullable BigDecimal usual) {
        if (node == null) {
            return usual;
        }
        BigDecimal amount = amount(node);
        return amount == null ? usual : amount;
    }

    private @Nullable BigDecimal amount(Node node) {
        try {
            BigDecimal amount = new BigDecimal(Faults.text(node));
            if (amount.signum() >= 0) {
                return SizeEstimate.amount(amount);
            }
        } catch (NumberFormatException notANumber) {
            // Reported below, together with negative numbers.
        }
        faults.add(node, place + ": \"" + Faults.text(node) + "\" is no amount.", "Write a number, as 15000.");
        return null;
    }

    private @Nullable EstimateRule estimate(@Nullable Node node, @Nullable EstimateRule usual) {
        if (node == null) {
            return usual;
        }
        if (!(node instanceof MappingNode entry)) {
            faults.add(
                    node,
                    place + ": estimate must be an object.",
                    "Write { by: company_size, values: { 1-10: 5000 } }.");
            return usual;
        }
        faults.onlyKeys(entry, place + ": estimate", List.of("by", "values", "unknown"));
        Node by = Faults.get(entry, "by");
        if (by == null) {
            faults.add(entry, place + ": estimate does not say by what.", "Write \"by:\" with the name of a part.");
            return usual;
        }
        Map<String, BigDecimal> sizes = new LinkedHashMap<>();
        for (NodeTuple size : faults.entries(Faults.get(entry, "values"), place + ": values")) {
            String name = Faults.text(size.getKeyNode());
            BigDecimal value = amount(size.getValueNode());
            if (!SizeEstimate.readable(name)) {
                faults.add(size.getKeyNode(), place + ": \"" + name + "\" is no size.", "Write it as 1-10 or 5000+.");
            } else if (value != null) {
                sizes.put(name, value);
            }
        }
        Node unknown = Faults.get(entry, "unknown");
        BigDecimal otherwise = unknown == null ? null : amount(unknown);
        if (otherwise == null) {
            faults.add(
                    entry, place + ": estimate has no value for a size that is not known.", "Add \"unknown: 10000\".");
            return usual;
        }
        return new EstimateRule(Faults.text(by), SizeEstimate.of(sizes, otherwise));
    }

    private StageReader stages(MappingNode entry, StageReader usual) {
        List<String> tables = faults.texts(Faults.get(entry, "stages"), place + ": stages");
        StageReader stages = usual;
        for (String table : tables) {
            if (StageReader.knownTables().contains(table)) {
                stages = stages.with(List.of(table));
            } else {
                faults.add(
                        entry,
                        place + ": there is no table of stages called \"" + table + "\".",
                        Faults.suggestion(table, StageReader.knownTables()));
            }
        }
        Map<String, StageReading> own = new LinkedHashMap<>();
        for (NodeTuple name : faults.entries(Faults.get(entry, "values"), place + ": values")) {
            StageReading reading = stageReading(name.getValueNode());
            if (reading != null) {
                own.put(Faults.text(name.getKeyNode()), reading);
            }
        }
        return own.isEmpty() ? stages : stages.withNames(own);
    }

    private @Nullable StageReading stageReading(Node node) {
        if (!(node instanceof MappingNode entry)) {
            Stage stage = stage(node);
            return stage == null ? null : new StageReading(stage, null, true);
        }
        faults.onlyKeys(entry, place + ": values", List.of("stage", "probability"));
        Node code = Faults.get(entry, "stage");
        Stage stage = stage(code == null ? entry : code);
        Node percent = Faults.get(entry, "probability");
        BigDecimal probability = percent == null ? null : amount(percent);
        if (percent != null && probability != null && probability.compareTo(BigDecimal.valueOf(100)) > 0) {
            faults.add(percent, place + ": a probability is at most 100.", "Write percent from 0 to 100.");
        }
        return stage == null ? null : new StageReading(stage, probability, true);
    }

    private @Nullable Stage stage(Node node) {
        Stage stage = Stage.ofCode(Faults.text(node)).orElse(null);
        if (stage == null) {
            faults.add(
                    node,
                    place + ": \"" + Faults.text(node) + "\" is no stage.",
                    Faults.suggestion(Faults.text(node), STAGES));
        }
        return stage;
    }

    private List<Decision> decisions(@Nullable Node node, List<Decision> usual) {
        if (node == null) {
            return usual;
        }
        List<Node> entries = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        List<Decision> decisions = new ArrayList<>();
        for (Node entry : entries) {
            if (!(entry instanceof MappingNode object)) {
                faults.add(
                        entry,
                        place + ": decided_by must be an object.",
                        "Write { from: [status], values: { won: closed_won } }.");
                continue;
            }
            faults.onlyKeys(object, place + ": decided_by", List.of("from", "values"));
            Map<String, Stage> stages = new HashMap<>();
            for (NodeTuple value : faults.entries(Faults.get(object, "values"), place + ": decided_by")) {
                Stage stage = stage(value.getValueNode());
                if (stage != null) {
                    stages.put(Folding.fold(Faults.text(value.getKeyNode())), stage);
                }
            }
            decisions.add(
                    new Decision(faults.texts(Faults.get(object, "from"), place + ": decided_by"), Map.copyOf(stages)));
        }
        return Stream.concat(decisions.stream(), usual.stream()).toList();
    }
}
