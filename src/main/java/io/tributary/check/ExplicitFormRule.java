package io.tributary.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tributary.answer.Nearest;
import java.util.Set;

/**
 * The explicit form, which Camel calls canonical: each step an object, each language an object inside
 * {@code expression}, each route under {@code route}. Camel deprecates the others, and one form makes small diffs.
 * Follows the schema, so that what is a shorthand is Camel's word and not a list kept here.
 */
final class ExplicitFormRule {

    /** Steps that do without an expression; to every other that can have one it is the point. */
    private static final Set<String> EXPRESSION_OPTIONAL = Set.of("transform", "serviceCallConfiguration");

    private final CamelSchema schema;
    private final Set<String> languages;

    ExplicitFormRule(CamelSchema schema) {
        this.schema = schema;
        this.languages = schema.languages();
    }

    void check(RouteDocument document, Findings findings) {
        for (YamlValue item : document.root().items()) {
            for (YamlValue.Entry entry : item.entries()) {
                if (entry.key().equals("from")) {
                    findings.untidy(
                            document.file(),
                            entry.line(),
                            "a `from` at the top is the short form of a route",
                            "Put it below `- route:`, after `id`, `description` and `group`");
                }
            }
        }
        visit("the file", document.root(), schema.root(), document.file(), findings);
    }

    private void visit(String key, YamlValue value, JsonNode definition, SourceFile file, Findings findings) {
        JsonNode resolved = schema.resolve(definition);
        if (value.isScalar() && schema.hasShorthand(resolved)) {
            tellShorthand(key, value, file, findings);
        }
        value.items().forEach(item -> visit(key, item, resolved.path("items"), file, findings));
        if (value.isMap()) {
            JsonNode properties = schema.explicitForm(resolved).path("properties");
            checkExpression(key, value, properties, file, findings);
            for (YamlValue.Entry entry : value.entries()) {
                visit(entry.key(), entry.value(), definitionOf(entry.key(), properties, resolved), file, findings);
            }
        }
    }

    private void tellShorthand(String key, YamlValue value, SourceFile file, Findings findings) {
        if (languages.contains(key)) {
            findings.untidy(
                    file,
                    value.line(),
                    "`" + key + ": …` is the short form of a language",
                    "Write `" + key + ":` and below it `expression: …`");
        } else if (!value.text().isEmpty()) {
            findings.untidy(
                    file,
                    value.line(),
                    "`" + key + ": …` is the short form of a step",
                    "Write `" + key + ":` and below it its options by name, one a line");
        }
    }

    /** The schema leaves a placeholder at each language that a step takes without {@code expression} around it. */
    private void checkExpression(String key, YamlValue value, JsonNode properties, SourceFile file, Findings findings) {
        JsonNode host = properties.path("expression");
        if (!host.isObject() || !host.isEmpty()) {
            return;
        }
        for (YamlValue.Entry entry : value.entries()) {
            JsonNode placeholder = properties.path(entry.key());
            if (languages.contains(entry.key()) && placeholder.isObject() && placeholder.isEmpty()) {
                findings.untidy(
                        file,
                        entry.line(),
                        "`" + entry.key() + "` stands directly in `" + key + "`",
                        "Put `expression:` between them");
            }
        }
        boolean some = value.entries().stream()
                .anyMatch(entry -> entry.key().equals("expression") || languages.contains(entry.key()));
        if (!some && !EXPRESSION_OPTIONAL.contains(key)) {
            findings.wrong(
                    file,
                    value.line(),
                    "`" + key + "` has no expression",
                    "Add `expression:` and below it a language, such as `simple:`");
        }
        value.get("expression")
                .filter(YamlValue::isMap)
                .ifPresent(expression -> checkLanguages(expression, file, findings));
    }

    private void checkLanguages(YamlValue expression, SourceFile file, Findings findings) {
        for (YamlValue.Entry entry : expression.entries()) {
            if (!languages.contains(entry.key())) {
                findings.wrong(
                        file,
                        entry.line(),
                        "`" + entry.key() + "` is no expression language",
                        Nearest.to(entry.key(), languages)
                                .map(nearest -> "Write `" + nearest + "` if that was meant")
                                .orElse("Write `simple:`, `constant:`, `header:`, `variable:` or another"));
            }
        }
    }

    /** What the schema says of the value at a key, where a placeholder stands for the alternatives beside it. */
    private JsonNode definitionOf(String key, JsonNode properties, JsonNode definition) {
        JsonNode direct = properties.path(key);
        if (direct.isObject() && !direct.isEmpty()) {
            return direct;
        }
        return alternative(key, definition);
    }

    private JsonNode alternative(String key, JsonNode definition) {
        for (String combination : new String[] {"anyOf", "oneOf"}) {
            for (JsonNode reference : definition.path(combination)) {
                JsonNode option = schema.resolve(reference);
                JsonNode found = option.path("properties").path(key);
                if (!found.isObject() || found.isEmpty()) {
                    found = alternative(key, option);
                }
                if (found.isObject() && !found.isEmpty()) {
                    return found;
                }
            }
        }
        return MissingNode.getInstance();
    }
}
