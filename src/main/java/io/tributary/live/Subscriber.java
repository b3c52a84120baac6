package io.tributary.live;

import io.tributary.event.Event;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.List;

/**
 * One open socket: how far it was sent its workspace's log, and how much of that its client has not taken yet. What is on
 * its way is bounded; a client that reads slower than events come is sent the rest from the log when it has caught up.
 */
final class Subscriber {
    /** Bytes under way to one client before it has to read some of them. */
    private static final int MOST_PENDING = 128 * 1024;

    private static final long STALLED_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long SILENT_NANOS = Duration.ofSeconds(75).toNanos();
    private static final Buffer PING = Buffer.buffer("tributary");

    /** One event, ready to be sent. */
    record Frame(long sequence, String text) {
        static Frame of(Event event) {
            return new Frame(event.sequence(), io.tributary.event.CloudEvent.json(event));
        }
    }

    private final ServerWebSocket socket;
    private final Admission admission;
    private final Runnable caughtUp;
    private long position;
    private boolean live;
    private boolean replaying = true;
    private long pending;
    private long progress = System.nanoTime();
    private volatile long heard = System.nanoTime();

    /** @param caughtUp run when a client that had fallen behind has read enough to be sent more from the log */
    Subscriber(ServerWebSocket socket, Admission admission, Runnable caughtUp) {
        this.socket = socket;
        this.admission = admission;
        this.caughtUp = caughtUp;
        socket.pongHandler(pong -> heard = System.nanoTime());
    }

    Admission admission() {
        return admission;
    }

    synchronized void beginAt(long sequence) {
        position = sequence;
    }

    synchronized long position() {
        return position;
    }

    /** Whether it is sent events as they come; otherwise it is sent them from the log. */
    synchronized boolean isLive() {
        return live;
    }

    synchronized boolean isFull() {
        return pending > MOST_PENDING;
    }

    /** From now on it is sent events as they come. */
    synchronized void goLive() {
        live = true;
        replaying = false;
    }

    /** Sends what just happened, or leaves it to a later replay when the client has too much before it already. */
    synchronized void offer(List<Frame> frames) {
        if (!live) {
            return;
        }
        if (isFull()) {
            live = false;
            return;
        }
        send(frames);
    }

    /** Sends what comes next in the log; whoever calls has made sure that nothing is left out. */
    synchronized void send(List<Frame> frames) {
        for (Frame frame : frames) {
            if (frame.sequence > position) {
                write(frame);
                position = frame.sequence;
            }
        }
    }

    private void write(Frame frame) {
        int size = frame.text.length();
        if (pending == 0) {
            progress = System.nanoTime();
        }
        pending += size;
        socket.writeTextMessage(frame.text).onComplete(written -> taken(size));
    }

    private void taken(int size) {
        boolean more;
        synchronized (this) {
            pending -= size;
            progress = System.nanoTime();
            more = !live && !replaying && pending < MOST_PENDING / 2;
            replaying |= more;
        }
        if (more) {
            caughtUp.run();
        }
    }

    /** Stops a replay because the client has to read first; false when it has read meanwhile. */
    synchronized boolean pauseReplay() {
        if (pending < MOST_PENDING / 2) {
            return false;
        }
        replaying = false;
        return true;
    }

    synchronized boolean isStalled(long now) {
        return pending > 0 && now - progress > STALLED_NANOS;
    }

    /** Whether nothing at all was heard from the client for longer than pings go unanswered on a living line. */
    boolean isSilent(long now) {
        return now - heard > SILENT_NANOS;
    }

    void ping() {
        socket.writePing(PING);
    }

    boolean isClosed() {
        return socket.isClosed() || admission.isOver();
    }

    /** Ends the socket; the reason is one short sentence. */
    void close(CloseReason reason) {
        if (!socket.isClosed()) {
            socket.close((short) reason.code(), reason.sentence());
        }
    }

    /** Why the hub ends a socket. */
    enum CloseReason {
        GOING_AWAY(1001, "the hub stops; connect again with since"),
        TOO_SLOW(1013, "nothing was read for too long; connect again with since"),
        FAILED(1011, "the log cannot be read now; connect again with since"),
        KEY_ENDED(4401, "the key is no longer valid"),
        TOO_OLD(4410, "what follows since is older than seven days");

        private final int code;
        private final String sentence;

        CloseReason(int code, String sentence) {
            this.code = code;
            this.sentence = sentence;
        }

        int code() {
            return code;
        }

        String sentence() {
            return sentence;
        }
    }
}
