package io.tributary.start;

import io.tributary.answer.ApiException;
import io.tributary.tenant.Scope;
import io.tributary.tenant.TenantSettings;
import io.tributary.tenant.Tenants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tenant that a new hub comes with, so that the first deal can be taken a minute after the first start. */
final class FirstTenant {
    private static final Logger LOG = LoggerFactory.getLogger(FirstTenant.class);
    private static final String TENANT = "demo";
    private static final String WORKSPACE = "main";

    private FirstTenant() {}

    /** Makes tenant, workspace and key, unless the tenant exists already. */
    static void createOnce(Settings settings, Tenants tenants) throws IOException {
        if (tenants.exists(TENANT)) {
            return;
        }
        Path file = settings.data().resolve("api-key");
        String key = settings.apiKey() == null ? SecretFile.readOrCreate(file, "trib_") : settings.apiKey();
        Set<Scope> scopes = EnumSet.complementOf(EnumSet.of(Scope.FORM));
        try {
            tenants.create(TENANT, "Demo", WORKSPACE, TenantSettings.INITIAL, key, scopes);
        } catch (ApiException otherNodeWasFirst) {
            LOG.info("Tenant {} was made by another node meanwhile", TENANT);
            return;
        }
        Files.createDirectories(settings.data().resolve("inbox").resolve(TENANT));
    }
}
