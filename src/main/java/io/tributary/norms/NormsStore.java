package io.tributary.norms;

import io.tributary.deal.Stage;
import io.tributary.health.Norms;
import io.tributary.json.Json;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The norms of each workspace and since when they hold, so that a score is explained by those it was made with. New ones
 * begin to hold only when every hub has heard of them.
 */
public final class NormsStore {
    private static final Duration MEMORY = Duration.ofMinutes(5);
    private static final Duration UNTIL_KNOWN = Duration.ofMinutes(15);

    private final TenantDatabase database;
    private final Map<WorkspaceId, Remembered> memory = new ConcurrentHashMap<>();

    private record Remembered(NavigableMap<Instant, Norms> since, long until) {}

    public NormsStore(TenantDatabase database) {
        this.database = database;
    }

    /** The norms by which a deal of the workspace is scored at {@code moment}, or was. */
    public Norms at(WorkspaceId workspace, Instant moment) {
        Remembered known = memory.get(workspace);
        if (known == null || known.until - System.nanoTime() <= 0) {
            known = new Remembered(read(workspace), System.nanoTime() + MEMORY.toNanos());
            memory.put(workspace, known);
        }
        Entry<Instant, Norms> holding = known.since.floorEntry(moment);
        return holding == null ? Norms.NONE : holding.getValue();
    }

    /** Forgets what is remembered. */
    public void forget() {
        memory.clear();
    }

    private NavigableMap<Instant, Norms> read(WorkspaceId workspace) {
        NavigableMap<Instant, Norms> since = new TreeMap<>();
        database.read(workspace.tenant(), client -> {
            client.sql(Statements.text("list-norms"))
                    .param("tenant", workspace.tenant())
                    .param("workspace", workspace.workspace())
                    .query(row -> {
                        since.put(
                                row.getTimestamp("valid_from").toInstant(),
                                new Norms(times(row.getString("stages")), row.getBigDecimal("typical_value")));
                    });
            return since;
        });
        return since;
    }

    private static Map<Stage, Duration> times(String json) {
        Map<Stage, Duration> times = new EnumMap<>(Stage.class);
        Json.readObject(json)
                .forEach((code, seconds) -> Stage.ofCode(code)
                        .ifPresent(stage -> times.put(
                                stage, Duration.ofSeconds(new BigDecimal(String.valueOf(seconds)).longValue()))));
        return times;
    }

    /** Measures every workspace anew; what is usual there now holds for the deals that are scored from soon on. */
    public void measure() {
        List<WorkspaceId> workspaces = database.withoutTenant()
                .sql(Statements.text("list-every-workspace"))
                .query((row, number) -> new WorkspaceId(row.getString("tenant_id"), row.getString("workspace_id")))
                .list();
        workspaces.forEach(workspace -> renew(workspace, Instant.now().plus(UNTIL_KNOWN)));
    }

    /** Measures one workspace anew; what is usual there now holds from a moment on. */
    void renew(WorkspaceId workspace, Instant validFrom) {
        database.write(workspace.tenant(), client -> {
            Map<String, Object> measured = client.sql(Statements.text("measure-norms"))
                    .param("tenant", workspace.tenant())
                    .param("workspace", workspace.workspace())
                    .query()
                    .singleRow();
            return client.sql(Statements.text("keep-norms"))
                    .param("tenant", workspace.tenant())
                    .param("workspace", workspace.workspace())
                    .param("valid_from", validFrom.atOffset(ZoneOffset.UTC))
                    .param("stages", measured.get("stages"))
                    .param("typical_value", measured.get("typical_value"), Types.NUMERIC)
                    .update();
        });
    }
}
