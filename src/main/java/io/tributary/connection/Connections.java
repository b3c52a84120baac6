package io.tributary.connection;

import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Every connection of this hub, made by API or by file, with its routes running. What another hub on the same database
 * changes is in force here after the next {@link #refresh}, which a route does each second.
 */
public final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final ConnectionTable table;
    private final ConnectionKinds kinds;
    private final ConnectionStates states;
    private final Group group;
    private final Map<Connection.Id, Connection> ready = new ConcurrentHashMap<>();

    /** Those that cannot be made ready, for example since their secrets cannot be read, each with its revision. */
    private final Map<Connection.Id, Broken> broken = new ConcurrentHashMap<>();

    private final Map<Connection.Id, Connection> inFiles = new ConcurrentHashMap<>();
    private final Map<Connection.Id, Broken> brokenInFiles = new ConcurrentHashMap<>();

    /** Those whose routes were started, until they are stopped. */
    private final Set<Connection.Id> running = new HashSet<>();

    private volatile boolean outOfReach;

    /** A connection that is kept but cannot work. */
    record Broken(String kind, String revision, String reason) {}

    /** Runs the routes of connections. */
    public interface Group {
        /** Whether routes can be started yet. */
        boolean isReady();

        /** Whether the connection's routes run, in this revision. */
        boolean runs(Connection connection);

        /** Starts the connection's routes anew; reports by {@link ConnectionStates} when that fails. */
        void start(Connection connection);

        void stop(Connection.Id id);
    }

    public Connections(
            TenantDatabase database, Secrets secrets, ConnectionKinds kinds, ConnectionStates states, Group group) {
        this.table = new ConnectionTable(database, secrets);
        this.kinds = kinds;
        this.states = states;
        this.group = group;
    }

    public Optional<Connection> find(String tenant, String workspace, String name) {
        return find(new Connection.Id(tenant, workspace, name));
    }

    public Optional<Connection> find(Connection.Id id) {
        Connection fromFile = inFiles.get(id);
        return Optional.ofNullable(fromFile == null ? ready.get(id) : fromFile);
    }

    /** The connections of one kind in a workspace, by name. */
    public List<Connection> ofKind(String tenant, String workspace, String kind) {
        return those(connection -> connection.workspace().equals(new WorkspaceId(tenant, workspace))
                && connection.kind().name().equals(kind));
    }

    /** The connections of a workspace, by name. */
    public List<Connection> ofWorkspace(WorkspaceId workspace) {
        return those(connection -> connection.workspace().equals(workspace));
    }

    /** Every connection of every tenant. */
    public List<Connection> all() {
        return those(connection -> true);
    }

    private List<Connection> those(Predicate<Connection> wanted) {
        Map<Connection.Id, Connection> all = new HashMap<>(ready);
        all.putAll(inFiles);
        return all.values().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(connection -> connection.id().toString()))
                .toList();
    }

    /** Tells that the connection just did what it is for. */
    public void succeeded(String tenant, String workspace, String name) {
        find(tenant, workspace, name).ifPresent(states::succeeded);
    }

    /** Tells that the connection just failed, and why: words that may be shown to its tenant. */
    public void failed(String tenant, String workspace, String name, String reason) {
        find(tenant, workspace, name).ifPresent(connection -> states.failed(connection, reason));
    }

    Optional<Broken> broken(Connection.Id id) {
        if (inFiles.containsKey(id)) {
            return Optional.empty();
        }
        return Optional.ofNullable(brokenInFiles.getOrDefault(id, broken.get(id)));
    }

    Map<Connection.Id, Broken> brokenOf(WorkspaceId workspace) {
        Map<Connection.Id, Broken> found = new HashMap<>(broken);
        found.putAll(brokenInFiles);
        found.keySet()
                .removeIf(id -> inFiles.containsKey(id)
                        || !id.tenant().equals(workspace.tenant())
                        || !id.workspace().equals(workspace.workspace()));
        return found;
    }

    /** Keeps a connection and starts it, or starts it anew. */
    void put(Connection.Id id, ConnectionKind kind, Map<String, String> given, String actor) {
        table.put(id, kind, given, actor);
        refresh();
    }

    /** Stops a connection and forgets it; false when there is none. */
    boolean delete(Connection.Id id, String actor) {
        boolean deleted = table.delete(id, actor);
        refresh();
        return deleted;
    }

    /** Puts what files make in place of what files made before. */
    synchronized void filesNowMake(Map<Connection.Id, Connection> made, Map<Connection.Id, Broken> wrong) {
        inFiles.keySet().retainAll(made.keySet());
        inFiles.putAll(made);
        brokenInFiles.keySet().retainAll(wrong.keySet());
        brokenInFiles.putAll(wrong);
        run();
    }

    /** As {@link #refresh}, for whoever comes again anyway: while the database is away everything stays as it is. */
    public void follow() {
        try {
            refresh();
            outOfReach = false;
        } catch (DataAccessException | TransactionException e) {
            if (!outOfReach) {
                LOG.warn("The connections stay as they are, since the database does not answer: {}", e.getMessage());
            }
            outOfReach = true;
        }
    }

    /** Reads what was changed, by whichever hub, and starts and stops routes accordingly. */
    public synchronized void refresh() {
        Map<Connection.Id, String> revisions = table.revisions();
        ready.keySet().retainAll(revisions.keySet());
        broken.keySet().retainAll(revisions.keySet());
        revisions.forEach((id, revision) -> {
            if (!revision.equals(knownRevision(id))) {
                read(id);
            }
        });
        run();
    }

    private String knownRevision(Connection.Id id) {
        Connection known = ready.get(id);
        Broken knownBroken = broken.get(id);
        if (known != null) {
            return known.revision();
        }
        return knownBroken == null ? "" : knownBroken.revision();
    }

    private void read(Connection.Id id) {
        Optional<ConnectionTable.Stored> stored = table.find(id);
        ready.remove(id);
        broken.remove(id);
        if (stored.isEmpty()) {
            return;
        }
        Optional<ConnectionKind> kind = kinds.find(stored.get().kind());
        String unreadable = stored.get().unreadable();
        if (kind.isEmpty() || unreadable != null) {
            String reason = unreadable == null
                    ? "this hub has no connections of the kind " + stored.get().kind()
                    : unreadable;
            LOG.error("The connection {} cannot work: {}", id, reason);
            broken.put(id, new Broken(stored.get().kind(), stored.get().revision(), reason));
            return;
        }
        WorkspaceId workspace = new WorkspaceId(id.tenant(), id.workspace());
        Map<String, String> parameters = withDefaults(kind.get(), stored.get().given());
        ready.put(
                id,
                new Connection(
                        workspace,
                        id.name(),
                        kind.get(),
                        parameters,
                        stored.get().revision(),
                        Optional.empty()));
    }

    /** Every parameter that has a value, given or by default. */
    static Map<String, String> withDefaults(ConnectionKind kind, Map<String, String> given) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Parameter parameter : kind.parameters()) {
            String value = given.get(parameter.name());
            if (value != null) {
                all.put(parameter.name(), value);
            } else if (parameter.defaultValue() != null) {
                all.put(parameter.name(), parameter.defaultValue());
            }
        }
        return all;
    }

    /** Runs what has to run, and nothing else. */
    private void run() {
        if (!group.isReady()) {
            return;
        }
        Set<Connection.Id> wanted = new HashSet<>();
        for (Connection connection : all()) {
            wanted.add(connection.id());
            if (!group.runs(connection) && hasPlace(connection)) {
                group.start(connection);
            }
        }
        running.stream().filter(id -> !wanted.contains(id)).toList().forEach(group::stop);
        running.clear();
        running.addAll(wanted);
    }

    /** Whether its workspace exists; a file may name one that is yet to come. What sends gets its queue. */
    private boolean hasPlace(Connection connection) {
        return connection.file().isEmpty() || table.prepare(connection.id(), connection.kind());
    }
}
