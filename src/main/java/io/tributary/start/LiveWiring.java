package io.tributary.start;

import io.tributary.event.CommitListener;
import io.tributary.event.Event;
import io.tributary.event.EventLog;
import io.tributary.event.EventLogConsumer;
import io.tributary.event.EventPurge;
import io.tributary.event.EventReaders;
import io.tributary.event.ReaderLocks;
import io.tributary.live.LiveFeed;
import io.tributary.live.LiveGate;
import io.tributary.live.LiveSocketComponent;
import io.tributary.live.Tickets;
import io.tributary.pipeline.ReaderDesk;
import io.tributary.tenant.Keys;
import io.tributary.tenant.TenantDatabase;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/** The event log, its readers, and the live feed. */
final class LiveWiring {
    private final Database database;
    private final Keys keys;
    private final EventLog log;
    private final Tickets tickets;
    private final ReaderLocks locks;
    private @Nullable LiveFeed feed;

    LiveWiring(Database database, TenantDatabase tenantDatabase, Keys keys) {
        this.database = database;
        this.keys = keys;
        this.log = new EventLog(tenantDatabase);
        this.tickets = new Tickets(tenantDatabase);
        this.locks = new ReaderLocks(database::connect);
    }

    /** The doors of the server, and that of the sockets. */
    List<Consumer<Router>> doors(Set<String> origins, List<Consumer<Router>> others) {
        LiveGate gate = new LiveGate(keys, tickets, origins, () -> feed == null ? 0 : feed.sockets());
        List<Consumer<Router>> doors = new ArrayList<>(others);
        doors.add(router -> router.route("/ws/*").order(-1000).handler(gate));
        return doors;
    }

    void bind(Main main, TenantDatabase tenantDatabase) {
        main.bind("eventLog", log);
        main.bind("eventReaders", new EventReaders(tenantDatabase));
        main.bind("readerLocks", locks);
        main.bind("readerDesk", new ReaderDesk(tenantDatabase, (reader, event) -> again(main, reader, event)));
        main.bind("eventPurge", new EventPurge(tenantDatabase));
        main.bind("liveTickets", tickets);
        main.bind("vertx-websocket-component", new LiveSocketComponent());
    }

    private static Optional<String> again(Main main, String reader, Event event) {
        return EventLogConsumer.in(main.getCamelContext())
                .filter(consumer -> consumer.reads(reader, event.workspace()))
                .findFirst()
                .map(consumer -> consumer.again(event))
                .orElse(Optional.of("No route of this hub reads the log under that name."));
    }

    void addServices(CamelContext context) {
        LiveFeed sockets = new LiveFeed(log, keys, context);
        CommitListener commits = new CommitListener(context, database::connect);
        commits.tell(sockets);
        context.getRegistry().bind("liveFeed", sockets);
        context.getRegistry().bind("commitListener", commits);
        try {
            context.addService(sockets);
            context.addService(commits);
        } catch (Exception e) {
            throw new IllegalStateException("starting the live feed", e);
        }
        feed = sockets;
    }

    void close() {
        locks.close();
    }
}
