package io.tributary.session;

import io.tributary.tenant.Scope;
import io.tributary.tenant.WorkspaceId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Signing in by another provider that speaks OpenID Connect.
 *
 * @param issuer the provider's address, below which it describes itself
 * @param name what the button says after "Sign in with"
 * @param groupsClaim the claim of the id token that lists a person's groups
 * @param grants what each group may do where, in the operator's order
 */
public record OidcSettings(
        String issuer, String clientId, String clientSecret, String name, String groupsClaim, List<Grant> grants) {

    /** What the members of a group may do in one workspace. */
    public record Grant(String group, WorkspaceId workspace, Set<Scope> scopes) {}

    /** The workspace a person comes to, and everything their groups may do there. */
    public record Admission(WorkspaceId workspace, Set<Scope> scopes) {}

    /** Where members of {@code groups} may go: the workspace of the first grant that fits; empty when none does. */
    public Optional<Admission> admit(List<String> groups) {
        Map<WorkspaceId, Set<Scope>> byWorkspace = new LinkedHashMap<>();
        for (Grant grant : grants) {
            if (groups.contains(grant.group())) {
                byWorkspace
                        .computeIfAbsent(grant.workspace(), first -> EnumSet.noneOf(Scope.class))
                        .addAll(grant.scopes());
            }
        }
        return byWorkspace.entrySet().stream()
                .findFirst()
                .map(entry -> new Admission(entry.getKey(), entry.getValue()));
    }

    /**
     * Reads grants as an operator writes them: {@code sales=acme/main:ingest+read; ops=acme/main:ingest+read+review+admin}.
     *
     * @throws IllegalArgumentException telling what is wrong with the text
     */
    public static List<Grant> grants(String text) {
        return List.of(text.split(";")).stream()
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(OidcSettings::grant)
                .toList();
    }

    private static Grant grant(String entry) {
        int place = entry.indexOf('=');
        int slash = entry.indexOf('/', place + 1);
        int colon = entry.indexOf(':', slash + 1);
        if (place < 1 || slash < place + 2 || colon < slash + 2) {
            throw new IllegalArgumentException(
                    "\"" + entry + "\" is not written as group=tenant/workspace:scope+scope");
        }
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String code : entry.substring(colon + 1).split("\\+", -1)) {
            scopes.add(Scope.ofCode(code.strip())
                    .orElseThrow(() -> new IllegalArgumentException("\"" + code.strip() + "\" is no scope")));
        }
        return new Grant(
                entry.substring(0, place).strip(),
                new WorkspaceId(
                        entry.substring(place + 1, slash).strip(),
                        entry.substring(slash + 1, colon).strip()),
                scopes);
    }
}
