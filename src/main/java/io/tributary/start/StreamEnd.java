package io.tributary.start;

import io.tributary.connection.Connection;
import io.tributary.salesforce.SalesforceStreams;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/** Closes a connection's change stream when its route stops, so that another hub may listen at once. */
final class StreamEnd extends RoutePolicySupport {
    private final SalesforceStreams streams;

    StreamEnd(SalesforceStreams streams) {
        this.streams = streams;
    }

    /** @param route whose id is made of its template's and the connection's: {@code salesforce-stream.acme.sales.org} */
    @Override
    public void onStop(Route route) {
        String[] parts = route.getRouteId().split("\\.", 4);
        if (parts.length == 4) {
            streams.end(new Connection.Id(parts[1], parts[2], parts[3]));
        }
    }
}
