package io.tributary.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Checks files together, as the hub would load them. Making one reads Camel's schema and catalog, about a second;
 * keep it where checks repeat. Safe for use by one thread at a time.
 */
public final class RouteCheck {

    private static final Pattern COMMENTED_OUT = Pattern.compile("(?m)^#(?=[\\w.-]+=)");
    private static final char UNREADABLE = '\uFFFD';

    private final MappingRule mappings;
    private final SchemaRule schemaRule;
    private final ExplicitFormRule explicitForm;
    private final EndpointRule endpoints;
    private final LanguageRule languages;
    private final HouseStyleRule houseStyle = new HouseStyleRule();
    private final WiringRule wiring;
    private final TemplateRule templates;

    public RouteCheck() {
        this(new SourceMappings());
    }

    RouteCheck(MappingRule mappings) {
        this.mappings = mappings;
        CamelSchema schema = new CamelSchema();
        ClassPath classPath = new ClassPath();
        CamelCatalog catalog = new DefaultCamelCatalog(true);
        catalog.addComponent(
                "event-log",
                "io.tributary.event.EventLogComponent",
                classPath.text("io/tributary/event/event-log.json"));
        schemaRule = new SchemaRule(schema);
        explicitForm = new ExplicitFormRule(schema);
        endpoints = new EndpointRule(catalog, classPath);
        languages = new LanguageRule(catalog, classPath, schema.languages());
        wiring = new WiringRule(classPath);
        templates = new TemplateRule(configuredNames());
    }

    /**
     * Checks every file, each by itself and all together.
     *
     * @param files built-in and own; an own file takes the place of the built-in one of the same name
     */
    public Report check(Collection<SourceFile> files) {
        Findings findings = new Findings();
        List<SourceFile> inForce = inForce(files);
        List<RouteDocument> documents = new ArrayList<>();
        Map<String, SourceFile> sources = new HashMap<>();
        for (SourceFile file : inForce) {
            checkEncoding(file, findings);
            if (file.routes()) {
                parse(file, findings).ifPresent(documents::add);
            } else if (file.mapping()) {
                findings.addAll(mappings.check(file));
                claimSource(file, sources, findings);
            } else if (file.mappingCases()) {
                findings.addAll(mappings.checkCases(file, mappingOf(file, inForce)));
            } else if (file.healthProfile()) {
                findings.addAll(HealthRule.check(file));
            } else {
                findings.untidy(
                        file,
                        1,
                        "the hub reads no file of this name",
                        "End the name in .camel.yaml, .mapping.yaml, .mapping.test.yaml or .health.yaml");
            }
        }
        for (RouteDocument document : documents) {
            explicitForm.check(document, findings);
            endpoints.check(document, findings);
            languages.check(document, findings);
            houseStyle.check(document, findings);
            schemaRule.check(document, findings);
        }
        wiring.check(documents, findings);
        templates.check(documents, findings);
        return findings.report(files.size());
    }

    /** Of two mappings of one source only one would ever be asked. */
    private static void claimSource(SourceFile file, Map<String, SourceFile> sources, Findings findings) {
        try {
            YamlValue.parse(file.text()).filter(root -> root.has("source")).ifPresent(root -> {
                SourceFile first = sources.putIfAbsent(root.textAt("source"), file);
                if (first != null) {
                    findings.wrong(
                            file,
                            root.lineOf("source"),
                            "the source `" + root.textAt("source") + "` is mapped by " + first.name() + " already",
                            "Name another source, or give the file that one's name to take its place");
                }
            });
        } catch (YamlEngineException toldWithTheMapping) {
            // It has no source that could be read.
        }
    }

    private static @Nullable SourceFile mappingOf(SourceFile cases, List<SourceFile> files) {
        String wanted = cases.simpleName().replace(SourceFile.MAPPING_CASES, SourceFile.MAPPING);
        return files.stream()
                .filter(file -> file.simpleName().equals(wanted))
                .findFirst()
                .orElse(null);
    }

    /** Whoever read the file put this character where bytes were no UTF-8. */
    private static void checkEncoding(SourceFile file, Findings findings) {
        int place = file.text().indexOf(UNREADABLE);
        if (place >= 0) {
            int line = (int) file.text()
                            .substring(0, place)
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            findings.wrong(file, line, "this is not UTF-8", "Save the file as UTF-8");
        }
    }

    private static List<SourceFile> inForce(Collection<SourceFile> files) {
        Map<String, SourceFile> own = new HashMap<>();
        files.stream().filter(file -> !file.builtIn()).forEach(file -> own.put(file.simpleName(), file));
        return files.stream()
                .filter(file -> !file.builtIn() || !own.containsKey(file.simpleName()))
                .toList();
    }

    private static Optional<RouteDocument> parse(SourceFile file, Findings findings) {
        try {
            Optional<YamlValue> root = YamlValue.parse(file.text());
            if (root.isPresent() && root.get().isList()) {
                root.get().walk((key, value) -> checkKeys(value, file, findings));
                return Optional.of(new RouteDocument(file, root.get()));
            }
            findings.wrong(
                    file,
                    root.map(YamlValue::line).orElse(1),
                    "the file holds no list of routes",
                    "Begin each entry with `- route:`, or `- templatedRoute:` for a connection");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            findings.wrong(
                    file,
                    line,
                    "this is not YAML: " + e.getProblem(),
                    "Compare the indentation, quotes and colons with the line above");
        } catch (YamlEngineException e) {
            findings.wrong(file, 1, "this is not YAML: " + e.getMessage(), "Write it as plain text in UTF-8");
        }
        return Optional.empty();
    }

    /** YAML forbids it, and Camel would quietly take the last. */
    private static void checkKeys(YamlValue value, SourceFile file, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (YamlValue.Entry entry : value.entries()) {
            if (!seen.add(entry.key())) {
                findings.wrong(
                        file, entry.line(), "`" + entry.key() + "` stands here twice", "Take one of the two out");
            }
        }
    }

    /** The names in application.properties; one that is commented out shows a default that the hub sets itself. */
    private static Set<String> configuredNames() {
        Properties properties = new Properties();
        try (InputStream stream = RouteCheck.class.getResourceAsStream("/application.properties")) {
            if (stream != null) {
                String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                properties.load(new StringReader(COMMENTED_OUT.matcher(text).replaceAll("")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading application.properties", e);
        }
        return properties.stringPropertyNames();
    }
}
