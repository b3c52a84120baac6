package io.tributary.live;

import io.tributary.live.Subscriber.Frame;
import io.tributary.tenant.WorkspaceId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The sockets of one workspace at this hub, and how far those of them that keep up were sent its log. */
final class Room {
    private static final long UNKNOWN = -1;

    private final WorkspaceId workspace;
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private long head = UNKNOWN;
    private long known;
    private boolean reading;

    Room(WorkspaceId workspace) {
        this.workspace = workspace;
    }

    WorkspaceId workspace() {
        return workspace;
    }

    synchronized void add(Subscriber subscriber) {
        subscribers.add(subscriber);
    }

    synchronized void remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    synchronized boolean isEmpty() {
        return subscribers.isEmpty();
    }

    synchronized List<Subscriber> all() {
        return List.copyOf(subscribers);
    }

    /** What the log's end is when the first socket comes; from there on events are sent as they come. */
    synchronized void beginAt(long end) {
        if (head == UNKNOWN) {
            head = end;
        }
    }

    synchronized long head() {
        return head;
    }

    /** Hears that the log goes up to {@code sequence}; true when it has to be read and nobody does so yet. */
    synchronized boolean hears(long sequence) {
        known = Math.max(known, sequence);
        return mustRead();
    }

    /** Ends a reading; true when more was written meanwhile. */
    synchronized boolean read(boolean succeeded) {
        reading = false;
        // After a failure the next commit, or the listener's next question, brings it up again.
        return succeeded && mustRead();
    }

    private boolean mustRead() {
        if (reading || head == UNKNOWN || known <= head) {
            return false;
        }
        reading = true;
        return true;
    }

    /** Sends events that follow the head to everyone who keeps up. */
    synchronized void deliver(List<Frame> frames) {
        for (Subscriber subscriber : subscribers) {
            subscriber.offer(frames);
        }
        head = frames.get(frames.size() - 1).sequence();
    }

    synchronized long known() {
        return known;
    }

    /** Nothing up to {@code end} is there to be read: a log that was cleared away. */
    synchronized void passOver(long end) {
        head = Math.max(head, end);
    }

    /** Lets a socket that was sent everything up to the head go on with the others; false when it was not. */
    synchronized boolean join(Subscriber subscriber) {
        if (head == UNKNOWN || subscriber.position() < head) {
            return false;
        }
        subscriber.goLive();
        return true;
    }
}
