package io.tributary.start;

import io.tributary.automation.Automations;
import io.tributary.automation.Firings;
import io.tributary.automation.Occasions;
import io.tributary.automation.Tasks;
import io.tributary.automation.Timers;
import io.tributary.command.Comments;
import io.tributary.connection.Connections;
import io.tributary.connection.Outward;
import io.tributary.delivery.OutgoingMails;
import io.tributary.enrichment.Enrichments;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.TenantSettingsStore;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Automations, their tasks and timers. */
final class AutomationWiring {
    private AutomationWiring() {}

    static void bind(CamelContext context, TenantDatabase database, TenantSettingsStore settings) {
        Registry registry = context.getRegistry();
        registry.bind("occasions", new Occasions(database, settings));
        registry.bind(
                "firings",
                new Firings(
                        database,
                        registry.findSingleByType(Connections.class),
                        registry.findSingleByType(OutgoingMails.class)));
        registry.bind("automationTimers", new Timers(database));
        registry.bind(
                "enrichments",
                new Enrichments(
                        database,
                        registry.findSingleByType(Connections.class),
                        registry.findSingleByType(Outward.class)));
        registry.bind("comments", new Comments(database));
        registry.bind("tasks", new Tasks(database));
        registry.bind("automations", new Automations(context, database));
    }
}
