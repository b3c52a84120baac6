package io.tributary.connection;

import io.tributary.answer.ApiException;
import io.tributary.answer.Nearest;
import io.tributary.deal.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection as it was asked for, checked.
 *
 * @param given the parameters that were given, and the secrets kept from before
 */
record ConnectionInput(ConnectionKind kind, Map<String, String> given) {
    private static final Set<String> FIELDS = Set.of("kind", "parameters");

    Map<String, String> parameters() {
        return Connections.withDefaults(kind, given);
    }

    /**
     * Reads a request's body.
     *
     * @param before the connection of that name as it is now: a secret that the body does not name is kept from it
     * @throws ApiException naming every fault
     */
    static ConnectionInput read(
            Map<String, @Nullable Object> body, ConnectionKinds kinds, Optional<Connection> before) {
        List<FieldError> faults = new ArrayList<>();
        body.forEach((name, value) -> {
            if (!FIELDS.contains(name)) {
                faults.add(fault(name, value, "is not known here" + orNearest(name, FIELDS)));
            }
        });
        Optional<ConnectionKind> kind = kind(body.get("kind"), kinds, before, faults);
        Map<String, @Nullable Object> sent = parameters(body.get("parameters"), faults);
        if (kind.isEmpty()) {
            throw ApiException.invalid(faults);
        }
        ConnectionInput input = new ConnectionInput(
                kind.get(),
                given(
                        kind.get(),
                        sent,
                        before.filter(now -> now.kind().name().equals(kind.get().name())),
                        faults));
        if (faults.isEmpty()) {
            faults.addAll(kind.get().faults(input.parameters()));
        }
        if (!faults.isEmpty()) {
            throw ApiException.invalid(faults);
        }
        return input;
    }

    private static Optional<ConnectionKind> kind(
            @Nullable Object name, ConnectionKinds kinds, Optional<Connection> before, List<FieldError> faults) {
        if (name == null && before.isPresent()) {
            return before.map(Connection::kind);
        }
        Optional<ConnectionKind> kind = name instanceof String text ? kinds.find(text) : Optional.empty();
        if (name == null) {
            faults.add(fault("kind", null, "is required: one of " + String.join(", ", kinds.names())));
        } else if (kind.isEmpty()) {
            faults.add(
                    fault("kind", name, "is no kind of connection" + orNearest(String.valueOf(name), kinds.names())));
        }
        return kind;
    }

    private static Map<String, @Nullable Object> parameters(@Nullable Object sent, List<FieldError> faults) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        if (sent instanceof Map<?, ?> map) {
            map.forEach((name, value) -> parameters.put(String.valueOf(name), value));
        } else if (sent != null) {
            faults.add(fault("parameters", sent, "is no object"));
        }
        return parameters;
    }

    private static Map<String, String> given(
            ConnectionKind kind,
            Map<String, @Nullable Object> sent,
            Optional<Connection> before,
            List<FieldError> faults) {
        List<String> names = kind.parameters().stream().map(Parameter::name).toList();
        sent.forEach((name, value) -> {
            if (!names.contains(name)) {
                faults.add(fault(
                        "parameters." + name, null, "is no parameter of " + kind.name() + orNearest(name, names)));
            }
        });
        Map<String, String> given = new LinkedHashMap<>();
        for (Parameter parameter : kind.parameters()) {
            Object value = sent.get(parameter.name());
            if (value != null && !(value instanceof String || value instanceof Number || value instanceof Boolean)) {
                faults.add(fault("parameters." + parameter.name(), null, "is no text"));
            } else if (value != null && !String.valueOf(value).isEmpty()) {
                given.put(
                        parameter.name(),
                        parameter.secret() ? value.toString() : value.toString().strip());
            }
        }
        keepSecrets(kind, sent, given, before, faults);
        check(kind, given, faults);
        return given;
    }

    /** A secret goes only where it was given for: with a new destination it has to be sent again. */
    private static void keepSecrets(
            ConnectionKind kind,
            Map<String, @Nullable Object> sent,
            Map<String, String> given,
            Optional<Connection> before,
            List<FieldError> faults) {
        if (before.isEmpty()) {
            return;
        }
        Map<String, String> now = Connections.withDefaults(kind, given);
        Optional<Parameter> moved = kind.parameters().stream()
                .filter(Parameter::destination)
                .filter(parameter -> !now.getOrDefault(parameter.name(), "")
                        .equals(before.get().find(parameter.name()).orElse("")))
                .findFirst();
        for (Parameter parameter : kind.parameters()) {
            Optional<String> kept = before.get().find(parameter.name());
            if (parameter.secret() && !sent.containsKey(parameter.name()) && kept.isPresent()) {
                if (moved.isEmpty()) {
                    given.put(parameter.name(), kept.get());
                } else {
                    faults.add(fault(
                            "parameters." + parameter.name(),
                            null,
                            "has to be sent again, because " + moved.get().name() + " is another one now"));
                }
            }
        }
    }

    private static void check(ConnectionKind kind, Map<String, String> given, List<FieldError> faults) {
        for (Parameter parameter : kind.parameters()) {
            String field = "parameters." + parameter.name();
            String value = given.get(parameter.name());
            if (value != null) {
                parameter
                        .fault(value)
                        .ifPresent(wrong -> faults.add(fault(field, parameter.secret() ? null : value, wrong)));
            } else if (parameter.required()
                    && faults.stream().noneMatch(known -> known.field().equals(field))) {
                faults.add(fault(field, null, "is required"));
            }
        }
    }

    private static FieldError fault(String field, @Nullable Object value, String error) {
        return new FieldError(field, value == null ? null : String.valueOf(value), error);
    }

    private static String orNearest(String word, java.util.Collection<String> known) {
        return Nearest.to(word, known)
                .map(near -> "; write \"" + near + "\" if that was meant")
                .orElse("; there is "
                        + String.join(", ", known.stream().sorted().toList()));
    }
}
