package io.tributary.start;

import io.tributary.connection.ConnectionAdministration;
import io.tributary.connection.ConnectionKinds;
import io.tributary.connection.ConnectionRoutes;
import io.tributary.connection.ConnectionStates;
import io.tributary.connection.Connections;
import io.tributary.connection.Outward;
import io.tributary.connection.Secrets;
import io.tributary.tenant.TenantDatabase;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Registry;

/** Connections, and everything that works through them. */
final class ConnectionWiring {
    private final TenantDatabase database;
    private final Secrets secrets;
    private final Outward outward;
    private final ConnectionKinds kinds = ConnectionKinds.installed();

    private ConnectionWiring(TenantDatabase database, Secrets secrets, Outward outward) {
        this.database = database;
        this.secrets = secrets;
        this.outward = outward;
    }

    static ConnectionWiring bind(Main main, Settings settings, TenantDatabase database) throws IOException {
        String secretKey = settings.secretKey() == null
                ? SecretFile.readOrCreate(settings.data().resolve("secret-key"), "tsec_")
                : settings.secretKey();
        Outward outward = Outward.of(settings.allowPrivateTargets());
        main.bind("outward", outward);
        return new ConnectionWiring(database, new Secrets(secretKey), outward);
    }

    /** What needs the running context; connections are known from here on, and run once it has started. */
    void bindTo(CamelContext context) {
        ConnectionStates states = new ConnectionStates(database);
        Connections connections =
                new Connections(database, secrets, kinds, states, new ConnectionRoutes(context, outward, states));
        connections.refresh();
        Registry registry = context.getRegistry();
        registry.bind("connections", connections);
        registry.bind("connectionAdministration", new ConnectionAdministration(connections, kinds, states, outward));
    }
}
