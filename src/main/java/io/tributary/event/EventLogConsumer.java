package io.tributary.event;

import io.tributary.tenant.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a reader's route what it has not dealt with yet: batches of one workspace, in order, each until the route has
 * gone through with it. No transaction is open and no pooled connection held while the route runs.
 */
public final class EventLogConsumer extends DefaultConsumer implements Committed {
    private static final Logger LOG = LoggerFactory.getLogger(EventLogConsumer.class);
    private static final long FIRST_RETRY_MILLIS = 1000;
    private static final long LAST_RETRY_MILLIS = Duration.ofMinutes(1).toMillis();

    /**
     * From so many failures in a row on somebody should look, and the events of the batch are tried one by one: it has been
     * tried for seven seconds by then.
     */
    private static final int STUCK = 4;

    /** An event that failed alone so often, over some six minutes, is set aside, so that those behind it go on. */
    private static final int HOPELESS = 12;

    /** How long an event that is tried again waits for the batch that the reader is at. */
    private static final Duration TURN = Duration.ofSeconds(5);

    private static final Duration LONGEST_TRY = Duration.ofMinutes(1);

    /** How long a reader that makes room rests for each unit of time that it worked. */
    private static final int REST = 19;

    private static final long LONGEST_REST_MILLIS = 5000;

    private final EventLogEndpoint endpoint;
    private final EventLog log;
    private final EventReaders readers;
    private final ReaderLocks locks;
    private final CommitListener commits;
    private final Map<WorkspaceId, Course> courses = new ConcurrentHashMap<>();
    private final AtomicLong setAside = new AtomicLong();
    private @Nullable ScheduledExecutorService pool;

    /** A workspace that is heard of later may have been made since then, and its first events are wanted. */
    private volatile Instant startedAt = Instant.EPOCH;

    /** What is known here of one workspace: how far it goes, how far it was read, and whether work on it is planned. */
    private static final class Course {
        private long known;
        private long read;
        private int failures;
        private @Nullable Future<?> planned;

        /** Until this moment of {@link System#nanoTime()} what is committed waits, to be read together. */
        private long restsUntil = System.nanoTime();

        /** Up to here events come one by one, because the batch that ends here failed again and again. */
        private long carefulUntil;
    }

    EventLogConsumer(EventLogEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        EventLogComponent owner = (EventLogComponent) endpoint.getComponent();
        this.log = owner.part(EventLog.class);
        this.readers = owner.part(EventReaders.class);
        this.locks = owner.part(ReaderLocks.class);
        this.commits = owner.part(CommitListener.class);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        startedAt = Instant.now();
        pool = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newScheduledThreadPool(this, "event-log-" + endpoint.getReader(), endpoint.concurrentWorkspaces());
        commits.tell(this);
    }

    @Override
    protected void doStop() throws Exception {
        commits.tellNoMore(this);
        if (pool != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(pool, 5_000);
            pool = null;
        }
        courses.clear();
        super.doStop();
    }

    /** The readers at work in {@code context}. */
    public static Stream<EventLogConsumer> in(CamelContext context) {
        return context.getRoutes().stream()
                .map(Route::getConsumer)
                .filter(EventLogConsumer.class::isInstance)
                .map(EventLogConsumer.class::cast);
    }

    /** How many events of all workspaces this hub knows of that the reader has not dealt with, as far as known here. */
    public long behind() {
        long behind = 0;
        for (Course course : courses.values()) {
            synchronized (course) {
                behind += Math.max(0, course.known - course.read);
            }
        }
        return behind;
    }

    /** The workspaces in which the same batch failed again and again here, as {@code reader of tenant/workspace}. */
    public List<String> stuck() {
        List<String> stuck = new ArrayList<>();
        courses.forEach((workspace, course) -> {
            synchronized (course) {
                if (course.failures >= STUCK) {
                    stuck.add(endpoint.getReader() + " of " + workspace.tenant() + "/" + workspace.workspace());
                }
            }
        });
        return stuck;
    }

    /** How many events were set aside here since the start. */
    public long setAside() {
        return setAside.get();
    }

    /** Whether this takes the events of a workspace for a reader; connections of two tenants may have one name. */
    public boolean reads(String reader, WorkspaceId workspace) {
        return endpoint.getReader().equals(reader) && endpoint.reads(workspace);
    }

    /**
     * Has the route deal with one event again, between two batches of the reader.
     *
     * @return why it could not; empty when it did
     */
    public Optional<String> again(Event event) {
        CompletableFuture<Optional<String>> outcome = new CompletableFuture<>();
        again(event, System.nanoTime() + TURN.toNanos(), outcome);
        try {
            return outcome.get(LONGEST_TRY.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return Optional.of("It is not done after " + LONGEST_TRY.toSeconds() + " s.");
        } catch (ExecutionException e) {
            return Optional.of(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("The hub stops.");
        }
    }

    private void again(Event event, long end, CompletableFuture<Optional<String>> outcome) {
        ScheduledExecutorService executor = pool;
        if (executor == null || !isRunAllowed()) {
            outcome.complete(Optional.of("The reader stands still."));
            return;
        }
        try {
            if (locks.take(event.workspace(), endpoint.getReader())) {
                try {
                    outcome.complete(Optional.ofNullable(process(event.workspace(), List.of(event)))
                            .map(Exception::toString));
                } finally {
                    locks.release(event.workspace(), endpoint.getReader());
                }
            } else if (System.nanoTime() < end) {
                CompletableFuture.delayedExecutor(endpoint.pauseMillis(), TimeUnit.MILLISECONDS, executor)
                        .execute(() -> again(event, end, outcome));
            } else {
                outcome.complete(Optional.of("The reader is at work; try again in a moment."));
            }
        } catch (Exception e) {
            outcome.complete(Optional.of(e.toString()));
        }
    }

    @Override
    public void upTo(WorkspaceId workspace, long sequence) {
        if (!endpoint.reads(workspace)) {
            return;
        }
        Course course = courses.computeIfAbsent(workspace, first -> new Course());
        synchronized (course) {
            course.known = Math.max(course.known, sequence);
            if (course.planned == null && course.known > course.read) {
                long rest = TimeUnit.NANOSECONDS.toMillis(course.restsUntil - System.nanoTime());
                plan(workspace, course, Math.max(0, rest));
            }
        }
    }

    private void plan(WorkspaceId workspace, Course course, long delayMillis) {
        ScheduledExecutorService executor = pool;
        if (executor == null || !isRunAllowed()) {
            return;
        }
        try {
            course.planned = executor.schedule(() -> work(workspace, course), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            course.planned = null;
        }
    }

    private void work(WorkspaceId workspace, Course course) {
        long again = endpoint.pauseMillis();
        try {
            // Whoever else has the lock was told of the same commit; should it die, its log end is asked for again.
            if (locks.take(workspace, endpoint.getReader())) {
                try {
                    again = readOn(workspace, course);
                } finally {
                    locks.release(workspace, endpoint.getReader());
                }
            } else {
                again = FIRST_RETRY_MILLIS;
            }
        } catch (Exception e) {
            LOG.warn("The reader {} of events waits for the database: {}", endpoint.getReader(), e.toString());
            again = FIRST_RETRY_MILLIS;
        }
        synchronized (course) {
            course.planned = null;
            course.restsUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(again);
            if (course.known > course.read) {
                plan(workspace, course, again);
            }
        }
    }

    /** Reads to the end of the log, or to a batch that fails; tells in how many milliseconds to go on. */
    private long readOn(WorkspaceId workspace, Course course) {
        Optional<EventReaders.Standing> standing =
                readers.standing(workspace, endpoint.getReader(), endpoint.beginAtEnd() ? startedAt : null);
        if (standing.isEmpty()) {
            courses.remove(workspace);
            return 0;
        }
        long position = standing.get().position();
        note(course, position);
        while (isRunAllowed()) {
            long began = System.nanoTime();
            long known = known(course);
            int most = position < carefulUntil(course) ? 1 : endpoint.batchSize();
            List<Event> events = log.after(workspace, position, endpoint.types(), most);
            if (events.isEmpty()) {
                // What is known to have been there and is not any more was too old to be kept.
                note(course, Math.max(position, known));
                break;
            }
            Exception failure =
                    process(workspace, events.stream().filter(Event::isWanted).toList());
            if (failure != null) {
                int before =
                        standing.get().position() == position ? standing.get().failures() : 0;
                return fail(workspace, course, position, events, failure, before);
            }
            long next = events.get(events.size() - 1).sequence();
            readers.advance(workspace, endpoint.getReader(), position, next);
            count(course, 0);
            position = next;
            note(course, position);
            if (endpoint.yields()) {
                return rest(System.nanoTime() - began);
            }
            if (events.size() < most) {
                // That was the end of the log; what has come since then is for the next batch, after the pause.
                break;
            }
        }
        return endpoint.pauseMillis();
    }

    /** Notes that a batch failed, and sets an event aside that fails alone; tells in how many milliseconds to go on. */
    private long fail(
            WorkspaceId workspace, Course course, long position, List<Event> events, Exception failure, int before) {
        Event last = events.get(events.size() - 1);
        count(course, 1);
        LOG.warn(
                "The reader {} could not deal with the events after {} of {}/{}: {}",
                endpoint.getReader(),
                position,
                workspace.tenant(),
                workspace.workspace(),
                failure.toString());
        if (events.size() == 1 && before + 1 >= HOPELESS) {
            readers.setAside(endpoint.getReader(), last, position, failure.toString());
            setAside.incrementAndGet();
            count(course, 0);
            note(course, last.sequence());
            LOG.error(
                    "The reader {} set event {} of {}/{} aside and goes on; see its dead letters",
                    endpoint.getReader(),
                    last.sequence(),
                    workspace.tenant(),
                    workspace.workspace());
            return 0;
        }
        readers.fail(workspace, endpoint.getReader(), failure.toString());
        if (before + 1 >= STUCK) {
            beCarefulUntil(course, last.sequence());
        }
        return retry(before);
    }

    private static long carefulUntil(Course course) {
        synchronized (course) {
            return course.carefulUntil;
        }
    }

    private static void beCarefulUntil(Course course, long sequence) {
        synchronized (course) {
            course.carefulUntil = Math.max(course.carefulUntil, sequence);
        }
    }

    private long rest(long nanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(REST * nanos);
        return Math.max(endpoint.pauseMillis(), Math.min(LONGEST_REST_MILLIS, millis));
    }

    private static long known(Course course) {
        synchronized (course) {
            return course.known;
        }
    }

    private static void count(Course course, int failed) {
        synchronized (course) {
            course.failures = failed * (course.failures + failed);
        }
    }

    private static void note(Course course, long position) {
        synchronized (course) {
            course.read = position;
        }
    }

    private @Nullable Exception process(WorkspaceId workspace, List<Event> events) {
        if (events.isEmpty()) {
            return null;
        }
        Exchange exchange = createExchange(false);
        try {
            exchange.setProperty("tenant", workspace.tenant());
            exchange.setProperty("workspace", workspace.workspace());
            exchange.setProperty("workspaceId", workspace);
            exchange.getMessage().setBody(events);
            getProcessor().process(exchange);
            return exchange.getException();
        } catch (Exception e) {
            return e;
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private static long retry(int failuresBefore) {
        return Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(failuresBefore, 10));
    }
}
