package io.tributary.tenant;

import java.util.Set;
import java.util.UUID;

/** Whoever holds a valid key: for whom they act, and what they may do. */
public record Caller(WorkspaceId workspace, UUID keyId, String keyName, Set<Scope> scopes, FormRules form) {
    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }

    /** Whether this is a public web form, which never learns what its submission matched. */
    public boolean isPublicForm() {
        return scopes.equals(Set.of(Scope.FORM));
    }

    /** How history and audit name this caller. */
    public String actor() {
        return "key:" + keyName;
    }
}
