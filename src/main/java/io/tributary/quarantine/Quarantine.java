package io.tributary.quarantine;

import io.tributary.pipeline.Row;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;

/** The records in quarantine as the database keeps them. */
final class Quarantine {
    private static final int PAGE = 500;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final TenantDatabase database;

    Quarantine(TenantDatabase database) {
        this.database = database;
    }

    Optional<Quarantined> find(WorkspaceId workspace, UUID id) {
        return row(workspace, id).map(Quarantined::of);
    }

    Optional<Row> row(WorkspaceId workspace, UUID id) {
        return database.read(
                workspace.tenant(),
                client -> client
                        .sql(Statements.text("read-rejected"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("rejected_id", id)
                        .query()
                        .listOfRows()
                        .stream()
                        .findFirst()
                        .map(Row::new));
    }

    /** Every record that {@code filter} lets through and that is there now, the oldest first, read page by page. */
    Iterator<Quarantined> scan(WorkspaceId workspace, RejectedFilter filter) {
        UUID last = database.read(
                workspace.tenant(),
                client -> client.sql(Statements.text("read-last-rejected"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .query(UUID.class)
                        .optional()
                        .orElse(BEFORE_ALL));
        return new Iterator<>() {
            private final Deque<Quarantined> page = new ArrayDeque<>();
            private UUID after = BEFORE_ALL;
            private boolean ended;

            @Override
            public boolean hasNext() {
                if (page.isEmpty() && !ended) {
                    List<Quarantined> more = page(workspace, filter, after, last);
                    ended = more.size() < PAGE;
                    page.addAll(more);
                }
                return !page.isEmpty();
            }

            @Override
            public Quarantined next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Quarantined record = page.removeFirst();
                after = record.id();
                return record;
            }
        };
    }

    private List<Quarantined> page(WorkspaceId workspace, RejectedFilter filter, UUID after, UUID last) {
        return database.read(
                workspace.tenant(),
                client -> client
                        .sql(Statements.text("scan-rejected"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("after", after)
                        .param("last", last)
                        .param("rows", PAGE)
                        .params(filter.parameters())
                        .query()
                        .listOfRows()
                        .stream()
                        .map(Row::new)
                        .map(Quarantined::of)
                        .toList());
    }
}
