package io.tributary.start;

import io.tributary.connection.Connections;
import io.tributary.connection.Outward;
import io.tributary.ingest.Mappings;
import io.tributary.salesforce.Salesforce;
import io.tributary.tenant.TenantDatabase;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.service.ServiceSupport;

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
        registry.bind("salesforceStreams", salesforce.streams());
        registry.bind("salesforceStreamEnd", new StreamEnd(salesforce.streams()));
        try {
            context.addService(new ServiceSupport() {
                @Override
                protected void doStop() {
                    salesforce.close();
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException("the hub cannot listen to streams", e);
        }
    }
}
