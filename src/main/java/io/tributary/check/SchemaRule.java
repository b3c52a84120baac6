package io.tributary.check;

import com.networknt.schema.ValidationMessage;
import io.tributary.answer.Nearest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Camel's schema, said so that a person can act on it. The schema offers alternatives at many places and complains of
 * each one that was not taken; only complaints that hold whatever alternative was meant are told, and where there are
 * none, the deepest of the others.
 */
final class SchemaRule {

    private static final Set<String> CERTAIN = Set.of("required", "enum", "type", "maxProperties");

    private final CamelSchema schema;

    SchemaRule(CamelSchema schema) {
        this.schema = schema;
    }

    void check(RouteDocument document, Findings findings) {
        Set<ValidationMessage> messages = schema.validate(document.root().toJson());
        List<ValidationMessage> certain =
                messages.stream().filter(SchemaRule::certain).toList();
        Set<String> mistyped = certain.stream()
                .filter(SchemaRule::unknownName)
                .flatMap(message -> meant(message).map(name -> place(message) + "/" + name).stream())
                .collect(Collectors.toSet());
        certain.stream()
                .filter(message -> !mistyped.contains(place(message) + "/" + message.getProperty()))
                .forEach(message -> tell(message, document, findings));
        Set<String> told = certain.stream().map(SchemaRule::place).collect(Collectors.toSet());
        messages.stream()
                .map(SchemaRule::place)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .filter(place -> told.stream().noneMatch(deeper -> (deeper + "/").startsWith(place + "/")))
                .forEach(place -> {
                    told.add(place);
                    tellNoneFits(place, document, findings);
                });
    }

    private static String place(ValidationMessage message) {
        return message.getInstanceLocation().toString();
    }

    /** Whether a complaint holds by itself, not only for one of several alternatives. */
    private static boolean certain(ValidationMessage message) {
        boolean oneOfSeveral = message.getEvaluationPath().toString().matches(".*/(oneOf|anyOf|not)(/\\d+)?/[a-zA-Z]+");
        return unknownName(message) || (CERTAIN.contains(message.getType()) && !oneOfSeveral);
    }

    private static boolean unknownName(ValidationMessage message) {
        return message.getType().equals("additionalProperties");
    }

    private void tell(ValidationMessage message, RouteDocument document, Findings findings) {
        YamlValue value = at(document.root(), place(message));
        String property = message.getProperty() == null ? "" : message.getProperty();
        switch (message.getType()) {
            case "additionalProperties" ->
                findings.wrong(
                        document.file(),
                        value.lineOf(property),
                        "Camel knows no `" + property + "` here",
                        meant(message)
                                .map(name -> "Write `" + name + "` if that was meant, else take it out")
                                .orElseGet(() -> oneOf(known(message))));
            case "required" ->
                findings.wrong(
                        document.file(),
                        value.line(),
                        "`" + property + "` is missing from `" + lastName(place(message)) + "`",
                        "Add `" + property + ":`");
            case "maxProperties" ->
                findings.wrong(
                        document.file(),
                        value.line(),
                        "one entry holds more than one thing: "
                                + value.entries().stream()
                                        .map(entry -> "`" + entry.key() + "`")
                                        .collect(Collectors.joining(", ")),
                        "Begin each with a `-` of its own");
            case "enum" ->
                findings.wrong(
                        document.file(),
                        value.line(),
                        "`" + lastName(place(message)) + "` cannot be `" + value.text() + "`",
                        "Write one of "
                                + message.getSchemaNode()
                                        .toString()
                                        .replace("\"", "")
                                        .replace(",", ", "));
            default ->
                findings.wrong(
                        document.file(),
                        value.line(),
                        "`" + lastName(place(message)) + "` is of the wrong type: " + message.getError(),
                        "Write " + expected(message.getSchemaNode().asText()));
        }
    }

    private static void tellNoneFits(String place, RouteDocument document, Findings findings) {
        int line = at(document.root(), place).line();
        if (!findings.faulty(document.file(), line)) {
            findings.wrong(
                    document.file(),
                    line,
                    "`" + lastName(place) + "` is none of the forms that Camel knows",
                    "Compare it with the same step in a built-in route, or with Camel's documentation of it");
        }
    }

    private static String expected(String type) {
        return switch (type) {
            case "array" -> "a list, each item with a `-`";
            case "object" -> "named options below it, one a line";
            case "boolean" -> "true or false, without quotes";
            case "number", "integer" -> "a number, without quotes";
            default -> "a " + type + ", in quotes";
        };
    }

    /** The name that was probably meant by one that Camel does not know. */
    private Optional<String> meant(ValidationMessage message) {
        return Nearest.to(message.getProperty(), known(message));
    }

    /** The names that the schema lists where it refuses another. */
    private Set<String> known(ValidationMessage message) {
        String place = message.getSchemaLocation().getFragment().toString();
        return CamelSchema.names(schema.at(place.substring(0, place.lastIndexOf('/')) + "/properties"));
    }

    private static String oneOf(Set<String> known) {
        return known.size() > 12
                ? "Take it out, or look it up in Camel's documentation"
                : "Use one of " + new TreeSet<>(known) + ", or take it out";
    }

    private static String lastName(String place) {
        String[] segments = place.split("/", -1);
        for (int i = segments.length - 1; i > 0; i--) {
            if (!segments[i].chars().allMatch(Character::isDigit)) {
                return segments[i];
            }
        }
        return "the file";
    }

    private static YamlValue at(YamlValue root, String pointer) {
        YamlValue value = root;
        for (String segment : pointer.split("/", -1)) {
            if (!segment.isEmpty()) {
                value = value.step(segment.replace("~1", "/").replace("~0", "~"));
            }
        }
        return value;
    }
}
