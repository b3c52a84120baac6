package io.tributary.tenant;

import java.util.Set;
import java.util.UUID;

/**
 * Whoever holds a valid key or session: for whom they act, and what they may do.
 *
 * @param keyId the key; of a person whom another provider has signed in, their session
 * @param keyName what the key is called, or the person
 * @param isPerson whether this is a person without a key
 */
public record Caller(
        WorkspaceId workspace, UUID keyId, String keyName, Set<Scope> scopes, FormRules form, boolean isPerson) {

    /** Whoever holds a key. */
    public Caller(WorkspaceId workspace, UUID keyId, String keyName, Set<Scope> scopes, FormRules form) {
        this(workspace, keyId, keyName, scopes, form, false);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }

    /** Whether this is a public web form, which never learns what its submission matched. */
    public boolean isPublicForm() {
        return scopes.equals(Set.of(Scope.FORM));
    }

    /** How history and audit name this caller. */
    public String actor() {
        return (isPerson ? "person:" : "key:") + keyName;
    }
}
