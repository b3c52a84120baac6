package io.tributary.tenant;

import io.tributary.json.Json;
import io.tributary.sql.Statements;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who holds a key. Keys are stored as SHA-256 of 256 random bits; an answer is remembered for two seconds,
 * which is how long a key revoked on another node still works here.
 */
public final class Keys {
    private static final long MEMORY_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int MEMORY_ENTRIES = 20_000;

    private final TenantDatabase database;
    private final Map<String, Remembered> memory = new ConcurrentHashMap<>();

    private record Remembered(Finding finding, long until) {}

    /** What became of a look-up: who holds the key, or that nobody does. */
    public record Finding(Optional<Caller> caller) {}

    public Keys(TenantDatabase database) {
        this.database = database;
    }

    /** The SHA-256 of a key, as it is stored. */
    public static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** What is remembered of this key without asking the database; null when it has to be asked. */
    public @Nullable Finding remembered(String key) {
        Remembered known = memory.get(fingerprint(key));
        return known == null || known.until - System.nanoTime() < 0 ? null : known.finding;
    }

    /** Whoever holds {@code key}; empty when nobody does. */
    public Optional<Caller> find(String key) {
        Finding known = remembered(key);
        if (known != null) {
            return known.caller;
        }
        byte[] hash = hash(key);
        Optional<Caller> caller = database.withoutTenant()
                .sql(Statements.text("find-key-owner"))
                .param("hash", hash)
                .query((row, number) -> Map.entry(row.getString(1), row.getObject(2, UUID.class)))
                .optional()
                .flatMap(owner -> database.read(
                        owner.getKey(),
                        client -> client.sql(Statements.text("read-key"))
                                .param("tenant", owner.getKey())
                                .param("key_id", owner.getValue())
                                .query(Keys::caller)
                                .optional()));
        if (memory.size() > MEMORY_ENTRIES) {
            memory.clear();
        }
        memory.put(fingerprint(key), new Remembered(new Finding(caller), System.nanoTime() + MEMORY_NANOS));
        return caller;
    }

    /** Whether a key has not been ended. */
    public boolean exists(String tenant, UUID keyId) {
        return database.read(
                tenant,
                client -> client.sql(Statements.text("read-key"))
                        .param("tenant", tenant)
                        .param("key_id", keyId)
                        .query((row, number) -> true)
                        .optional()
                        .isPresent());
    }

    /** Forgets all answers, so that a revoked key stops working here at once. */
    public void forget() {
        memory.clear();
    }

    private static String fingerprint(String key) {
        return HexFormat.of().formatHex(hash(key));
    }

    private static Caller caller(ResultSet row, int number) throws SQLException {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Array codes = row.getArray("scopes");
        for (String code : (String[]) codes.getArray()) {
            Scope.ofCode(code).ifPresent(scopes::add);
        }
        String form = row.getString("form");
        return new Caller(
                new WorkspaceId(row.getString("tenant_id"), row.getString("workspace_id")),
                row.getObject("key_id", UUID.class),
                row.getString("name"),
                scopes,
                form == null ? FormRules.NONE : formRules(Json.readObject(form)));
    }

    private static FormRules formRules(Map<String, @Nullable Object> form) {
        return new FormRules(
                texts(form.get("origins")),
                texts(form.get("redirects")),
                form.get("per_minute") instanceof Number perMinute ? perMinute.intValue() : FormRules.NONE.perMinute());
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> entries
                ? entries.stream().map(String::valueOf).toList()
                : List.of();
    }
}
