package io.tributary.start;

import io.tributary.connection.Authorisations;
import io.tributary.connection.ConnectionAdministration;
import io.tributary.connection.ConnectionFiles;
import io.tributary.connection.ConnectionKinds;
import io.tributary.connection.ConnectionRoutes;
import io.tributary.connection.ConnectionStates;
import io.tributary.connection.Connections;
import io.tributary.connection.Outward;
import io.tributary.connection.Secrets;
import io.tributary.delivery.DeadLetters;
import io.tributary.delivery.Deliveries;
import io.tributary.delivery.OutgoingMails;
import io.tributary.delivery.Webhooks;
import io.tributary.tenant.TenantDatabase;
import java.io.IOException;
import org.apache.camel.main.Main;

/** Connections, and what leaves the hub through them. */
final class ConnectionWiring {
    private ConnectionWiring() {}

    /** Binds it all; connections are known from here on, and run once the routes do. */
    static void bind(Main main, Settings settings, TenantDatabase database) throws IOException {
        String secretKey = settings.secretKey() == null
                ? SecretFile.readOrCreate(settings.data().resolve("secret-key"), "tsec_")
                : settings.secretKey();
        ConnectionKinds kinds = ConnectionKinds.installed();
        Outward outward = Outward.of(settings.allowPrivateTargets());
        ConnectionStates states = new ConnectionStates(database);
        Connections connections = new Connections(
                database,
                new Secrets(secretKey),
                kinds,
                states,
                new ConnectionRoutes(main::getCamelContext, outward, states));
        ConnectionFiles files = new ConnectionFiles(settings.routes(), kinds, connections, System::getenv);
        connections.refresh();
        files.refresh();
        main.bind("connectionFiles", files);
        main.bind("outward", outward);
        main.bind("connections", connections);
        main.bind("connectionAdministration", new ConnectionAdministration(connections, kinds, states, outward));

        main.bind("authorisations", new Authorisations(connections, kinds, outward, secretKey, settings.publicUrl()));

        Deliveries deliveries = new Deliveries(database, connections);
        main.bind("deliveries", deliveries);
        main.bind("deadLetters", new DeadLetters(database, connections));
        main.bind("webhooks", new Webhooks(database, connections, outward));
        main.bind("outgoingMails", new OutgoingMails(database, connections, deliveries));
    }
}
