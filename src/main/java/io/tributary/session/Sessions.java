package io.tributary.session;

import io.tributary.sql.Statements;
import io.tributary.tenant.Caller;
import io.tributary.tenant.FormRules;
import io.tributary.tenant.Keys;
import io.tributary.tenant.Scope;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who is signed in. A session ends by signing out, when its key is revoked, seven days after it was last used, and thirty
 * days after it began. Its token is stored as a hash only; an answer is remembered for two seconds, like that of a key.
 */
public final class Sessions {
    private static final long MEMORY_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int MEMORY_ENTRIES = 20_000;

    private final TenantDatabase database;
    private final Supplier<String> newToken;
    private final Map<String, Remembered> memory = new ConcurrentHashMap<>();

    private record Remembered(Finding finding, long until) {}

    private record Owner(String tenant, UUID session) {}

    /** What became of a look-up: who is signed in by a token, or that nobody is. */
    public record Finding(Optional<Caller> caller) {}

    /** Makes sessions whose tokens come from {@code newToken}: 256 random bits. */
    public Sessions(TenantDatabase database, Supplier<String> newToken) {
        this.database = database;
        this.newToken = newToken;
    }

    /** Opens a session for whoever holds that key; its token, or empty when there is no such key any more. */
    public Optional<String> open(String tenant, UUID keyId) {
        String token = newToken.get();
        boolean opened = database.write(tenant, client -> {
            clear(client, tenant, keyId);
            return client.sql(Statements.text("insert-key-session"))
                            .param("tenant", tenant)
                            .param("session_id", UUID.randomUUID())
                            .param("hash", Keys.hash(token))
                            .param("key_id", keyId)
                            .update()
                    == 1;
        });
        return opened ? Optional.of(token) : Optional.empty();
    }

    /** Opens a session for a person whom another provider vouches for; empty when there is no such workspace. */
    public Optional<String> open(WorkspaceId workspace, String name, Set<Scope> scopes) {
        String token = newToken.get();
        boolean opened = database.write(workspace.tenant(), client -> {
            clear(client, workspace.tenant(), new UUID(0, 0));
            return client.sql(Statements.text("insert-named-session"))
                            .param("tenant", workspace.tenant())
                            .param("workspace", workspace.workspace())
                            .param("session_id", UUID.randomUUID())
                            .param("hash", Keys.hash(token))
                            .param("name", name)
                            .param("scopes", scopes.stream().map(Scope::code).toArray(String[]::new))
                            .update()
                    == 1;
        });
        return opened ? Optional.of(token) : Optional.empty();
    }

    private static void clear(JdbcClient client, String tenant, UUID keyId) {
        client.sql(Statements.text("delete-ended-sessions"))
                .param("tenant", tenant)
                .param("key_id", keyId)
                .update();
    }

    /** What is remembered of this token without asking the database; null when it has to be asked. */
    public @Nullable Finding remembered(String token) {
        Remembered known = memory.get(fingerprint(token));
        return known == null || known.until - System.nanoTime() < 0 ? null : known.finding;
    }

    /** Whoever is signed in by {@code token}; empty when nobody is. */
    public Optional<Caller> find(String token) {
        Finding known = remembered(token);
        if (known != null) {
            return known.caller;
        }
        Optional<Caller> caller = owner(token).flatMap(this::read);
        if (memory.size() > MEMORY_ENTRIES) {
            memory.clear();
        }
        memory.put(fingerprint(token), new Remembered(new Finding(caller), System.nanoTime() + MEMORY_NANOS));
        return caller;
    }

    /** Ends the session of {@code token}, if there is one. */
    public void end(String token) {
        owner(token)
                .ifPresent(owner -> database.write(
                        owner.tenant(),
                        client -> client.sql(Statements.text("delete-session"))
                                .param("tenant", owner.tenant())
                                .param("session_id", owner.session())
                                .update()));
        memory.remove(fingerprint(token));
    }

    private Optional<Owner> owner(String token) {
        return database.withoutTenant()
                .sql(Statements.text("find-session-owner"))
                .param("hash", Keys.hash(token))
                .query((row, number) -> new Owner(row.getString(1), row.getObject(2, UUID.class)))
                .optional();
    }

    private Optional<Caller> read(Owner owner) {
        return database.write(owner.tenant(), client -> {
            client.sql(Statements.text("touch-session"))
                    .param("tenant", owner.tenant())
                    .param("session_id", owner.session())
                    .update();
            return client.sql(Statements.text("read-session"))
                    .param("tenant", owner.tenant())
                    .param("session_id", owner.session())
                    .query(Sessions::caller)
                    .optional();
        });
    }

    private static Caller caller(ResultSet row, int number) throws SQLException {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String code : (String[]) row.getArray("scopes").getArray()) {
            Scope.ofCode(code).ifPresent(scopes::add);
        }
        return new Caller(
                new WorkspaceId(row.getString("tenant_id"), row.getString("workspace_id")),
                row.getObject("key_id", UUID.class),
                row.getString("name"),
                scopes,
                FormRules.NONE,
                row.getBoolean("person"));
    }

    private static String fingerprint(String token) {
        return HexFormat.of().formatHex(Keys.hash(token));
    }
}
