package io.tributary.check;

import io.tributary.answer.Nearest;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.jspecify.annotations.Nullable;

/** Each endpoint against Camel's catalog: the component, its options, their types, and on which side they work. */
final class EndpointRule {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*?}}|\\$\\{.*?}");

    private final CamelCatalog catalog;
    private final ClassPath classPath;

    EndpointRule(CamelCatalog catalog, ClassPath classPath) {
        this.catalog = catalog;
        this.classPath = classPath;
    }

    void check(RouteDocument document, Findings findings) {
        for (Endpoint endpoint : document.endpoints()) {
            if (endpoint.uri().text().contains("?")) {
                findings.untidy(
                        document.file(),
                        endpoint.uri().line(),
                        "the options of `" + endpoint.scheme() + "` are in its uri",
                        "Put them below `parameters:`, one a line");
            }
            if (!endpoint.scheme().isEmpty()) {
                check(endpoint, document.file(), findings);
            }
        }
    }

    private void check(Endpoint endpoint, SourceFile file, Findings findings) {
        String scheme = endpoint.scheme();
        int line = endpoint.uri().line();
        if (!catalog.findComponentNames().contains(scheme)) {
            String mend = Nearest.to(scheme, catalog.findComponentNames())
                    .map(nearest -> "Write `" + nearest + "` if that was meant")
                    .orElse("Name one of Camel's components");
            findings.wrong(file, line, "there is no component `" + scheme + "`", mend);
            return;
        }
        if (!classPath.hasComponent(scheme)) {
            findings.wrong(
                    file,
                    line,
                    "the component `" + scheme + "` does not come with the hub",
                    "Add its jar camel-"
                            + catalog.componentModel(scheme).getArtifactId().replaceFirst("^camel-", "")
                            + " to the class path, or use another component");
            return;
        }
        EndpointValidationResult result =
                catalog.validateEndpointProperties(whole(endpoint), false, endpoint.consumer(), !endpoint.consumer());
        if (!result.isSuccess()) {
            tell(result, endpoint, file, findings);
        }
    }

    /** The endpoint on one line, as the catalog reads it. Placeholders have no value yet and fit everywhere. */
    private String whole(Endpoint endpoint) {
        Map<String, String> options = new LinkedHashMap<>();
        endpoint.options().forEach((name, value) -> options.put(name, fitting(value)));
        if (endpoint.path().isEmpty() && !endpoint.uri().text().contains("?")) {
            try {
                String uri = catalog.asEndpointUri(endpoint.scheme(), options, false);
                // Without the colon the catalog overlooks that what should follow it is missing.
                return uri.startsWith(endpoint.scheme() + ":")
                        ? uri
                        : endpoint.scheme() + ":?"
                                + uri.substring(endpoint.scheme().length()).replaceFirst("^\\?", "");
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("putting together the endpoint " + endpoint.scheme(), e);
            }
        }
        String uri = PLACEHOLDER.matcher(endpoint.uri().text()).replaceAll("x");
        String query = options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? uri : uri + (uri.contains("?") ? "&" : "?") + query;
    }

    private static String fitting(String value) {
        Matcher placeholder = PLACEHOLDER.matcher(value);
        if (placeholder.find()) {
            return value.startsWith("#") ? "#x" : "{{x}}";
        }
        return value.replace("&", "%26").replace("?", "%3F");
    }

    private void tell(EndpointValidationResult result, Endpoint endpoint, SourceFile file, Findings findings) {
        Set<String> known = catalog.componentModel(endpoint.scheme()).getEndpointOptions().stream()
                .map(option -> option.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        String scheme = "`" + endpoint.scheme() + "`";
        each(
                result.getUnknown(),
                option -> findings.wrong(
                        file,
                        lineOf(option, endpoint),
                        scheme + " has no option `" + option + "`",
                        Nearest.to(option, known)
                                .map(nearest -> "Write `" + nearest + "` if that was meant, else take it out")
                                .orElse("Take it out")));
        each(
                result.getRequired(),
                option -> findings.wrong(
                        file, endpoint.uri().line(), scheme + " needs `" + option + "`", "Add it below `parameters:`"));
        if (endpoint.consumer()) {
            each(
                    result.getNotConsumerOnly(),
                    option -> wrongSide(option, "takes from", "send to", endpoint, file, findings));
        } else {
            each(
                    result.getNotProducerOnly(),
                    option -> wrongSide(option, "sends to", "take from", endpoint, file, findings));
        }
        each(keys(result.getInvalidEnum()), option -> invalid(option, "one of its values", endpoint, file, findings));
        each(keys(result.getInvalidBoolean()), option -> invalid(option, "true or false", endpoint, file, findings));
        each(keys(result.getInvalidInteger()), option -> invalid(option, "a whole number", endpoint, file, findings));
        each(keys(result.getInvalidNumber()), option -> invalid(option, "a number", endpoint, file, findings));
        each(
                keys(result.getInvalidDuration()),
                option -> invalid(option, "a time such as 30s or 5m", endpoint, file, findings));
        each(
                keys(result.getInvalidReference()),
                option -> invalid(option, "a `#` and the name of a bean", endpoint, file, findings));
        if (result.getSyntaxError() != null) {
            findings.wrong(
                    file,
                    endpoint.uri().line(),
                    "the uri of " + scheme + " cannot be read: " + result.getSyntaxError(),
                    "Write the component alone as `uri:` and the rest below `parameters:`");
        }
    }

    private void wrongSide(
            String option, String does, String doesNot, Endpoint endpoint, SourceFile file, Findings findings) {
        findings.wrong(
                file,
                lineOf(option, endpoint),
                "`" + option + "` means nothing where a route " + does + " `" + endpoint.scheme() + "`",
                "Take it out: it is for routes that " + doesNot + " it");
    }

    private void invalid(String option, String fitting, Endpoint endpoint, SourceFile file, Findings findings) {
        String values = catalog.componentModel(endpoint.scheme()).getEndpointOptions().stream()
                .filter(model -> model.getName().equals(option) && model.getEnums() != null)
                .findFirst()
                .map(model -> "one of " + model.getEnums())
                .orElse(fitting);
        findings.wrong(
                file,
                lineOf(option, endpoint),
                "`" + endpoint.options().getOrDefault(option, "this value") + "` does not fit `" + option + "`",
                "Write " + values);
    }

    private static int lineOf(String option, Endpoint endpoint) {
        return endpoint.parameters()
                .filter(parameters -> parameters.has(option))
                .map(parameters -> parameters.lineOf(option))
                .orElseGet(endpoint.uri()::line);
    }

    private static @Nullable Set<String> keys(@Nullable Map<String, String> invalid) {
        return invalid == null ? null : invalid.keySet();
    }

    private static void each(@Nullable Set<String> options, Consumer<String> act) {
        if (options != null) {
            options.forEach(act);
        }
    }
}
