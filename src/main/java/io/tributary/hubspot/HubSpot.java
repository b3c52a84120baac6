package io.tributary.hubspot;

import io.tributary.connection.Connections;
import io.tributary.connection.Outward;
import io.tributary.ingest.Doorway;
import io.tributary.ingest.Mappings;
import io.tributary.insight.InsightDesk;
import io.tributary.tenant.TenantDatabase;

/** Everything of HubSpot's that the routes call, made once for all accounts. */
public final class HubSpot {
    private final HubSpotDoor door;
    private final HubSpotWork work;
    private final HubSpotPoll poll;
    private final WriteBack writeBack;

    /** @param publicUrl what outsiders call, without a trailing slash */
    public HubSpot(
            Connections connections,
            Outward outward,
            TenantDatabase database,
            Mappings mappings,
            Doorway doorway,
            InsightDesk insights,
            String publicUrl) {
        HubSpotTasks tasks = new HubSpotTasks(database);
        HubSpotApi api = new HubSpotApi(outward, new HubSpotTokens(outward));
        HubSpotRecords records = new HubSpotRecords(api, mappings);
        this.door = new HubSpotDoor(connections, tasks, doorway, publicUrl);
        this.work = new HubSpotWork(connections, mappings, database, tasks, api, records);
        this.poll = new HubSpotPoll(connections, database, tasks, api, records);
        this.writeBack = new WriteBack(connections, database, api, insights);
    }

    public HubSpotDoor door() {
        return door;
    }

    public HubSpotWork work() {
        return work;
    }

    public HubSpotPoll poll() {
        return poll;
    }

    public WriteBack writeBack() {
        return writeBack;
    }
}
