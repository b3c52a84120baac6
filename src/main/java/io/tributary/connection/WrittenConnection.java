package io.tributary.connection;

import io.tributary.answer.Nearest;
import io.tributary.deal.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a file writes it: the parameters of its kind, with {@code tenant} and {@code workspace} among them.
 *
 * @param written every parameter's text by name; {@code {{env:NAME}}} stands for a variable of the hub's environment
 */
public record WrittenConnection(ConnectionKind kind, Map<String, String> written) {
    private static final String TENANT = "tenant";
    private static final String WORKSPACE = "workspace";
    private static final Pattern VARIABLE =
            Pattern.compile("\\{\\{\\s*env:([A-Za-z_][A-Za-z0-9_]*)(?::([^{}]*))?\\s*}}");
    /** A secret stands in no file, not even as what holds where the variable is missing. */
    private static final Pattern BARE_VARIABLE = Pattern.compile("\\{\\{\\s*env:[A-Za-z_][A-Za-z0-9_]*\\s*}}");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    /**
     * Something wrong with it.
     *
     * @param parameter where; empty when it is about the connection as a whole
     * @param problem a clause without a full stop
     * @param mend what to write instead, likewise
     */
    public record Wrong(String parameter, String problem, String mend) {}

    /** A variable that the environment does not have. */
    static final class MissingVariableException extends Exception {
        private static final long serialVersionUID = 1L;

        MissingVariableException(String name) {
            super("the environment of this hub has no variable " + name);
        }
    }

    /** Everything wrong with it that can be told without the hub's environment. */
    public List<Wrong> faults() {
        List<Wrong> faults = new ArrayList<>();
        List<String> known = new ArrayList<>(List.of(TENANT, WORKSPACE));
        kind.parameters().forEach(parameter -> known.add(parameter.name()));
        written.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add(unknown(name, known)));
        for (String name : List.of(TENANT, WORKSPACE)) {
            String value = written.getOrDefault(name, "");
            if (value.isEmpty()) {
                faults.add(missing(name));
            } else if (!isVariable(value) && !ID.matcher(value).matches()) {
                faults.add(new Wrong(name, "`" + value + "` is no id", "Write the id of a " + name));
            }
        }
        for (Parameter parameter : kind.parameters()) {
            fault(parameter).ifPresent(faults::add);
        }
        if (faults.isEmpty()) {
            for (FieldError error : kind.faults(Connections.withDefaults(kind, written))) {
                String name = error.field().substring(error.field().indexOf('.') + 1);
                if (!isVariable(written.getOrDefault(name, ""))) {
                    faults.add(new Wrong(name, "`" + name + "` " + error.error(), "See docs/connections.md"));
                }
            }
        }
        return faults;
    }

    private Wrong unknown(String name, List<String> known) {
        return new Wrong(
                name,
                "a connection of the kind `" + kind.name() + "` has no parameter `" + name + "`",
                Nearest.to(name, known)
                        .map(nearest -> "Write `" + nearest + "` if that was meant, else take it out")
                        .orElse("Use one of " + new TreeSet<>(known) + ", or take it out"));
    }

    private Wrong missing(String name) {
        return new Wrong(
                "",
                "a connection of the kind `" + kind.name() + "` asks for `" + name + "`",
                "Add it below `parameters:` with `name:` and `value:`");
    }

    private Optional<Wrong> fault(Parameter parameter) {
        String name = parameter.name();
        String value = written.getOrDefault(name, "");
        if (value.isEmpty()) {
            return parameter.required() ? Optional.of(missing(name)) : Optional.empty();
        }
        if (parameter.secret() && !BARE_VARIABLE.matcher(value).matches()) {
            return Optional.of(new Wrong(
                    name,
                    "a secret stands in the file",
                    "Write `{{env:NAME}}` and set that variable where the hub runs"));
        }
        if (isVariable(value)) {
            return Optional.empty();
        }
        return parameter.fault(value).map(wrong -> new Wrong(name, "`" + name + "` " + wrong, "Correct it"));
    }

    private static boolean isVariable(String value) {
        return VARIABLE.matcher(value).find();
    }

    /** Its parameters with the environment's values in place. */
    Map<String, String> resolved(Function<String, @Nullable String> environment) throws MissingVariableException {
        Map<String, String> resolved = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : written.entrySet()) {
            Matcher variable = VARIABLE.matcher(entry.getValue());
            StringBuilder text = new StringBuilder();
            while (variable.find()) {
                String value = environment.apply(variable.group(1));
                String otherwise = variable.group(2);
                if (value == null && otherwise == null) {
                    throw new MissingVariableException(variable.group(1));
                }
                variable.appendReplacement(text, Matcher.quoteReplacement(value == null ? otherwise : value));
            }
            resolved.put(entry.getKey(), variable.appendTail(text).toString());
        }
        return resolved;
    }
}
