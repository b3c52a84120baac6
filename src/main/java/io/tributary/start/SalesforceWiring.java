package io.tributary.start;

import io.tributary.connection.Connections;
import io.tributary.connection.Outward;
import io.tributary.ingest.Mappings;
import io.tributary.salesforce.Salesforce;
import io.tributary.tenant.TenantDatabase;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Wires what takes and reads the Opportunities of Salesforce. */
final class SalesforceWiring {
    private SalesforceWiring() {}

    static void bind(CamelContext context, TenantDatabase database, Mappings mappings) {
        Registry registry = context.getRegistry();
        Salesforce salesforce = new Salesforce(
                registry.findSingleByType(Connections.class),
                registry.findSingleByType(Outward.class),
                database,
                mappings);
        registry.bind("salesforceDoor", salesforce.door());
        registry.bind("salesforceWork", salesforce.work());
        registry.bind("salesforcePoll", salesforce.poll());
    }
}
