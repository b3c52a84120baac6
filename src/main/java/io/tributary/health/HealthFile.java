package io.tributary.health;

import io.tributary.deal.DealField;
import io.tributary.deal.Stage;
import io.tributary.health.HealthFileException.Fault;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a file {@code <name>.health.yaml}, every fault of it in one go. */
public final class HealthFile {
    private static final List<String> KEYS = List.of(
            "profile",
            "base",
            "velocity",
            "engagement",
            "trend",
            "likelihood",
            "exposure",
            "close_date",
            "pushes",
            "next_step",
            "completeness");

    private static final String CORNERS = "Write pairs in ascending order, as [[0, 5], [7, 0], [30, -25]]";

    private final List<Fault> faults = new ArrayList<>();

    private HealthFile() {}

    /**
     * The profile that a file describes.
     *
     * @throws HealthFileException with everything that is wrong with it
     */
    public static HealthProfile parse(String yaml) throws HealthFileException {
        HealthFile file = new HealthFile();
        HealthProfile profile = file.profile(file.root(yaml));
        file.throwIfAny();
        return profile;
    }

    private MappingNode root(String yaml) throws HealthFileException {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(20);
        options.setNestingDepthLimit(20);
        try {
            if (new Yaml(options).compose(new StringReader(yaml)) instanceof MappingNode object) {
                return object;
            }
            faults.add(new Fault(1, "the file is empty or no object", "Begin with \"profile:\" and a name"));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            faults.add(
                    new Fault(line, "this is not YAML: " + e.getProblem(), "Check indentation, colons and brackets"));
        } catch (YAMLException e) {
            faults.add(new Fault(1, "this is not YAML", "Check indentation, colons and brackets"));
        }
        throw new HealthFileException(faults);
    }

    private void throwIfAny() throws HealthFileException {
        if (!faults.isEmpty()) {
            throw new HealthFileException(faults);
        }
    }

    private HealthProfile profile(MappingNode root) {
        for (NodeTuple entry : root.getValue()) {
            String key = text(entry.getKeyNode());
            if (!KEYS.contains(key)) {
                fault(
                        entry.getKeyNode(),
                        "there is no factor \"" + key + "\"",
                        "Write one of " + String.join(", ", KEYS));
            }
        }
        Node name = get(root, "profile");
        if (name == null || !text(name).matches("[a-z][a-z0-9-]{0,62}")) {
            fault(
                    name == null ? root : name,
                    "the profile has no usable name",
                    "Write it in small letters, digits and hyphens, as pipeline-v2");
        }
        return new PipelineProfile(new PipelineProfile.Weights(
                name == null ? "" : text(name),
                BigDecimal.valueOf(PipelineProfile.tenths(number(get(root, "base"), "base", root, 0, 100)), 1),
                curve(root, "velocity"),
                usualDays(root),
                curve(root, "engagement"),
                curve(root, "trend"),
                curve(root, "likelihood"),
                curve(root, "exposure"),
                number(inner(root, "exposure", "below_percent"), "exposure.below_percent", root, 0, 100),
                BigDecimal.valueOf(
                        number(inner(root, "exposure", "usual_value"), "exposure.usual_value", root, 0.01, 1e15)),
                curve(root, "close_date"),
                curve(root, "pushes"),
                number(inner(root, "next_step", "points"), "next_step.points", root, 0, 100),
                completeness(root)));
    }

    private Map<Stage, Double> usualDays(MappingNode root) {
        EnumMap<Stage, Double> days = new EnumMap<>(Stage.class);
        for (NodeTuple entry : entries(root, inner(root, "velocity", "usual_days"), "velocity.usual_days")) {
            Stage stage = Stage.ofCode(text(entry.getKeyNode()))
                    .filter(known -> !known.closed())
                    .orElse(null);
            if (stage == null) {
                fault(
                        entry.getKeyNode(),
                        "\"" + text(entry.getKeyNode()) + "\" is no open stage",
                        "Write discovery, qualification, proposal or negotiation");
            } else {
                days.put(stage, number(entry.getValueNode(), "velocity.usual_days", root, 0.01, 3650));
            }
        }
        return days;
    }

    private Map<DealField, Double> completeness(MappingNode root) {
        Map<DealField, Double> points = new LinkedHashMap<>();
        for (NodeTuple entry : entries(root, inner(root, "completeness", "points"), "completeness.points")) {
            DealField field = DealField.ofCode(text(entry.getKeyNode())).orElse(null);
            if (field == null) {
                fault(
                        entry.getKeyNode(),
                        "\"" + text(entry.getKeyNode()) + "\" is no field of a deal",
                        "Write a field such as contact_email");
            } else {
                points.put(field, number(entry.getValueNode(), "completeness.points", root, 0, 100));
            }
        }
        return points;
    }

    private Curve curve(MappingNode root, String factor) {
        Node node = inner(root, factor, "points");
        List<Curve.Corner> corners = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            for (Node pair : list.getValue()) {
                if (pair instanceof SequenceNode two && two.getValue().size() == 2) {
                    corners.add(new Curve.Corner(
                            number(two.getValue().get(0), factor, root, -1e9, 1e9),
                            number(two.getValue().get(1), factor, root, -100, 100)));
                } else {
                    fault(pair, factor + ".points holds something that is no pair", CORNERS);
                }
            }
        }
        try {
            return new Curve(corners);
        } catch (IllegalArgumentException e) {
            fault(node == null ? root : node, factor + ".points " + e.getMessage(), CORNERS);
            return new Curve(List.of(new Curve.Corner(0, 0)));
        }
    }

    private double number(@Nullable Node node, String place, MappingNode root, double least, double most) {
        try {
            double number = node == null ? Double.NaN : Double.parseDouble(text(node));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Told below, like a number out of range.
        }
        fault(
                node == null ? root : node,
                place + (node == null ? " is missing" : " is \"" + text(node) + "\""),
                "Write a number from " + plain(least) + " to " + plain(most));
        return least;
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private List<NodeTuple> entries(MappingNode root, @Nullable Node node, String place) {
        if (node instanceof MappingNode object) {
            return object.getValue();
        }
        fault(node == null ? root : node, place + " is no object", "Write it as { key: number }");
        return List.of();
    }

    private void fault(Node at, String problem, String mend) {
        faults.add(new Fault(at.getStartMark().getLine() + 1, problem, mend));
    }

    private static @Nullable Node inner(MappingNode root, String factor, String key) {
        return get(root, factor) instanceof MappingNode object ? get(object, key) : null;
    }

    private static @Nullable Node get(MappingNode node, String key) {
        for (NodeTuple entry : node.getValue()) {
            if (text(entry.getKeyNode()).equals(key)) {
                return entry.getValueNode();
            }
        }
        return null;
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar
                ? scalar.getValue()
                : node.getTag().getValue();
    }
}
