package io.tributary.mapping;

import io.tributary.deal.DealField;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a mapping file; every fault in it is found in one go. */
final class MappingParser {
    private static final List<String> KEYS =
            List.of("source", "system", "flatten", "unwrap", "metadata", "fields", "parts", "exports");
    private static final List<String> CODES =
            Arrays.stream(DealField.values()).map(DealField::code).toList();

    private final Faults faults;

    private MappingParser(String fileName) {
        this.faults = new Faults(fileName);
    }

    static Mapping parse(String fileName, String yaml) throws MappingException {
        MappingParser parser = new MappingParser(fileName);
        Mapping mapping = parser.mapping(parser.root(yaml));
        parser.faults.throwIfAny();
        return mapping;
    }

    private MappingNode root(String yaml) throws MappingException {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(20);
        options.setNestingDepthLimit(20);
        try {
            Node root = new Yaml(options).compose(new StringReader(yaml));
            if (root instanceof MappingNode object) {
                return object;
            }
            faults.add(1, "The file is empty or no object.", "Begin with \"source:\" and the name of the source.");
        } catch (MarkedYAMLException malformed) {
            int line = malformed.getProblemMark() == null
                    ? 1
                    : malformed.getProblemMark().getLine() + 1;
            faults.add(
                    line, "This is not YAML: " + malformed.getProblem() + ".", "Check indentation, colons and quotes.");
        } catch (YAMLException malformed) {
            faults.add(1, "This is not YAML.", "Check indentation, colons and quotes.");
        }
        faults.throwIfAny();
        throw new IllegalStateException("a fault was added above");
    }

    private Mapping mapping(MappingNode root) {
        faults.onlyKeys(root, "A mapping", KEYS);
        Node sourceNode = Faults.get(root, "source");
        if (sourceNode == null) {
            faults.add(root, "The mapping does not name its source.", "Add \"source:\", as in source: web_form.");
        }
        String source = sourceNode == null ? "" : Faults.text(sourceNode);
        Node systemNode = Faults.get(root, "system");
        String system = systemNode == null ? source : Faults.text(systemNode);
        Map<DealField, FieldRule> fields = fields(Faults.get(root, "fields"), usualFields(), false);
        List<PartRule> parts = parts(Faults.get(root, "parts"));
        checkNames(root, fields, parts);
        checkReferences(root, fields, parts);
        List<Export> exports = new ArrayList<>();
        for (NodeTuple export : faults.entries(Faults.get(root, "exports"), "exports")) {
            exports.add(export(source, Faults.text(export.getKeyNode()), export.getValueNode(), fields, parts));
        }
        return new Mapping(
                new Rules(source, system, fields, parts),
                Set.copyOf(faults.texts(Faults.get(root, "flatten"), "flatten")),
                unwrapKey(root),
                Set.copyOf(faults.texts(Faults.get(root, "metadata"), "metadata")),
                exports);
    }

    private static @Nullable String unwrapKey(MappingNode root) {
        Node unwrap = Faults.get(root, "unwrap");
        return unwrap == null ? null : Faults.text(unwrap);
    }

    private static Map<DealField, FieldRule> usualFields() {
        Map<DealField, FieldRule> fields = new EnumMap<>(DealField.class);
        for (DealField field : DealField.values()) {
            fields.put(field, FieldRule.usual(field));
        }
        return fields;
    }

    private Map<DealField, FieldRule> fields(@Nullable Node node, Map<DealField, FieldRule> base, boolean overlay) {
        Map<DealField, FieldRule> fields = new EnumMap<>(base);
        for (NodeTuple entry : faults.entries(node, "fields")) {
            String code = Faults.text(entry.getKeyNode());
            DealField field = DealField.ofCode(code).orElse(null);
            if (field == null) {
                faults.add(entry.getKeyNode(), "A deal has no field \"" + code + "\".", Faults.suggestion(code, CODES));
                continue;
            }
            FieldRule usual = fields.getOrDefault(field, FieldRule.usual(field));
            fields.put(field, new FieldRuleParser(faults, field).parse(entry.getValueNode(), usual, overlay));
        }
        return fields;
    }

    private List<PartRule> parts(@Nullable Node node) {
        List<PartRule> parts = new ArrayList<>();
        for (NodeTuple entry : faults.entries(node, "parts")) {
            String name = Faults.text(entry.getKeyNode());
            String place = "Part \"" + name + "\"";
            if (DealField.ofCode(name).isPresent()) {
                faults.add(entry.getKeyNode(), place + " has the name of a deal field.", "Put it under \"fields:\".");
                continue;
            }
            List<String> from = List.of(name);
            boolean keep = true;
            if (entry.getValueNode() instanceof MappingNode object) {
                faults.onlyKeys(object, place, List.of("from", "keep"));
                List<String> named = faults.texts(Faults.get(object, "from"), place);
                from = named.isEmpty() ? from : named;
                keep = faults.flag(Faults.get(object, "keep"), place + ": keep", true);
            } else if (entry.getValueNode() instanceof SequenceNode list) {
                from = faults.texts(list, place);
            } else {
                faults.add(
                        entry.getValueNode(),
                        place + " must be an object or a list of names.",
                        "Write [" + name + "].");
            }
            parts.add(new PartRule(name, from, keep));
        }
        return parts;
    }

    /** One name must not feed two fields: which of them gets the value would be chance. */
    private void checkNames(MappingNode root, Map<DealField, FieldRule> fields, List<PartRule> parts) {
        Map<String, String> owners = new HashMap<>();
        fields.values().forEach(rule -> own(owners, rule.from(), rule.field().code(), root));
        parts.forEach(part -> own(owners, part.from(), part.name(), root));
    }

    private void own(Map<String, String> owners, List<String> names, String owner, MappingNode root) {
        for (String name : names) {
            String folded = Folding.fold(name);
            int at = lineOf(root, name, 1);
            if (folded.isEmpty()) {
                faults.add(
                        at,
                        "\"" + name + "\" has no letter or digit to go by.",
                        "Write the name as the source sends it.");
                continue;
            }
            String other = owners.putIfAbsent(folded, owner);
            if (other == null) {
                continue;
            }
            if (other.equals(owner)) {
                faults.add(
                        at,
                        "\"" + name + "\" stands twice under \"" + owner
                                + "\": case, spacing and punctuation do not count.",
                        "Remove one of them.");
            } else {
                faults.add(
                        at,
                        "\"" + name + "\" feeds both \"" + other + "\" and \"" + owner + "\".",
                        "Keep it in one of them.");
            }
        }
    }

    /** The last line on which a name stands. */
    private static int lineOf(Node node, String name, int otherwise) {
        int line = otherwise;
        if (node instanceof MappingNode object) {
            for (NodeTuple entry : object.getValue()) {
                line = lineOf(entry.getValueNode(), name, line);
            }
        } else if (node instanceof SequenceNode list) {
            for (Node entry : list.getValue()) {
                line = lineOf(entry, name, line);
            }
        } else if (Faults.text(node).equals(name)) {
            line = node.getStartMark().getLine() + 1;
        }
        return line;
    }

    private void checkReferences(MappingNode root, Map<DealField, FieldRule> fields, List<PartRule> parts) {
        Set<String> known = new TreeSet<>(CODES);
        parts.forEach(part -> known.add(part.name()));
        for (FieldRule rule : fields.values()) {
            if (rule.template() != null) {
                for (String name : rule.template().names()) {
                    check(root, rule, name, known, "template");
                }
            }
            if (rule.estimate() != null) {
                check(root, rule, rule.estimate().by(), known, "estimate");
            }
        }
    }

    private void check(MappingNode root, FieldRule rule, String name, Set<String> known, String key) {
        if (known.contains(name)) {
            return;
        }
        Node at = root;
        if (Faults.get(root, "fields") instanceof MappingNode all
                && Faults.get(all, rule.field().code()) instanceof MappingNode entry) {
            Node found = Faults.get(entry, key);
            at = found == null ? entry : found;
        }
        faults.add(
                at,
                "Field \"" + rule.field().code() + "\": its " + key + " names \"" + name
                        + "\", which is no field or part.",
                Faults.suggestion(name, known));
    }

    private Export export(
            String source, String system, Node node, Map<DealField, FieldRule> base, List<PartRule> parts) {
        String place = "Export \"" + system + "\"";
        List<Set<String>> signatures = new ArrayList<>();
        Map<DealField, FieldRule> fields = base;
        if (node instanceof MappingNode object) {
            faults.onlyKeys(object, place, List.of("headers", "fields"));
            if (Faults.get(object, "headers") instanceof SequenceNode list) {
                boolean nested = list.getValue().stream().allMatch(SequenceNode.class::isInstance);
                for (Node signature : nested ? list.getValue() : List.<Node>of(list)) {
                    signatures.add(faults.texts(signature, place).stream()
                            .map(Folding::fold)
                            .collect(Collectors.toUnmodifiableSet()));
                }
            }
            fields = fields(Faults.get(object, "fields"), base, true);
        }
        if (signatures.isEmpty() || signatures.stream().anyMatch(Set::isEmpty)) {
            faults.add(
                    node,
                    place + " does not say by which headers it is recognised.",
                    "Add headers: [[Record ID, Deal Name]].");
        }
        return new Export(
                system, List.copyOf(signatures), new Rules(source, system, withoutTaken(fields, base), parts));
    }

    /** A name that the export gives to one field is taken away from the field that has it otherwise. */
    private static Map<DealField, FieldRule> withoutTaken(
            Map<DealField, FieldRule> fields, Map<DealField, FieldRule> base) {
        Map<String, DealField> claimed = new HashMap<>();
        fields.forEach((field, rule) -> rule.from().forEach(name -> {
            FieldRule before = base.get(field);
            if (before == null || !before.from().contains(name)) {
                claimed.put(Folding.fold(name), field);
            }
        }));
        Map<DealField, FieldRule> result = new EnumMap<>(fields);
        result.replaceAll((field, rule) -> new FieldRule(
                field,
                rule.from().stream()
                        .filter(name -> claimed.getOrDefault(Folding.fold(name), field) == field)
                        .toList(),
                rule.read(),
                rule.required(),
                rule.template(),
                rule.decimal(),
                rule.estimate(),
                rule.fallback(),
                rule.stages(),
                rule.decisions()));
        return result;
    }
}
