package io.tributary.event;

import io.tributary.tenant.WorkspaceId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** One reader of the event log, with the options a route gives it. */
public final class EventLogEndpoint extends DefaultEndpoint {
    private static final int MOST = 1000;

    private String reader;
    private Set<String> types = Set.of();
    private int batchSize = 200;
    private @Nullable String tenant;
    private @Nullable String workspace;
    private boolean beginAtEnd;
    private int concurrentWorkspaces = 2;
    private long pauseMillis = 100;
    private @Nullable String yieldsTo;

    EventLogEndpoint(String uri, EventLogComponent component, String reader) {
        super(uri, component);
        this.reader = reader;
    }

    /** By this name its position is kept. */
    public String getReader() {
        return reader;
    }

    public void setReader(String name) {
        reader = name;
    }

    Set<String> types() {
        return types;
    }

    /** Types that are wanted, with commas between them; empty wants all. */
    public void setTypes(String list) {
        types = Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(type -> !type.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    int batchSize() {
        return batchSize;
    }

    /** How many events an exchange holds at most: 200 unless given, 1,000 at most. */
    public void setBatchSize(int size) {
        batchSize = Math.max(1, Math.min(size, MOST));
    }

    /** With {@code workspace}: the only workspace that is read. */
    public void setTenant(String id) {
        tenant = id;
    }

    public void setWorkspace(String id) {
        workspace = id;
    }

    boolean beginAtEnd() {
        return beginAtEnd;
    }

    /** Whether a reader without a position begins with what happens from now on, not with all that is kept. */
    public void setBeginAtEnd(boolean now) {
        beginAtEnd = now;
    }

    int concurrentWorkspaces() {
        return concurrentWorkspaces;
    }

    /** How many workspaces are worked for at the same time; each of them in order. */
    public void setConcurrentWorkspaces(int number) {
        concurrentWorkspaces = Math.max(1, number);
    }

    long pauseMillis() {
        return pauseMillis;
    }

    /** How long a workspace rests after it was read to the end, so that many small commits make few batches. */
    public void setPauseMillis(long millis) {
        pauseMillis = Math.max(0, millis);
    }

    /** Whether there is work now that this reader makes room for. */
    boolean yields() {
        return yieldsTo != null && getCamelContext().getInflightRepository().size(yieldsTo) > 0;
    }

    /**
     * The id of a route whose work goes first: while it has any, this reader works for a small part of the time only. What
     * it has not dealt with then follows later; nothing is left out.
     */
    public void setYieldsTo(String routeId) {
        yieldsTo = routeId;
    }

    boolean reads(WorkspaceId which) {
        return tenant == null
                || (tenant.equals(which.tenant()) && (workspace == null || workspace.equals(which.workspace())));
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (reader.isEmpty()) {
            throw new IllegalArgumentException("event-log needs the name of a reader");
        }
        EventLogConsumer consumer = new EventLogConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("events are written by the bean eventLog");
    }
}
