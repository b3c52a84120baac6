package io.tributary.live;

import io.tributary.event.Committed;
import io.tributary.event.Event;
import io.tributary.event.EventLog;
import io.tributary.live.Subscriber.CloseReason;
import io.tributary.live.Subscriber.Frame;
import io.tributary.tenant.Keys;
import io.tributary.tenant.WorkspaceId;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each open socket what happens in its workspace. Everything comes from the event log: what just happened is read
 * once a workspace and sent to all of its sockets, what a socket missed is read for it alone. Nobody waits for a client.
 */
public final class LiveFeed extends ServiceSupport implements Committed {
    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
    private static final int CHUNK = 64;

    private final EventLog log;
    private final Keys keys;
    private final CamelContext context;
    private final Map<WorkspaceId, Room> rooms = new ConcurrentHashMap<>();
    private final Map<Admission, Subscriber> subscribers = new ConcurrentHashMap<>();
    private @Nullable ProducerTemplate producer;

    public LiveFeed(EventLog log, Keys keys, CamelContext context) {
        this.log = log;
        this.keys = keys;
        this.context = context;
    }

    @Override
    protected void doStart() {
        producer = context.createProducerTemplate();
    }

    @Override
    protected void doStop() {
        subscribers.values().forEach(subscriber -> subscriber.close(CloseReason.GOING_AWAY));
    }

    /** How many sockets are open. */
    public int sockets() {
        return subscribers.size();
    }

    /** How many of them are sent what they missed, or have to read first. */
    public long behind() {
        return subscribers.values().stream().filter(one -> !one.isLive()).count();
    }

    /** Takes a socket in that the gate has let through. */
    public void open(ServerWebSocket socket, Admission admission) {
        Subscriber subscriber = new Subscriber(socket, admission, () -> replayLater(admission));
        subscribers.put(admission, subscriber);
        // Before the end of the log is asked for: what is committed in between is then heard of.
        Room room = rooms.compute(admission.workspace(), (workspace, open) -> {
            Room entered = open == null ? new Room(workspace) : open;
            entered.add(subscriber);
            return entered;
        });
        if (subscriber.isClosed()) {
            close(admission);
            return;
        }
        try {
            Long since = admission.since();
            EventLog.End end = log.end(admission.workspace(), since == null ? 0 : since);
            if (since != null && !end.complete()) {
                subscriber.close(CloseReason.TOO_OLD);
                return;
            }
            subscriber.beginAt(since == null ? end.last() : Math.min(since, end.last()));
            room.beginAt(end.last());
            replayLater(admission);
        } catch (RuntimeException e) {
            LOG.warn("A socket of the live feed could not be served: {}", e.toString());
            subscriber.close(CloseReason.FAILED);
        }
    }

    /** Forgets a socket that is closed. */
    public void close(Admission admission) {
        admission.end();
        Subscriber subscriber = subscribers.remove(admission);
        if (subscriber != null) {
            rooms.computeIfPresent(admission.workspace(), (workspace, room) -> {
                room.remove(subscriber);
                return room.isEmpty() ? null : room;
            });
        }
    }

    @Override
    public void upTo(WorkspaceId workspace, long sequence) {
        Room room = rooms.get(workspace);
        if (room != null && room.hears(sequence)) {
            hand("seda:live-send", room);
        }
    }

    private void replayLater(Admission admission) {
        hand("seda:live-replay", admission);
    }

    private void hand(String route, Object work) {
        ProducerTemplate template = producer;
        if (template != null && isRunAllowed()) {
            template.sendBody(route, work);
        }
    }

    /** Reads what was written since and sends it to every socket of the room that keeps up. */
    public void send(Room room) {
        boolean succeeded = false;
        try {
            int read;
            do {
                long known = room.known();
                List<Event> events = read(room.workspace(), room.head());
                read = events.size();
                if (read > 0) {
                    room.deliver(events.stream().map(Frame::of).toList());
                } else {
                    room.passOver(known);
                }
            } while (read == CHUNK && isRunAllowed());
            succeeded = true;
        } finally {
            if (room.read(succeeded)) {
                hand("seda:live-send", room);
            }
        }
    }

    /** Sends one socket what it missed, until it keeps up or has to read first. */
    public void replay(Admission admission) {
        Subscriber subscriber = subscribers.get(admission);
        Room room = rooms.get(admission.workspace());
        if (subscriber == null || room == null) {
            return;
        }
        try {
            while (!subscriber.isClosed() && !room.join(subscriber)) {
                if (subscriber.isFull() && subscriber.pauseReplay()) {
                    return;
                }
                List<Event> events = read(admission.workspace(), subscriber.position());
                if (events.isEmpty() || events.get(0).sequence() != subscriber.position() + 1) {
                    subscriber.close(CloseReason.TOO_OLD);
                    return;
                }
                subscriber.send(events.stream().map(Frame::of).toList());
            }
        } catch (RuntimeException e) {
            LOG.warn("A socket of the live feed could not be sent what it missed: {}", e.toString());
            subscriber.close(CloseReason.FAILED);
        }
    }

    private List<Event> read(WorkspaceId workspace, long position) {
        return log.after(workspace, position, Set.of(), CHUNK);
    }

    /** Pings every client, and ends sockets that nobody reads, that nobody is behind, or whose key has ended. */
    public void lookAfter() {
        long now = System.nanoTime();
        Map<UUID, Boolean> valid = new HashMap<>();
        for (Map.Entry<Admission, Subscriber> open : subscribers.entrySet()) {
            Admission admission = open.getKey();
            Subscriber subscriber = open.getValue();
            if (subscriber.isClosed()) {
                close(admission);
            } else if (!valid.computeIfAbsent(admission.keyId(), id -> isValid(admission))) {
                end(subscriber, CloseReason.KEY_ENDED);
            } else if (subscriber.isStalled(now) || subscriber.isSilent(now)) {
                end(subscriber, CloseReason.TOO_SLOW);
            } else {
                subscriber.ping();
            }
        }
    }

    private boolean isValid(Admission admission) {
        try {
            return keys.exists(admission.workspace().tenant(), admission.keyId());
        } catch (RuntimeException databaseIsAway) {
            // Nothing is committed then that could be sent.
            return true;
        }
    }

    /** A client that does not read does not answer the close either, so it is forgotten at once. */
    private void end(Subscriber subscriber, CloseReason reason) {
        subscriber.close(reason);
        close(subscriber.admission());
    }
}
