package io.tributary.start;

import io.tributary.connection.Authorisations;
import io.tributary.connection.Connections;
import io.tributary.connection.Outward;
import io.tributary.http.Gate;
import io.tributary.hubspot.HubSpot;
import io.tributary.ingest.Doorway;
import io.tributary.ingest.Mappings;
import io.tributary.insight.InsightDesk;
import io.tributary.tenant.TenantDatabase;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Wires what takes and reads the deals of HubSpot. */
final class HubSpotWiring {
    private HubSpotWiring() {}

    static void bind(CamelContext context, Gate gate, Settings settings, TenantDatabase database, Mappings mappings) {
        Registry registry = context.getRegistry();
        HubSpot hubSpot = new HubSpot(
                registry.findSingleByType(Connections.class),
                registry.findSingleByType(Outward.class),
                database,
                mappings,
                registry.findSingleByType(Doorway.class),
                registry.findSingleByType(InsightDesk.class),
                settings.publicUrl());
        gate.admitBy(hubSpot.door());
        gate.admitBy(registry.findSingleByType(Authorisations.class));
        registry.bind("hubspotDoor", hubSpot.door());
        registry.bind("hubspotWork", hubSpot.work());
        registry.bind("hubspotPoll", hubSpot.poll());
        registry.bind("hubspotWriteBack", hubSpot.writeBack());
    }
}
