package io.tributary.salesforce;

import io.tributary.connection.Connections;
import io.tributary.connection.Outward;
import io.tributary.ingest.Mappings;
import io.tributary.tenant.TenantDatabase;

/** Everything of Salesforce's that the routes call, made once for all organisations. */
public final class Salesforce {
    private final SalesforceDoor door;
    private final SalesforceWork work;
    private final SalesforcePoll poll;

    public Salesforce(Connections connections, Outward outward, TenantDatabase database, Mappings mappings) {
        SalesforceApi api = new SalesforceApi(outward, new SalesforceTokens(outward));
        this.door = new SalesforceDoor(connections);
        this.work = new SalesforceWork(connections, mappings, database);
        this.poll = new SalesforcePoll(connections, database, api, new SalesforceRecords(api, mappings));
    }

    public SalesforceDoor door() {
        return door;
    }

    public SalesforceWork work() {
        return work;
    }

    public SalesforcePoll poll() {
        return poll;
    }
}
