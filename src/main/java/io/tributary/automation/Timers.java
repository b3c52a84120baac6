package io.tributary.automation;

import io.tributary.deal.Times;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/** What automations wait for, days even: rows of a table, so that a wait outlives the hub and any hub may end it. */
public final class Timers {
    private static final Logger LOG = LoggerFactory.getLogger(Timers.class);
    private static final int CLAIMED_AT_ONCE = 100;
    private static final Duration LONGEST = Duration.ofDays(730);

    /** A timer whose automation fails, or is gone, is tried for about a month. */
    private static final int MOST_TRIES = 40;

    private final TenantDatabase database;

    public Timers(TenantDatabase database) {
        this.database = database;
    }

    /** A timer that is due, claimed by whoever holds it. */
    public record Due(String automation, String timer, Instant setFor, Occasion occasion) {}

    /**
     * Lets a timer run from now, in the transaction of the firing; one of that name that runs for the deal begins anew.
     *
     * @param after how long, as ISO 8601 writes it: {@code P3D}, {@code PT12H}
     */
    public void set(Firing firing, @Nullable String timer, @Nullable String after) {
        if (timer == null || timer.isBlank() || after == null) {
            throw new IllegalArgumentException("a timer needs the properties `timer` and `after`");
        }
        Duration wait = Duration.parse(after);
        if (wait.isNegative() || wait.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a timer runs for two years at most");
        }
        Occasion occasion = firing.occasion();
        database.write(
                occasion.workspace().tenant(),
                client -> client.sql(Statements.text("set-timer"))
                        .params(of(occasion, firing.automation()))
                        .param("timer", timer)
                        .param("begun_at", occasion.data().get("begun_at"))
                        .param("seconds", (double) wait.toSeconds())
                        .update());
    }

    /** Ends every timer that an automation has set for a deal. */
    public void stop(Occasion occasion, String automation) {
        database.write(
                occasion.workspace().tenant(),
                client -> client.sql(Statements.text("stop-timers"))
                        .params(of(occasion, automation))
                        .update());
    }

    /** Claims what is due, of every workspace; none while the database is away. */
    public List<Due> claim() {
        try {
            return database
                    .withoutTenant()
                    .sql(Statements.text("list-workspaces-with-due-timers"))
                    .query((row, number) -> new WorkspaceId(row.getString("tenant_id"), row.getString("workspace_id")))
                    .list()
                    .stream()
                    .flatMap(workspace -> claim(workspace).stream())
                    .toList();
        } catch (DataAccessException | TransactionException away) {
            LOG.debug("No timer ends while the database does not answer", away);
            return List.of();
        }
    }

    private List<Due> claim(WorkspaceId workspace) {
        return database.write(
                workspace.tenant(),
                client -> client
                        .sql(Statements.text("claim-timers"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("rows", CLAIMED_AT_ONCE)
                        .query((row, number) -> new Claimed(
                                row.getString("automation"),
                                row.getObject("deal_id", UUID.class),
                                row.getString("timer"),
                                instant(row, "begun_at"),
                                instant(row, "set_for"),
                                row.getInt("tries")))
                        .list()
                        .stream()
                        .flatMap(claimed -> due(client, workspace, claimed).stream())
                        .toList());
    }

    private record Claimed(String automation, UUID deal, String timer, Instant begunAt, Instant setFor, int tries) {}

    private static Optional<Due> due(JdbcClient client, WorkspaceId workspace, Claimed claimed) {
        Optional<Map<String, @Nullable Object>> facts = DealFacts.read(client, workspace, claimed.deal());
        Map<String, @Nullable Object> data = new LinkedHashMap<>(facts.orElse(Map.of()));
        Instant engaged = DealFacts.moment(data, "last_engagement_at");
        data.put("timer", claimed.timer());
        data.put("begun_at", Times.text(claimed.begunAt()));
        data.put("engaged_since", engaged != null && engaged.isAfter(claimed.begunAt()));
        Occasion occasion = new Occasion(
                workspace,
                claimed.deal(),
                "timer",
                claimed.timer() + " " + Times.text(claimed.setFor()),
                claimed.setFor(),
                data);
        Due due = new Due(claimed.automation(), claimed.timer(), claimed.setFor(), occasion);
        if (facts.isEmpty() || claimed.tries() > MOST_TRIES) {
            delete(client, due);
            return Optional.empty();
        }
        return Optional.of(due);
    }

    /** Its automation went through with it: it ends, unless it was set anew meanwhile. */
    public void done(Due due) {
        database.write(due.occasion().workspace().tenant(), client -> delete(client, due));
    }

    private static int delete(JdbcClient client, Due due) {
        return client.sql(Statements.text("delete-timer"))
                .params(of(due.occasion(), due.automation()))
                .param("timer", due.timer())
                .param("set_for", Timestamp.from(due.setFor()))
                .update();
    }

    /** Its automation failed: it is tried again after a while that grows. */
    public void failed(Due due, @Nullable Throwable failure) {
        LOG.warn(
                "The timer {} of the automation {} is tried again later: {}",
                due.timer(),
                due.automation(),
                String.valueOf(failure));
    }

    private static Map<String, Object> of(Occasion occasion, String automation) {
        return Map.of(
                "tenant", occasion.workspace().tenant(),
                "workspace", occasion.workspace().workspace(),
                "automation", automation,
                "deal_id", occasion.deal());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
