package io.tributary.salesforce;

import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.ingest.Batch;
import io.tributary.ingest.Mappings;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import org.jspecify.annotations.Nullable;

/** The steps by which whatever came from an organisation is taken; each is called by its route. */
public final class SalesforceWork {
    private static final int PURGED_AT_ONCE = 5_000;

    private final Connections connections;
    private final Mappings mappings;
    private final TenantDatabase database;

    SalesforceWork(Connections connections, Mappings mappings, TenantDatabase database) {
        this.connections = connections;
        this.mappings = mappings;
        this.database = database;
    }

    /** Leaves out what was taken before; in the transaction that takes the rest. */
    public void claim(Turn turn) {
        database.write(turn.connection().workspace().tenant(), client -> {
            turn.claim(client);
            return turn;
        });
    }

    /** The turn's Opportunities for the funnel; null when there are none. */
    public @Nullable Batch records(Turn turn) {
        return turn.records(mappings);
    }

    /** What else the turn does, for the funnel; null when there is nothing. */
    public @Nullable Batch commands(Turn turn) {
        return turn.commands();
    }

    /** Notes what the turn has done; in the transaction that has taken its records. */
    public void note(Turn turn) {
        database.write(turn.connection().workspace().tenant(), client -> {
            turn.note(client);
            return turn;
        });
    }

    /** Tells that the connection works; after the commit. */
    public void succeeded(Turn turn) {
        Connection.Id id = turn.connection().id();
        connections.succeeded(id.tenant(), id.workspace(), id.name());
    }

    /** Forgets the ids of a tenant's notifications that are too old to come again, so many at a time. */
    public void purge(String tenant) {
        int gone = PURGED_AT_ONCE;
        while (gone == PURGED_AT_ONCE) {
            gone = database.write(
                    tenant,
                    client -> client.sql(Statements.text("purge-salesforce-notifications"))
                            .param("tenant", tenant)
                            .param("most", PURGED_AT_ONCE)
                            .update());
        }
    }
}
