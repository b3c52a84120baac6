package io.tributary.tenant;

import io.tributary.answer.ApiException;
import io.tributary.deal.OrderedId;
import io.tributary.json.Json;
import io.tributary.sql.Statements;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes and ends tenants, workspaces and keys, and writes each such act into the audit log. */
public final class Tenants {
    private final TenantDatabase database;
    private final Keys keys;
    private final TenantSettingsStore settings;

    public Tenants(TenantDatabase database, Keys keys, TenantSettingsStore settings) {
        this.database = database;
        this.keys = keys;
        this.settings = settings;
    }

    public boolean exists(String tenant) {
        return database.read(tenant, client -> exists(client, tenant));
    }

    private static boolean exists(JdbcClient client, String tenant) {
        return client.sql(Statements.text("read-tenant"))
                .param("tenant", tenant)
                .query((row, number) -> true)
                .optional()
                .isPresent();
    }

    /** The workspace that came first in a tenant; empty when there is no such tenant. */
    public java.util.Optional<WorkspaceId> firstWorkspace(String tenant) {
        return database.read(
                tenant,
                client -> client.sql(Statements.text("read-first-workspace"))
                        .param("tenant", tenant)
                        .query(String.class)
                        .optional()
                        .map(workspace -> new WorkspaceId(tenant, workspace)));
    }

    /** Makes a tenant with its first workspace and a key to it. */
    public void create(
            String tenant, String name, String workspace, TenantSettings initial, String key, Set<Scope> scopes) {
        boolean made = database.write(tenant, client -> {
            int rows = client.sql(Statements.text("insert-tenant"))
                    .param("tenant", tenant)
                    .param("name", name)
                    .param("currency", initial.currency())
                    .param("time_zone", initial.timeZone().getId())
                    .param("locale", initial.locale().toLanguageTag())
                    .param("settings", Json.write(SettingsReader.write(initial)))
                    .update();
            if (rows == 1) {
                insertKey(client, new WorkspaceId(tenant, workspace), "first key", key, scopes, null);
                audit(client, tenant, workspace, "admin", "tenant.created", tenant);
            }
            return rows == 1;
        });
        if (!made) {
            throw ApiException.conflict("tenant_exists", "There is a tenant of that id already.");
        }
        keys.forget();
        settings.forget();
    }

    /** Makes a key; its workspace comes into being with the first key that names it. */
    public UUID createKey(
            WorkspaceId workspace,
            String name,
            String key,
            Set<Scope> scopes,
            @Nullable Map<String, @Nullable Object> form,
            String actor) {
        return database.write(workspace.tenant(), client -> {
            if (!exists(client, workspace.tenant())) {
                throw ApiException.notFound();
            }
            UUID id = insertKey(client, workspace, name, key, scopes, form);
            Map<String, @Nullable Object> made = shown(
                    name,
                    workspace.workspace(),
                    scopes.stream().map(Scope::code).sorted().toList());
            audit(client, workspace.tenant(), workspace.workspace(), actor, "key.created", id.toString(), null, made);
            return id;
        });
    }

    private static UUID insertKey(
            JdbcClient client,
            WorkspaceId workspace,
            String name,
            String key,
            Set<Scope> scopes,
            @Nullable Map<String, @Nullable Object> form) {
        client.sql(Statements.text("insert-workspace"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .update();
        UUID id = OrderedId.next();
        client.sql(Statements.text("insert-key"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("key_id", id)
                .param("name", name)
                .param("hash", Keys.hash(key))
                .param("scopes", scopes.stream().map(Scope::code).toArray(String[]::new))
                .param("form", form == null ? null : Json.write(form))
                .update();
        return id;
    }

    /** Ends a key: it stops working at once. */
    public void deleteKey(String tenant, UUID keyId, String actor) {
        database.write(tenant, client -> {
            Map<String, @Nullable Object> ended = client.sql(Statements.text("delete-key"))
                    .param("tenant", tenant)
                    .param("key_id", keyId)
                    .query((row, number) -> shown(
                            row.getString("name"),
                            row.getString("workspace_id"),
                            Json.readStored(row.getString("scopes"))))
                    .optional()
                    .orElseThrow(ApiException::notFound);
            audit(client, tenant, null, actor, "key.deleted", keyId.toString(), ended, null);
            return true;
        });
        keys.forget();
    }

    /** Ends a tenant: every row of it is gone. */
    public void delete(String tenant) {
        database.write(tenant, client -> {
            if (!exists(client, tenant)) {
                throw ApiException.notFound();
            }
            List<String> tables = client.sql(Statements.text("list-tenant-tables"))
                    .query(String.class)
                    .list();
            for (String table : tables) {
                client.sql("delete from \"" + table + "\" where tenant_id = :tenant")
                        .param("tenant", tenant)
                        .update();
            }
            return true;
        });
        keys.forget();
        settings.forget();
    }

    /** A tenant's settings as they were and as they are now. */
    public record Change(TenantSettings before, TenantSettings after) {}

    /** What has to happen in each workspace of a tenant, in the transaction that changes its settings. */
    public interface Consequence {
        void apply(JdbcClient client, WorkspaceId workspace, Change change);
    }

    /** Changes settings and whatever depends on them, all of it or nothing; changes of one tenant go one by one. */
    public Change change(String tenant, UnaryOperator<TenantSettings> change, String actor, Consequence consequence) {
        Change made = database.write(tenant, client -> {
            TenantSettings before = client.sql(Statements.text("lock-tenant"))
                    .param("tenant", tenant)
                    .query(TenantSettingsStore::settings)
                    .optional()
                    .orElseThrow(ApiException::notFound);
            TenantSettings after = change.apply(before);
            client.sql(Statements.text("update-tenant-settings"))
                    .param("tenant", tenant)
                    .param("currency", after.currency())
                    .param("time_zone", after.timeZone().getId())
                    .param("locale", after.locale().toLanguageTag())
                    .param("settings", Json.write(SettingsReader.write(after)))
                    .update();
            Map<String, @Nullable Object> was = SettingsReader.write(before);
            Map<String, @Nullable Object> is = SettingsReader.write(after);
            Map<String, @Nullable Object> same = new LinkedHashMap<>(was);
            same.entrySet().retainAll(is.entrySet());
            was.keySet().removeAll(same.keySet());
            is.keySet().removeAll(same.keySet());
            audit(client, tenant, null, actor, "settings.changed", tenant, was, is);
            Change done = new Change(before, after);
            workspaces(client, tenant).forEach(workspace -> consequence.apply(client, workspace, done));
            return done;
        });
        settings.forget();
        return made;
    }

    /** Does {@code work} in a transaction of its own for each workspace of a tenant. */
    public void inEachWorkspace(String tenant, BiConsumer<JdbcClient, WorkspaceId> work) {
        for (WorkspaceId workspace : database.read(tenant, client -> workspaces(client, tenant))) {
            database.write(tenant, client -> {
                work.accept(client, workspace);
                return workspace;
            });
        }
    }

    private static List<WorkspaceId> workspaces(JdbcClient client, String tenant) {
        return client.sql(Statements.text("list-workspaces"))
                .param("tenant", tenant)
                .query((row, number) -> new WorkspaceId(tenant, row.getString("workspace_id")))
                .list();
    }

    private static void audit(
            JdbcClient client, String tenant, @Nullable String workspace, String actor, String action, String subject) {
        client.sql(Statements.text("insert-audit"))
                .param("tenant", tenant)
                .param("workspace", workspace)
                .param("actor", actor)
                .param("action", action)
                .param("subject", subject)
                .update();
    }

    /** What the audit log tells of a key: never the key itself. */
    private static Map<String, @Nullable Object> shown(String name, String workspace, @Nullable Object scopes) {
        Map<String, @Nullable Object> key = new LinkedHashMap<>();
        key.put("name", name);
        key.put("workspace_id", workspace);
        key.put("scopes", scopes);
        return key;
    }

    /** Tells the audit log of a change, with what was there before and what is there after it. */
    private static void audit(
            JdbcClient client,
            String tenant,
            @Nullable String workspace,
            String actor,
            String action,
            String subject,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        if (before != null) {
            details.put("before", before);
        }
        if (after != null) {
            details.put("after", after);
        }
        client.sql(Statements.text("insert-audit-change"))
                .param("tenant", tenant)
                .param("workspace", workspace)
                .param("actor", actor)
                .param("action", action)
                .param("subject", subject)
                .param("details", Json.write(details))
                .update();
    }
}
