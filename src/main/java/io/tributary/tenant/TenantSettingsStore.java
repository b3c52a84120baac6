package io.tributary.tenant;

import io.tributary.json.Json;
import io.tributary.sql.Statements;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The settings of each tenant; remembered for two seconds, which is how long another node works by the old ones. */
public final class TenantSettingsStore {
    private static final long MEMORY_NANOS = Duration.ofSeconds(2).toNanos();

    private final TenantDatabase database;
    private final Map<String, Remembered> memory = new ConcurrentHashMap<>();

    private record Remembered(TenantSettings settings, long until) {}

    public TenantSettingsStore(TenantDatabase database) {
        this.database = database;
    }

    /** The settings of a tenant that exists. */
    public TenantSettings of(String tenant) {
        Remembered known = memory.get(tenant);
        if (known != null && known.until - System.nanoTime() > 0) {
            return known.settings;
        }
        TenantSettings settings = database.read(
                tenant,
                client -> client.sql(Statements.text("read-tenant"))
                        .param("tenant", tenant)
                        .query(TenantSettingsStore::settings)
                        .optional()
                        .orElse(TenantSettings.INITIAL));
        memory.put(tenant, new Remembered(settings, System.nanoTime() + MEMORY_NANOS));
        return settings;
    }

    /** Forgets what is remembered, after a change. */
    public void forget() {
        memory.clear();
    }

    static TenantSettings settings(ResultSet row, int number) throws SQLException {
        Map<String, @Nullable Object> more = Json.readObject(row.getString("settings"));
        Map<String, BigDecimal> rates = new LinkedHashMap<>();
        map(more.get("exchange_rates"))
                .forEach((currency, rate) -> rates.put(currency, new BigDecimal(String.valueOf(rate))));
        return new TenantSettings(
                row.getString("currency"),
                ZoneId.of(row.getString("time_zone")),
                Locale.forLanguageTag(row.getString("locale")),
                rates,
                map(more.get("default_values")),
                more.get("field_trust") instanceof List<?> trust
                        ? trust.stream().map(String::valueOf).toList()
                        : List.of(),
                more.get("health_profile") instanceof String profile
                        ? profile
                        : TenantSettings.INITIAL.healthProfile());
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, entry) -> map.put(String.valueOf(key), entry));
        }
        return map;
    }
}
