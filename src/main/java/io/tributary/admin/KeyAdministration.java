package io.tributary.admin;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.http.Call;
import io.tributary.pipeline.KeyList;
import io.tributary.tenant.Tenants;
import io.tributary.tenant.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes, lists and ends keys, for the operator and for a tenant's own administrators. A key is told once, when made. */
public final class KeyAdministration {
    private final Tenants tenants;
    private final KeyList list;
    private final Supplier<String> newKey;

    /** @param newKey makes the text of a key */
    public KeyAdministration(Tenants tenants, KeyList list, Supplier<String> newKey) {
        this.tenants = tenants;
        this.list = list;
        this.newKey = newKey;
    }

    /** The operator makes a key; it is for the tenant's first workspace unless the request names another. */
    public Answer createFor(Call call) {
        String tenant = TenantAdministration.tenantIn(call);
        WorkspaceId first = tenants.firstWorkspace(tenant).orElseThrow(ApiException::notFound);
        return make(KeyRequest.read(call.jsonObject()), first, "admin");
    }

    public Answer deleteFor(Call call) {
        return end(TenantAdministration.tenantIn(call), call.idAt(5), "admin");
    }

    /** A tenant's administrator makes a key; it is for their own workspace unless the request names another. */
    public Answer create(Call call) {
        return make(
                KeyRequest.read(call.jsonObject()),
                call.workspace(),
                call.caller().actor());
    }

    public Answer delete(Call call) {
        return end(call.workspace().tenant(), call.idAt(1), call.caller().actor());
    }

    /** A page of the tenant's keys: what each may do, never the key. */
    public Answer list(Call call) {
        return list.read(call);
    }

    private Answer make(KeyRequest request, WorkspaceId otherwise, String actor) {
        WorkspaceId workspace =
                request.workspace() == null ? otherwise : new WorkspaceId(otherwise.tenant(), request.workspace());
        String key = newKey.get();
        UUID id = tenants.createKey(workspace, request.name(), key, request.scopes(), request.form(), actor);
        Map<String, @Nullable Object> made = new LinkedHashMap<>();
        made.put("key_id", id.toString());
        made.put("workspace_id", workspace.workspace());
        made.put("api_key", key);
        return Answer.json(201, made);
    }

    private Answer end(String tenant, UUID key, String actor) {
        tenants.deleteKey(tenant, key, actor);
        return Answer.empty(204);
    }
}
