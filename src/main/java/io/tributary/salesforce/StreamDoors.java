package io.tributary.salesforce;

import io.tributary.connection.AddressGuard;
import io.tributary.connection.Connection;
import io.tributary.salesforce.SalesforceException.Remedy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.client.HttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens streams by whichever protocol a connection asks for, towards addresses that the {@link AddressGuard} lets pass. */
final class StreamDoors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamDoors.class);
    private static final int CONNECTIONS_TO_ONE_HOST = 40;
    private static final int CONNECT_MILLIS = 10_000;

    private final AddressGuard guard;
    private final SalesforceTokens tokens;
    private @Nullable HttpClient http;

    StreamDoors(AddressGuard guard, SalesforceTokens tokens) {
        this.guard = guard;
        this.tokens = tokens;
    }

    /** @param replay after which the stream begins; null for what changes from now on */
    ChangeStream open(Connection connection, @Nullable String replay) throws SalesforceException {
        SalesforceTokens.Session session = tokens.session(connection);
        if (connection.text("stream").equals("cometd")) {
            return BayeuxStream.open(http(), session, connection.text("channel"), replay);
        }
        return PubSubStream.open(
                URI.create(connection.text("pubsub_url")), guard, session, connection.text("channel"), replay);
    }

    /** One client for the streams of all organisations, made when the first needs it. */
    private synchronized HttpClient http() throws SalesforceException {
        HttpClient known = http;
        if (known == null) {
            known = new HttpClient();
            known.setFollowRedirects(false);
            known.setConnectTimeout(CONNECT_MILLIS);
            known.setMaxConnectionsPerDestination(CONNECTIONS_TO_ONE_HOST);
            known.setSocketAddressResolver((host, port, context, found) -> {
                try {
                    List<InetSocketAddress> addresses = new ArrayList<>();
                    for (InetAddress address : guard.resolve(host)) {
                        addresses.add(new InetSocketAddress(address, port));
                    }
                    found.succeeded(addresses);
                } catch (IOException refused) {
                    found.failed(refused);
                }
            });
            try {
                known.start();
            } catch (Exception e) {
                throw new SalesforceException("the hub cannot open streams", Remedy.WAIT, 0);
            }
            http = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        try {
            if (http != null) {
                http.stop();
            }
        } catch (Exception e) {
            LOG.warn("The client of the change streams did not stop", e);
        }
    }
}
