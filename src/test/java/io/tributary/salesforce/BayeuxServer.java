package io.tributary.salesforce;

import jakarta.servlet.ServletException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.server.BayeuxServer.Extension;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.http.jakarta.CometDServlet;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** The Streaming API: CometD's own server with Salesforce's extension for replay ids. */
final class BayeuxServer implements ChangeServer {
    private static final String CHANNEL = "/data/OpportunityChangeEvent";

    private final Server server = new Server();
    private final CometDServlet servlet = new CometDServlet();
    private final List<Told> log = new ArrayList<>();
    private final Map<ServerSession, Integer> positions = new HashMap<>();
    private int forgotten;
    private int lost;

    private final class Replay implements Extension {
        @Override
        public boolean rcvMeta(ServerSession session, ServerMessage.Mutable message) {
            if (!Channel.META_SUBSCRIBE.equals(message.getChannel())) {
                return true;
            }
            synchronized (BayeuxServer.this) {
                int next = from(SalesforceApi.at(message.getExt(), "replay", CHANNEL));
                if (next < forgotten) {
                    lost++;
                    return false;
                }
                positions.put(session, next);
                return true;
            }
        }

        @Override
        public boolean sendMeta(@Nullable ServerSession session, ServerMessage.Mutable message) {
            if (Channel.META_HANDSHAKE.equals(message.getChannel())) {
                message.getExt(true).put("replay", true);
            } else if (Channel.META_SUBSCRIBE.equals(message.getChannel()) && !message.isSuccessful()) {
                message.put(
                        "error",
                        "400::The replayId {1} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.");
            } else if (Channel.META_SUBSCRIBE.equals(message.getChannel())) {
                deliver();
            }
            return true;
        }
    }

    /** Serves where {@code org} answers too. */
    BayeuxServer(FakeOrg org) throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        holder.setInitOrder(1);
        holder.setInitParameter("timeout", "5000");
        context.addServlet(holder, "/cometd/*");
        server.setHandler(context);
        server.start();
        if (servlet.getBayeuxServer() == null) {
            throw new ServletException("the Bayeux server did not start");
        }
        servlet.getBayeuxServer().addExtension(new Replay());
        org.handOver("/cometd", URI.create("http://127.0.0.1:" + connector.getLocalPort()));
    }

    private int from(@Nullable Object replay) {
        long id = replay instanceof Number number ? number.longValue() : -1;
        return id == -1 ? log.size() : id == -2 ? forgotten : (int) id;
    }

    @Override
    public String[] parameters() {
        return new String[] {"stream", "cometd"};
    }

    @Override
    public synchronized void tell(Told... events) {
        log.addAll(List.of(events));
        deliver();
    }

    private synchronized void deliver() {
        positions.keySet().removeIf(session -> !session.isHandshook());
        positions.replaceAll((session, next) -> {
            boolean subscribed =
                    session.getSubscriptions().stream().anyMatch(channel -> CHANNEL.equals(channel.getId()));
            if (!subscribed) {
                return next;
            }
            for (int i = next; i < log.size(); i++) {
                session.deliver(null, CHANNEL, data(log.get(i), i + 1), Promise.noop());
            }
            return log.size();
        });
    }

    /** As the Streaming API writes an event: what changed, null where it was emptied. */
    private static Map<String, @Nullable Object> data(Told told, int replay) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>(told.fields());
        payload.put(
                "ChangeEventHeader",
                Map.of(
                        "entityName", "Opportunity",
                        "recordIds", told.ids(),
                        "changeType", told.changeType(),
                        "changedFields", List.copyOf(told.fields().keySet()),
                        "commitTimestamp", told.at().toEpochMilli()));
        return Map.of("schema", "opportunity-1", "payload", payload, "event", Map.of("replayId", replay));
    }

    @Override
    public synchronized int listeners() {
        positions.keySet().removeIf(session -> !session.isHandshook());
        return positions.size();
    }

    @Override
    public void cut() {
        List<ServerSession> cut;
        synchronized (this) {
            cut = List.copyOf(positions.keySet());
            positions.clear();
        }
        cut.forEach(ServerSession::disconnect);
    }

    @Override
    public synchronized void forget() {
        log.add(Told.of("UPDATE", java.time.Instant.EPOCH));
        forgotten = log.size();
    }

    @Override
    public synchronized int lost() {
        return lost;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
