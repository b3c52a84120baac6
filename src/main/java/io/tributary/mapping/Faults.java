package io.tributary.mapping;

import io.tributary.mapping.MappingException.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the nodes of one YAML file and collects what is wrong with them, each with its line and its mend. */
final class Faults {
    private final String file;
    private final List<Fault> faults = new ArrayList<>();

    Faults(String file) {
        this.file = file;
    }

    void add(Node at, String problem, String mend) {
        add(at.getStartMark().getLine() + 1, problem, mend);
    }

    void add(int line, String problem, String mend) {
        faults.add(new Fault(file, line, problem, mend));
    }

    void throwIfAny() throws MappingException {
        if (!faults.isEmpty()) {
            throw new MappingException(
                    faults.stream().sorted(Comparator.comparingInt(Fault::line)).toList());
        }
    }

    /** Complains about every key that is not allowed, and every key that stands twice. */
    void onlyKeys(MappingNode node, String place, Collection<String> allowed) {
        List<String> seen = new ArrayList<>();
        for (NodeTuple entry : node.getValue()) {
            String key = text(entry.getKeyNode());
            if (!allowed.contains(key)) {
                add(entry.getKeyNode(), place + " does not know \"" + key + "\".", suggestion(key, allowed));
            }
            if (seen.contains(key)) {
                add(entry.getKeyNode(), place + " has \"" + key + "\" twice.", "Remove one of them.");
            }
            seen.add(key);
        }
    }

    /** The node under a key; null when there is none. */
    static @Nullable Node get(MappingNode node, String key) {
        for (NodeTuple entry : node.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
                return entry.getValueNode();
            }
        }
        return null;
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar
                ? scalar.getValue()
                : node.getTag().getValue();
    }

    /** The entries of an object; empty, with a fault, when it is none. */
    List<NodeTuple> entries(@Nullable Node node, String place) {
        if (node instanceof MappingNode object) {
            return object.getValue();
        }
        if (node != null && !Tag.NULL.equals(node.getTag())) {
            add(node, place + " must be an object.", "Write \"key: value\" lines, indented below it.");
        }
        return List.of();
    }

    /** One text or a list of texts. */
    List<String> texts(@Nullable Node node, String place) {
        if (node == null) {
            return List.of();
        }
        if (node instanceof ScalarNode scalar) {
            return List.of(scalar.getValue());
        }
        if (node instanceof SequenceNode list) {
            List<String> texts = new ArrayList<>();
            for (Node entry : list.getValue()) {
                if (entry instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
                    texts.add(scalar.getValue());
                } else {
                    add(entry, place + " holds an entry that is no text.", "Write a list of names, as [name, title].");
                }
            }
            return List.copyOf(texts);
        }
        add(node, place + " must be a list of texts.", "Write it as [name, title].");
        return List.of();
    }

    boolean flag(@Nullable Node node, String place, boolean usual) {
        if (node == null) {
            return usual;
        }
        String text = text(node);
        if (!text.equals("true") && !text.equals("false")) {
            add(node, place + " must be true or false, not \"" + text + "\".", "Write true or false.");
        }
        return text.equals("true");
    }

    /** What to write instead of an unknown word. */
    static String suggestion(String word, Collection<String> known) {
        String closest = null;
        int least = Math.max(2, word.length() / 3) + 1;
        String lower = word.toLowerCase(Locale.ROOT);
        for (String candidate : known) {
            int distance = distance(lower, candidate);
            if (distance < least || (distance == least && closest != null && candidate.compareTo(closest) < 0)) {
                least = distance;
                closest = candidate;
            }
        }
        String all = String.join(", ", known.stream().sorted().toList());
        return closest == null ? "Write one of: " + all + "." : "Did you mean \"" + closest + "\"?";
    }

    /** Edits that turn one word into the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
