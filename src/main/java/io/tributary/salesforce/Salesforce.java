package io.tributary.salesforce;

import io.tributary.connection.Connections;
import io.tributary.connection.Outward;
import io.tributary.ingest.Mappings;
import io.tributary.tenant.TenantDatabase;

/** Everything of Salesforce's that the routes call, made once for all organisations. */
public final class Salesforce implements AutoCloseable {
    private final SalesforceDoor door;
    private final SalesforceWork work;
    private final SalesforcePoll poll;
    private final StreamDoors doors;
    private final SalesforceStreams streams;

    public Salesforce(Connections connections, Outward outward, TenantDatabase database, Mappings mappings) {
        SalesforceTokens tokens = new SalesforceTokens(outward);
        SalesforceApi api = new SalesforceApi(outward, tokens);
        SalesforceRecords records = new SalesforceRecords(api, mappings);
        this.doors = new StreamDoors(outward.guard(), tokens);
        this.streams = new SalesforceStreams(connections, database, tokens, records, doors);
        this.door = new SalesforceDoor(connections);
        this.work = new SalesforceWork(connections, mappings, database);
        this.poll = new SalesforcePoll(connections, database, api, records, streams);
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

    public SalesforceStreams streams() {
        return streams;
    }

    /** Ends what streams share. */
    @Override
    public void close() {
        doors.close();
    }
}
