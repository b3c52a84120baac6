package io.tributary.admin;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.health.HealthProfiles;
import io.tributary.http.Call;
import io.tributary.tenant.Scope;
import io.tributary.tenant.SettingsReader;
import io.tributary.tenant.TenantSettings;
import io.tributary.tenant.Tenants;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operator's calls that make and end tenants. */
public final class TenantAdministration {
    private static final Set<String> OWN_FIELDS = Set.of("id", "name", "workspace");
    private static final String FIRST_WORKSPACE = "main";

    private final Tenants tenants;
    private final Supplier<String> newKey;
    private final Consumer<String> prepare;

    /**
     * @param newKey makes the text of a key
     * @param prepare is told of each new tenant, for what it needs outside the database
     */
    public TenantAdministration(Tenants tenants, Supplier<String> newKey, Consumer<String> prepare) {
        this.tenants = tenants;
        this.newKey = newKey;
        this.prepare = prepare;
    }

    /** Makes a tenant, its first workspace and a key that may do everything but send the public form. */
    public Answer create(Call call) {
        Map<String, @Nullable Object> body = call.jsonObject();
        Fields fields = new Fields(body);
        String id = fields.id("id").orElse(null);
        if (id == null && !fields.hasFaultIn("id")) {
            fields.fault("id", null, "is required");
        }
        String name = fields.name("name").orElse(id);
        String workspace = fields.id("workspace").orElse(FIRST_WORKSPACE);
        SettingsReader reader = new SettingsReader(HealthProfiles.names());
        TenantSettings settings = reader.read(TenantSettings.INITIAL, settingsIn(body));
        fields.addFaults(reader.faults());
        fields.check();
        if (id == null || name == null) {
            throw ApiException.notFound();
        }
        String key = newKey.get();
        tenants.create(id, name, workspace, settings, key, EnumSet.complementOf(EnumSet.of(Scope.FORM)));
        prepare.accept(id);
        Map<String, @Nullable Object> made = new LinkedHashMap<>();
        made.put("tenant_id", id);
        made.put("workspace_id", workspace);
        made.put("api_key", key);
        return Answer.json(201, made);
    }

    private static Map<String, @Nullable Object> settingsIn(Map<String, @Nullable Object> body) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>(body);
        settings.keySet().removeAll(OWN_FIELDS);
        return settings;
    }

    /** Ends a tenant. */
    public Answer delete(Call call) {
        tenants.delete(tenantIn(call));
        return Answer.empty(204);
    }

    /** The tenant that the path {@code api/admin/tenants/{id}…} names; whatever is no id cannot exist. */
    static String tenantIn(Call call) {
        String[] segments = call.path().split("/", -1);
        if (segments.length > 3 && Fields.isId(segments[3])) {
            return segments[3];
        }
        throw ApiException.notFound();
    }
}
