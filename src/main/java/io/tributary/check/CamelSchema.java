package io.tributary.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/** Camel's own schema of its YAML routes, {@code schema/camelYamlDsl.json} in the camel-yaml-dsl jar (draft 4). */
final class CamelSchema {

    private static final String LOCATION = "/schema/camelYamlDsl.json";
    private static final String EXPRESSION =
            "/items/definitions/org.apache.camel.model.language.ExpressionDefinition/properties";

    /** Some two hundred megabytes once routes were checked by it: given up where the memory is needed, and made again. */
    private static SoftReference<JsonSchema> compiled = new SoftReference<>(null);

    private final JsonNode document;

    CamelSchema() {
        try (InputStream stream = CamelSchema.class.getResourceAsStream(LOCATION)) {
            if (stream == null) {
                throw new IllegalStateException("reading " + LOCATION + ": camel-yaml-dsl is not on the class path");
            }
            document = new ObjectMapper().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + LOCATION, e);
        }
    }

    Set<ValidationMessage> validate(JsonNode routes) {
        return compiled(document).validate(routes);
    }

    private static synchronized JsonSchema compiled(JsonNode document) {
        JsonSchema known = compiled.get();
        if (known == null) {
            SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .build();
            // Camel marks what is deprecated with a keyword that draft 4 does not have.
            JsonMetaSchema draft = JsonMetaSchema.builder(JsonMetaSchema.getV4())
                    .keyword(new NonValidationKeyword("deprecated"))
                    .build();
            known = JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4))
                    .metaSchema(draft)
                    .build()
                    .getSchema(document, config);
            compiled = new SoftReference<>(known);
        }
        return known;
    }

    /** The names of Camel's expression languages as YAML writes them: {@code simple}, {@code constant} and so on. */
    Set<String> languages() {
        return names(document.at(EXPRESSION));
    }

    /** What a list of entries must look like. */
    JsonNode root() {
        return document;
    }

    /** The node at a place of the schema, such as {@code /items/properties}. */
    JsonNode at(String pointer) {
        return document.at(pointer);
    }

    /** The same node, or the one that it refers to. */
    JsonNode resolve(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isTextual() ? document.at(reference.asText().substring(1)) : node;
    }

    /** Of a definition that may also be written as a bare string, the form with named properties. */
    JsonNode explicitForm(JsonNode definition) {
        for (JsonNode alternative : definition.path("oneOf")) {
            if (alternative.has("properties")) {
                return alternative;
            }
        }
        return definition.has("properties") ? definition : MissingNode.getInstance();
    }

    /** Whether a definition may be written as a bare string beside its explicit form. */
    boolean hasShorthand(JsonNode definition) {
        boolean text = false;
        boolean object = false;
        for (JsonNode alternative : definition.path("oneOf")) {
            text |= alternative.path("type").asText().equals("string");
            object |= alternative.has("properties");
        }
        return text && object;
    }

    static Set<String> names(JsonNode properties) {
        Set<String> names = new HashSet<>();
        for (Iterator<String> each = properties.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        return names;
    }
}
