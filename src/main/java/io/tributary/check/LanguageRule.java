package io.tributary.check;

import io.tributary.answer.Nearest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.LanguageValidationResult;

/** Each expression in its language, as far as it can be read without running it; and each bean that a step names. */
final class LanguageRule {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*?}}");

    /** Steps that ask yes or no; Camel reads the same text more strictly there. */
    private static final Set<String> ASKING =
            Set.of("filter", "when", "onWhen", "validate", "completionPredicate", "retryWhile", "handled", "continued");

    private static final Set<String> CODE =
            Set.of("groovy", "java", "joor", "js", "python", "mvel", "ognl", "spel", "csimple", "datasonnet");

    private final CamelCatalog catalog;
    private final ClassPath classPath;
    private final Set<String> languages;

    LanguageRule(CamelCatalog catalog, ClassPath classPath, Set<String> languages) {
        this.catalog = catalog;
        this.classPath = classPath;
        this.languages = languages;
    }

    void check(RouteDocument document, Findings findings) {
        visit("", "", document.root(), document.file(), findings);
    }

    private void visit(String asking, String key, YamlValue value, SourceFile file, Findings findings) {
        String asks = ASKING.contains(key) ? key : key.equals("expression") ? asking : "";
        value.items().forEach(item -> visit(asks, key, item, file, findings));
        if (key.equals("parameters")) {
            return;
        }
        for (YamlValue.Entry entry : value.entries()) {
            if (languages.contains(entry.key()) && holdsExpression(entry.value(), key)) {
                checkLanguage(entry.key(), text(entry.value()), !asks.isEmpty(), file, findings);
            }
            visit(asks, entry.key(), entry.value(), file, findings);
        }
        if (key.equals("log")) {
            value.get("message").ifPresent(message -> checkLanguage("simple", message, false, file, findings));
        }
        value.get("beanType").ifPresent(type -> checkBean(type, value.get("method"), file, findings));
    }

    /** Names such as {@code header} and {@code method} are languages inside an expression and options elsewhere. */
    private static boolean holdsExpression(YamlValue value, String parent) {
        return parent.equals("expression") || value.has("expression");
    }

    private static YamlValue text(YamlValue language) {
        return language.get("expression").orElse(language);
    }

    private void checkLanguage(String language, YamlValue text, boolean predicate, SourceFile file, Findings findings) {
        if (!classPath.hasLanguage(language) && !language.equals("method") && !language.equals("language")) {
            findings.wrong(
                    file,
                    text.line(),
                    "the language `" + language + "` does not come with the hub",
                    "Use `simple`, or a bean");
        } else if (CODE.contains(language)) {
            findings.untidy(
                    file, text.line(), "`" + language + "` is code inside a route", "Move it into a bean and test it");
        }
        if (text.text().startsWith("resource:")) {
            checkResource(text, file, findings);
        } else if (language.equals("simple")) {
            checkSimple(text, predicate, file, findings);
        }
    }

    private void checkResource(YamlValue text, SourceFile file, Findings findings) {
        String resource = text.text().replaceFirst("^resource:", "");
        if (resource.startsWith("classpath:") && !resource.contains("{")) {
            String name = resource.replaceFirst("^classpath:/*", "");
            if (!classPath.has(name)) {
                findings.wrong(
                        file,
                        text.line(),
                        "there is no `" + name + "` on the class path",
                        "Add the file, or correct its name");
            }
        }
    }

    private void checkSimple(YamlValue text, boolean predicate, SourceFile file, Findings findings) {
        String expression = PLACEHOLDER.matcher(text.text()).replaceAll("1");
        ClassLoader loader = LanguageRule.class.getClassLoader();
        LanguageValidationResult result = predicate
                ? catalog.validateLanguagePredicate(loader, "simple", expression)
                : catalog.validateLanguageExpression(loader, "simple", expression);
        String error = result.getShortError() == null ? result.getError() : result.getShortError();
        // Beans are made when the hub starts; that none is there now says nothing.
        if (!result.isSuccess() && error != null && !error.startsWith("No bean could be found")) {
            findings.wrong(
                    file,
                    text.line(),
                    "this is not Camel's simple language: "
                            + error.strip().lines().findFirst().orElse(""),
                    "Correct it at character " + (Math.max(0, result.getIndex()) + 1)
                            + ", or say it with `constant` if it is plain text");
        }
    }

    private void checkBean(YamlValue type, Optional<YamlValue> method, SourceFile file, Findings findings) {
        Class<?> found = classPath.type(type.text());
        if (found == null) {
            findings.wrong(
                    file,
                    type.line(),
                    "there is no class `" + type.text() + "`",
                    "Write its whole name, package first");
            return;
        }
        method.ifPresent(named -> {
            String name = named.text().replaceFirst("\\(.*", "").strip();
            Set<String> methods = ClassPath.methods(found);
            if (!methods.contains(name)) {
                findings.wrong(
                        file,
                        named.line(),
                        "`" + type.text() + "` has no public method `" + name + "`",
                        Nearest.to(name, methods)
                                .map(nearest -> "Write `" + nearest + "` if that was meant")
                                .orElse("Name one of its public methods"));
            }
        });
    }
}
