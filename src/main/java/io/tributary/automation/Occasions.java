package io.tributary.automation;

import io.tributary.event.Event;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.TenantSettingsStore;
import io.tributary.tenant.WorkspaceId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What automations may fire for: events of deals, and what the calendar brings. */
public final class Occasions {
    private static final int PAGE = 500;
    private static final LocalDate BEFORE_ALL = LocalDate.EPOCH.minusYears(2000);

    private final TenantDatabase database;
    private final TenantSettingsStore settings;

    public Occasions(TenantDatabase database, TenantSettingsStore settings) {
        this.database = database;
        this.settings = settings;
    }

    /** One for each event that is about a deal; the event's number in its workspace names the crossing. */
    public List<Occasion> of(List<Event> events) {
        return events.stream()
                .filter(event -> event.subject() != null)
                .map(event -> new Occasion(
                        event.workspace(),
                        Objects.requireNonNull(event.subject()),
                        event.type(),
                        Long.toString(event.sequence()),
                        event.at(),
                        event.dataObject()))
                .toList();
    }

    /**
     * One for each open deal, of every workspace, whose close date has passed where its tenant is. The date names the
     * crossing, so a deal whose date is moved may be overdue again. Read page by page while it is gone through.
     */
    public Iterator<Occasion> overdue() {
        return new Overdue(database.withoutTenant()
                .sql(Statements.text("list-every-workspace"))
                .query((row, number) -> new WorkspaceId(row.getString("tenant_id"), row.getString("workspace_id")))
                .list());
    }

    private List<Map<String, @Nullable Object>> page(WorkspaceId workspace, LocalDate after, UUID afterDeal) {
        LocalDate today = LocalDate.now(settings.of(workspace.tenant()).timeZone());
        return database.read(
                workspace.tenant(),
                client -> client
                        .sql(Statements.text("list-overdue-deals"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("today", today)
                        .param("date", after)
                        .param("deal_id", afterDeal)
                        .param("rows", PAGE)
                        .query()
                        .listOfRows()
                        .stream()
                        .map(DealFacts::of)
                        .toList());
    }

    private final class Overdue implements Iterator<Occasion> {
        private final Queue<WorkspaceId> workspaces;
        private final Queue<Occasion> read = new ArrayDeque<>();
        private LocalDate date = BEFORE_ALL;
        private UUID deal = new UUID(0, 0);

        Overdue(List<WorkspaceId> workspaces) {
            this.workspaces = new ArrayDeque<>(workspaces);
        }

        @Override
        public boolean hasNext() {
            while (read.isEmpty() && !workspaces.isEmpty()) {
                readOn(workspaces.element());
            }
            return !read.isEmpty();
        }

        @Override
        public Occasion next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return read.remove();
        }

        private void readOn(WorkspaceId workspace) {
            List<Map<String, @Nullable Object>> page = page(workspace, date, deal);
            for (Map<String, @Nullable Object> facts : page) {
                date = LocalDate.parse(String.valueOf(facts.get("expected_close_date")));
                deal = UUID.fromString(String.valueOf(facts.get("id")));
                read.add(new Occasion(workspace, deal, "overdue", "close date " + date, Instant.now(), facts));
            }
            if (page.size() < PAGE) {
                workspaces.remove();
                date = BEFORE_ALL;
                deal = new UUID(0, 0);
            }
        }
    }
}
