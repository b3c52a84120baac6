package io.tributary.check;

import io.tributary.answer.Nearest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Placeholders and templates: what a template declares is used, what it uses is declared, and whoever makes a route of
 * it gives what it asks for. Camel stops at the start on a placeholder without a value.
 */
final class TemplateRule {

    /** A bare name: one with a colon carries its default or is a function such as {@code env:NAME}. */
    private static final Pattern BARE = Pattern.compile("\\{\\{\\s*([?!]?)([^{}:\\s]+)\\s*}}");

    private static final Pattern WITH_DEFAULT = Pattern.compile("\\{\\{\\s*([^{}:\\s]+):");

    private static final Pattern SECRET =
            Pattern.compile(".*(password|secret|token|private_key)", Pattern.CASE_INSENSITIVE);

    private final Set<String> properties;
    private final ConnectionRule connections = new ConnectionRule();

    /** @param properties the names that the hub's configuration gives a value */
    TemplateRule(Set<String> properties) {
        this.properties = properties;
    }

    private record Template(Set<String> declared, Set<String> required) {}

    void check(List<RouteDocument> documents, Findings findings) {
        Map<String, Template> templates = new HashMap<>();
        for (RouteDocument document : documents) {
            for (YamlValue template : document.entries("routeTemplate")) {
                templates.put(template.textAt("id"), checkTemplate(template, document.file(), findings));
            }
            for (String kind : List.of("route", "routeConfiguration", "rest", "templatedRoute")) {
                document.entries(kind).forEach(entry -> checkUses(entry, Set.of(), document.file(), findings));
            }
        }
        for (RouteDocument document : documents) {
            for (YamlValue entry : document.entries("templatedRoute")) {
                connections
                        .kindOf(entry)
                        .ifPresentOrElse(
                                kind -> connections.check(entry, kind, document.file(), findings),
                                () -> checkInstance(entry, templates, document.file(), findings));
            }
        }
    }

    private Template checkTemplate(YamlValue template, SourceFile file, Findings findings) {
        Set<String> declared = new LinkedHashSet<>();
        Set<String> required = new HashSet<>();
        for (YamlValue parameter : template.itemsAt("parameters")) {
            String name = parameter.textAt("name");
            declared.add(name);
            if (!parameter.has("defaultValue") && !parameter.textAt("required").equals("false")) {
                required.add(name);
            }
        }
        Set<String> given = new HashSet<>(declared);
        template.itemsAt("beans").forEach(bean -> given.add(bean.textAt("name")));
        Set<String> used = checkUses(template, given, file, findings);
        for (YamlValue parameter : template.itemsAt("parameters")) {
            String name = parameter.textAt("name");
            if (!used.contains(name)) {
                findings.untidy(
                        file,
                        parameter.line(),
                        "the template declares `" + name + "` and never uses it",
                        "Take it out, or write `{{" + name + "}}` where it belongs");
            }
        }
        return new Template(declared, required);
    }

    private Set<String> checkUses(YamlValue entry, Set<String> declared, SourceFile file, Findings findings) {
        Set<String> used = new HashSet<>();
        entry.walk((key, value) -> {
            Matcher placeholder = BARE.matcher(value.text());
            while (placeholder.find()) {
                String name = placeholder.group(2);
                used.add(name);
                boolean optional = !placeholder.group(1).isEmpty();
                if (!optional && !declared.contains(name) && !configured(name)) {
                    findings.wrong(
                            file,
                            value.line(),
                            "nothing gives `{{" + name + "}}` a value",
                            declared.isEmpty()
                                    ? "Set it in application.properties, or write a default: `{{" + name + ":…}}`"
                                    : "Declare it under the template's `parameters:`");
                }
            }
            WITH_DEFAULT.matcher(value.text()).results().forEach(found -> used.add(found.group(1)));
        });
        return used;
    }

    /** Camel also looks for a property as an environment variable in capitals. */
    private boolean configured(String name) {
        String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return properties.contains(name) || System.getenv(variable) != null;
    }

    private static void checkInstance(
            YamlValue entry, Map<String, Template> templates, SourceFile file, Findings findings) {
        String reference = entry.textAt("routeTemplateRef");
        Template template = templates.get(reference);
        if (template == null) {
            findings.wrong(
                    file,
                    entry.lineOf("routeTemplateRef"),
                    "there is no route template `" + reference + "`",
                    Nearest.to(reference, templates.keySet())
                            .map(nearest -> "Write `" + nearest + "` if that was meant")
                            .orElse("Name one of "
                                    + templates.keySet().stream().sorted().toList()));
            return;
        }
        Set<String> given = new HashSet<>();
        for (YamlValue parameter : entry.itemsAt("parameters")) {
            String name = parameter.textAt("name");
            given.add(name);
            if (!template.declared().contains(name)) {
                findings.wrong(
                        file,
                        parameter.line(),
                        "the template `" + reference + "` has no parameter `" + name + "`",
                        Nearest.to(name, template.declared())
                                .map(nearest -> "Write `" + nearest + "` if that was meant, else take it out")
                                .orElse("Use one of " + template.declared() + ", or take it out"));
            }
            if (SECRET.matcher(name).matches() && !parameter.textAt("value").contains("{{")) {
                findings.untidy(
                        file,
                        parameter.lineOf("value"),
                        "a secret stands in the file",
                        "Write `{{env:NAME}}` and set that variable where the hub runs");
            }
        }
        template.required().stream()
                .filter(name -> !given.contains(name))
                .forEach(name -> findings.wrong(
                        file,
                        entry.line(),
                        "the template `" + reference + "` asks for `" + name + "`",
                        "Add it below `parameters:` with `name:` and `value:`"));
    }
}
