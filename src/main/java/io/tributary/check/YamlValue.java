package io.tributary.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value in a YAML file that still knows its line. Read by the parser that Camel reads routes with. */
final class YamlValue {

    private static final LoadSettings SETTINGS = LoadSettings.builder().build();

    private final Node node;

    private YamlValue(Node node) {
        this.node = node;
    }

    /** A key, the line that it stands in, and its value. */
    record Entry(String key, int line, YamlValue value) {}

    /**
     * Reads one document.
     *
     * @return empty when the text holds nothing but comments and blanks
     * @throws org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException when it is not YAML
     */
    static Optional<YamlValue> parse(String text) {
        return new Compose(SETTINGS).composeString(text).map(YamlValue::new);
    }

    int line() {
        return lineOf(node);
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    /** The scalar as it is written; empty for a map or a list. */
    String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    List<YamlValue> items() {
        return node instanceof SequenceNode sequence
                ? sequence.getValue().stream().map(YamlValue::new).toList()
                : List.of();
    }

    List<Entry> entries() {
        if (!(node instanceof MappingNode mapping)) {
            return List.of();
        }
        return mapping.getValue().stream()
                .map(tuple -> new Entry(
                        new YamlValue(tuple.getKeyNode()).text(),
                        lineOf(tuple.getKeyNode()),
                        new YamlValue(tuple.getValueNode())))
                .toList();
    }

    Optional<YamlValue> get(String key) {
        return entries().stream()
                .filter(entry -> entry.key().equals(key))
                .map(Entry::value)
                .findFirst();
    }

    /** The items of the list at a key; none when there is no list. */
    List<YamlValue> itemsAt(String key) {
        return get(key).map(YamlValue::items).orElse(List.of());
    }

    boolean has(String key) {
        return get(key).isPresent();
    }

    /** The scalar at a key; empty when there is none. */
    String textAt(String key) {
        return get(key).map(YamlValue::text).orElse("");
    }

    /** The line of a key, or of this map when it has no such key. */
    int lineOf(String key) {
        return entries().stream()
                .filter(entry -> entry.key().equals(key))
                .mapToInt(Entry::line)
                .findFirst()
                .orElseGet(this::line);
    }

    /** What a step of a JSON pointer leads to; this value itself when it leads nowhere. */
    YamlValue step(String segment) {
        if (isList()) {
            return items().get(Integer.parseInt(segment));
        }
        return get(segment).orElse(this);
    }

    /** Shows every value below this one with the key that it stands under, parents first; a list's items have its key. */
    void walk(BiConsumer<String, YamlValue> visitor) {
        walk("", visitor);
    }

    private void walk(String key, BiConsumer<String, YamlValue> visitor) {
        visitor.accept(key, this);
        items().forEach(item -> item.walk(key, visitor));
        entries().forEach(entry -> entry.value().walk(entry.key(), visitor));
    }

    /** The same as JSON, scalars typed as YAML's JSON schema types them, which is how Camel sees them. */
    JsonNode toJson() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (isList()) {
            ArrayNode array = json.arrayNode();
            items().forEach(item -> array.add(item.toJson()));
            return array;
        }
        if (isMap()) {
            ObjectNode object = json.objectNode();
            entries().forEach(entry -> object.set(entry.key(), entry.value().toJson()));
            return object;
        }
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return json.nullNode();
        } else if (tag.equals(Tag.BOOL)) {
            return json.booleanNode(Boolean.parseBoolean(text()));
        } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(json);
        }
        return json.textNode(text());
    }

    /** YAML also knows .inf and .nan, which are no JSON numbers; as text they meet the schema's type error. */
    private JsonNode number(JsonNodeFactory json) {
        try {
            return json.numberNode(new BigDecimal(text()));
        } catch (NumberFormatException notDecimal) {
            return json.textNode(text());
        }
    }
}
