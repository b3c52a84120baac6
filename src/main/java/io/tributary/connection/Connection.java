package io.tributary.connection;

import io.tributary.tenant.WorkspaceId;
import java.util.Map;
import java.util.Optional;

/**
 * One connection of one workspace, ready for use.
 *
 * @param parameters every parameter that has a value, given or by default; secrets in clear
 * @param revision changes whenever anything of it does
 * @param file the file that makes it; empty when it was made by API
 */
public record Connection(
        WorkspaceId workspace,
        String name,
        ConnectionKind kind,
        Map<String, String> parameters,
        String revision,
        Optional<String> file) {

    public Connection {
        parameters = Map.copyOf(parameters);
    }

    /** Which connection: unique in the hub. */
    public record Id(String tenant, String workspace, String name) {
        /** The form in names of routes and queues; no part can hold the separator. */
        @Override
        public String toString() {
            return tenant + "." + workspace + "." + name;
        }
    }

    public Id id() {
        return new Id(workspace.tenant(), workspace.workspace(), name);
    }

    /** The value of a parameter that always has one. */
    public String text(String parameter) {
        return find(parameter)
                .orElseThrow(() -> new IllegalStateException("the connection " + name + " has no " + parameter));
    }

    public Optional<String> find(String parameter) {
        return Optional.ofNullable(parameters.get(parameter)).filter(value -> !value.isEmpty());
    }

    /** The value of a {@link Parameter.Type#NUMBER} that always has one. */
    public int number(String parameter) {
        return Integer.parseInt(text(parameter));
    }

    /** {@code text} without any of this connection's secrets in it. */
    public String withoutSecrets(String text) {
        String safe = text;
        for (Parameter parameter : kind.parameters()) {
            String value = parameters.getOrDefault(parameter.name(), "");
            if (parameter.secret() && value.length() >= 4) {
                safe = safe.replace(value, "…");
            }
        }
        return safe;
    }

    /** Never its parameters: some are secret. */
    @Override
    public String toString() {
        return kind.name() + " " + id();
    }
}
