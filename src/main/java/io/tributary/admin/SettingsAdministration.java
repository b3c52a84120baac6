package io.tributary.admin;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.health.HealthProfiles;
import io.tributary.http.Call;
import io.tributary.pipeline.BaseValues;
import io.tributary.tenant.SettingsReader;
import io.tributary.tenant.TenantSettings;
import io.tributary.tenant.TenantSettingsStore;
import io.tributary.tenant.Tenants;
import io.tributary.tenant.WorkspaceId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Shows and changes a tenant's settings, for the operator and for its own administrators. */
public final class SettingsAdministration {
    private final Tenants tenants;
    private final TenantSettingsStore settings;

    public SettingsAdministration(Tenants tenants, TenantSettingsStore settings) {
        this.tenants = tenants;
        this.settings = settings;
    }

    public Answer show(Call call) {
        return Answer.ok(SettingsReader.write(settings.of(call.workspace().tenant())));
    }

    public Answer change(Call call) {
        return change(call, call.workspace().tenant(), call.caller().actor());
    }

    public Answer changeFor(Call call) {
        return change(call, TenantAdministration.tenantIn(call), "admin");
    }

    private Answer change(Call call, String tenant, String actor) {
        Map<String, @Nullable Object> change = call.jsonObject();
        Tenants.Change made = tenants.change(tenant, current -> laidOver(current, change), actor, this::convert);
        if (revalued(made.before(), made.after())) {
            // Batches that began before the change have committed by the old rates since; they are few.
            tenants.inEachWorkspace(tenant, (client, workspace) -> BaseValues.catchUp(client, workspace, made.after()));
        }
        return Answer.ok(SettingsReader.write(made.after()));
    }

    private static TenantSettings laidOver(TenantSettings current, Map<String, @Nullable Object> change) {
        SettingsReader reader = new SettingsReader(HealthProfiles.names());
        TenantSettings changed = reader.read(current, change);
        if (!reader.faults().isEmpty()) {
            throw ApiException.invalid(reader.faults());
        }
        return changed;
    }

    private void convert(JdbcClient client, WorkspaceId workspace, Tenants.Change made) {
        if (revalued(made.before(), made.after())) {
            BaseValues.convert(client, workspace, made.after());
        }
    }

    private static boolean revalued(TenantSettings before, TenantSettings after) {
        return !before.currency().equals(after.currency())
                || !before.exchangeRates().equals(after.exchangeRates());
    }
}
