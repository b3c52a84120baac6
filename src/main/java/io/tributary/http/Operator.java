package io.tributary.http;

import io.tributary.tenant.Caller;
import io.tributary.tenant.FormRules;
import io.tributary.tenant.Scope;
import io.tributary.tenant.WorkspaceId;
import java.util.Set;
import java.util.UUID;

/** The hub's operator, who holds the admin key and belongs to no tenant. */
final class Operator {
    static final Caller CALLER =
            new Caller(new WorkspaceId("", ""), new UUID(0, 0), "admin", Set.<Scope>of(), FormRules.NONE);

    private Operator() {}
}
