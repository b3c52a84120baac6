package io.tributary.pipeline;

import io.tributary.event.Event;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps how a workspace goes, hour by hour, from its event log: the log itself is kept for a week only. */
public final class TrendBook {
    private static final String REJECTED = "record.rejected";

    private final TenantDatabase database;

    public TrendBook(TenantDatabase database) {
        this.database = database;
    }

    /** What one hour is to be added. */
    private static final class Hour {
        private long accepted;
        private long rejected;
        private long sequence;

        void add(Event event) {
            if (event.type().equals(REJECTED)) {
                rejected++;
            } else {
                accepted++;
            }
            sequence = Math.max(sequence, event.sequence());
        }
    }

    /** Adds events of the workspace to their hours; those added before are known by their sequence. */
    public void add(List<Event> events, WorkspaceId workspace) {
        if (events.stream().noneMatch(Event::isWanted)) {
            return;
        }
        database.writeRepeatable(workspace.tenant(), client -> {
            long known = position(client, workspace);
            TreeMap<Instant, Hour> hours = new TreeMap<>();
            events.stream()
                    .filter(event -> event.isWanted() && event.sequence() > known)
                    .forEach(
                            event -> hours.computeIfAbsent(event.at().truncatedTo(ChronoUnit.HOURS), hour -> new Hour())
                                    .add(event));
            if (!hours.isEmpty()) {
                insert(client, workspace, hours);
                client.sql(Statements.text("value-trend-hour"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("hour", at(hours.lastKey()))
                        .update();
            }
            return hours.size();
        });
    }

    private static long position(JdbcClient client, WorkspaceId workspace) {
        return client.sql(Statements.text("read-trend-position"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .query(Long.class)
                .single();
    }

    private static void insert(JdbcClient client, WorkspaceId workspace, SortedMap<Instant, Hour> hours) {
        client.sql(Statements.text("add-trend-hours"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("hours", hours.keySet().stream().map(Instant::toString).toArray(String[]::new))
                .param(
                        "accepted",
                        hours.values().stream().map(hour -> hour.accepted).toArray(Long[]::new))
                .param(
                        "rejected",
                        hours.values().stream().map(hour -> hour.rejected).toArray(Long[]::new))
                .param(
                        "sequences",
                        hours.values().stream().map(hour -> hour.sequence).toArray(Long[]::new))
                .update();
    }

    private static OffsetDateTime at(Instant hour) {
        return hour.atOffset(ZoneOffset.UTC);
    }
}
