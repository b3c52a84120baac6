package io.tributary.ingest;

import io.tributary.deal.OrderedId;
import io.tributary.deal.Times;
import io.tributary.json.Json;
import io.tributary.mapping.HeaderPlan;
import io.tributary.sql.Statements;
import io.tributary.tenant.Keys;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a workspace has said about the columns of its files, by the set of their headers. */
public final class ColumnMemory {
    private final TenantDatabase database;

    public ColumnMemory(TenantDatabase database) {
        this.database = database;
    }

    /** What is remembered of files with these headers. */
    public record Remembered(
            UUID id,
            List<String> header,
            Map<String, @Nullable String> fields,
            Map<String, Map<String, String>> values,
            String actor,
            Instant createdAt,
            Instant usedAt) {

        /** As the API shows it. */
        public Map<String, @Nullable Object> view() {
            Map<String, @Nullable Object> view = new LinkedHashMap<>();
            view.put("id", id.toString());
            view.put("header", header);
            view.put("mapping", fields);
            view.put("values", values);
            view.put("actor", actor);
            view.put("created_at", Times.text(createdAt));
            view.put("used_at", Times.text(usedAt));
            return view;
        }
    }

    /** What is remembered of files with these headers, in whatever order. */
    public Optional<Remembered> find(WorkspaceId workspace, List<String> header) {
        return database.read(
                workspace.tenant(),
                client -> client.sql(Statements.text("find-column-mapping"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("header_key", key(header))
                        .query(ColumnMemory::remembered)
                        .optional());
    }

    /** Remembers what was told of a file, in place of what was told before. */
    public void remember(WorkspaceId workspace, List<String> header, FileOptions told, String actor) {
        database.write(
                workspace.tenant(),
                client -> client.sql(Statements.text("remember-column-mapping"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("mapping_id", OrderedId.next())
                        .param("header_key", key(header))
                        .param("header", Json.write(header))
                        .param("fields", Json.write(told.fields()))
                        .param("cell_values", Json.write(told.values()))
                        .param("actor", actor)
                        .update());
    }

    /** How many mappings a workspace remembers, the ones used last. */
    private static final int MOST = 200;

    /** All that is remembered, the newest first. */
    public List<Remembered> all(WorkspaceId workspace) {
        return database.read(
                workspace.tenant(),
                client -> client.sql(Statements.text("list-column-mappings"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("rows", MOST)
                        .query(ColumnMemory::remembered)
                        .list());
    }

    /** Forgets a mapping; false when there is none of this id. */
    public boolean forget(WorkspaceId workspace, UUID id) {
        return database.write(
                workspace.tenant(),
                client -> client.sql(Statements.text("delete-column-mapping"))
                                .param("tenant", workspace.tenant())
                                .param("workspace", workspace.workspace())
                                .param("mapping_id", id)
                                .update()
                        == 1);
    }

    /** Notes that what is remembered was gone by. */
    public void used(WorkspaceId workspace, UUID id) {
        database.write(
                workspace.tenant(),
                client -> client.sql(Statements.text("use-column-mapping"))
                        .param("tenant", workspace.tenant())
                        .param("mapping_id", id)
                        .update());
    }

    /** The same headers in another order are the same set. */
    private static byte[] key(List<String> header) {
        return Keys.hash(HeaderPlan.headerSet(header));
    }

    static Remembered remembered(ResultSet row, int number) throws SQLException {
        FileOptions told = FileOptions.ofStored(
                "{\"mapping\":" + row.getString("fields") + ",\"values\":" + row.getString("cell_values") + "}");
        List<String> header = ((List<?>) java.util.Objects.requireNonNull(Json.readStored(row.getString("header"))))
                .stream().map(String::valueOf).toList();
        return new Remembered(
                row.getObject("mapping_id", UUID.class),
                header,
                told.fields(),
                told.values(),
                row.getString("actor"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("used_at", OffsetDateTime.class).toInstant());
    }
}
