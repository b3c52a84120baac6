package io.tributary.testing;

import io.tributary.tenant.Scope;
import io.tributary.tenant.WorkspaceId;
import java.util.Set;

/** A tenant of its own, with a key that may do everything; rows of no other test are in it. */
public final class Tenant extends Caller {
    private final TestHub hub;
    private final WorkspaceId workspace;

    Tenant(TestHub hub, WorkspaceId workspace, String key) {
        super(hub.url(), key);
        this.hub = hub;
        this.workspace = workspace;
    }

    public String id() {
        return workspace.tenant();
    }

    public WorkspaceId workspace() {
        return workspace;
    }

    /** Another caller of the same workspace, whose key carries these scopes only. */
    public Caller with(Set<Scope> scopes) {
        return in(workspace.workspace(), scopes);
    }

    /** A caller of another workspace of this tenant. */
    public Caller in(String otherWorkspace, Set<Scope> scopes) {
        return new Caller(hub.url(), hub.newKey(new WorkspaceId(workspace.tenant(), otherWorkspace), scopes));
    }
}
