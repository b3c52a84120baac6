package io.tributary.hubspot;

import io.tributary.connection.Connection;
import io.tributary.tenant.TenantDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The deals here that came from HubSpot, by their ids there. */
final class KnownDeals {
    private KnownDeals() {}

    static Map<String, UUID> of(TenantDatabase database, Connection connection, List<String> ids) {
        Map<String, UUID> known = new HashMap<>();
        if (ids.isEmpty()) {
            return known;
        }
        return database.read(connection.workspace().tenant(), client -> {
            HubSpotTasks.named(client, "find-deals-by-external-id", connection)
                    .param("system", HubSpotKind.NAME)
                    .param("ids", ids.toArray(String[]::new))
                    .query(row -> {
                        known.put(row.getString("external_id"), row.getObject("deal_id", UUID.class));
                    });
            return known;
        });
    }
}
