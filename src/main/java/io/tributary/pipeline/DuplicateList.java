package io.tributary.pipeline;

import io.tributary.answer.Answer;
import io.tributary.deal.Deal;
import io.tributary.deal.DealView;
import io.tributary.http.Call;
import io.tributary.ingest.KnownReader;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deals that may be one, for review, and the merges that were made of them. */
public final class DuplicateList {
    private static final List<String> STATES = List.of("open", "dismissed", "merged");

    private final TenantDatabase database;

    public DuplicateList(TenantDatabase database) {
        this.database = database;
    }

    /** A page of pairs, newest first; open ones unless another state is asked for. */
    public Answer pairs(Call call) {
        String state = Objects.requireNonNullElse(Filters.oneOf(call, "state", STATES), "open");
        return database.read(call.workspace().tenant(), client -> {
            List<Row> rows = client
                    .sql(Statements.text("list-duplicates"))
                    .param("tenant", call.workspace().tenant())
                    .param("workspace", call.workspace().workspace())
                    .param("state", state)
                    .param("before", Cursor.id(call))
                    .param("rows", call.limit() + 1)
                    .query()
                    .listOfRows()
                    .stream()
                    .map(Row::new)
                    .toList();
            boolean more = rows.size() > call.limit();
            List<Row> shown = more ? rows.subList(0, call.limit()) : rows;
            Map<UUID, Deal> deals = deals(client, call, shown);
            return Answer.list(
                    shown.stream().map(row -> view(call, row, deals)).toList(),
                    more ? Cursor.of(shown.get(shown.size() - 1).id("pair_id")) : null);
        });
    }

    private static Map<UUID, Deal> deals(JdbcClient client, Call call, List<Row> pairs) {
        Set<UUID> ids = new LinkedHashSet<>();
        pairs.forEach(pair -> ids.addAll(List.of(pair.id("first_deal"), pair.id("second_deal"))));
        Map<UUID, Deal> deals = new HashMap<>();
        client.sql(Statements.text("read-deals"))
                .param("tenant", call.workspace().tenant())
                .param("workspace", call.workspace().workspace())
                .param("deal_ids", ids.toArray(UUID[]::new))
                .query()
                .listOfRows()
                .forEach(row -> {
                    Deal deal = KnownReader.deal(row);
                    deals.put(deal.id(), deal);
                });
        return deals;
    }

    private static Map<String, @Nullable Object> view(Call call, Row row, Map<UUID, Deal> deals) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.text("pair_id"));
        view.put(
                "deals",
                List.of(deal(call, row, deals, row.id("first_deal")), deal(call, row, deals, row.id("second_deal"))));
        view.put("score", row.columns().get("score"));
        view.put("why", row.text("why"));
        view.put("state", row.text("state"));
        view.put("merge_id", row.text("merge_id"));
        view.put("created_at", row.time("created_at"));
        view.put("decided_at", row.time("decided_at"));
        view.put("actor", row.text("actor"));
        return view;
    }

    /** A deal as it is now; of one that was merged away, what it was called. */
    private static Map<String, @Nullable Object> deal(Call call, Row row, Map<UUID, Deal> deals, UUID id) {
        Deal deal = deals.get(id);
        if (deal != null) {
            return DealView.of(deal, call.workspace().tenant(), call.workspace().workspace());
        }
        Map<String, @Nullable Object> gone = new LinkedHashMap<>();
        gone.put("id", id.toString());
        gone.put("name", row.text("merged_name"));
        gone.put("company", row.text("merged_company"));
        return gone;
    }

    /** A page of merges, newest first. */
    public Answer merges(Call call) {
        return new Page(call, "list-merges")
                .where("before", Cursor.id(call))
                .read(database, DuplicateList::merge, row -> Cursor.of(row.id("merge_id")));
    }

    private static Map<String, @Nullable Object> merge(Row row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.text("merge_id"));
        view.put("duplicate_id", row.text("pair_id"));
        view.put("state", row.text("state"));
        view.put("kept", named(row, "kept"));
        view.put("merged", named(row, "merged"));
        view.put("actor", row.text("actor"));
        view.put("created_at", row.time("created_at"));
        view.put("undone_by", row.text("undone_by"));
        view.put("undone_at", row.time("undone_at"));
        return view;
    }

    private static Map<String, @Nullable Object> named(Row row, String side) {
        Map<String, @Nullable Object> deal = new LinkedHashMap<>();
        deal.put("id", row.text(side + "_deal"));
        deal.put("name", row.text(side + "_name"));
        deal.put("company", row.text(side + "_company"));
        return deal;
    }

    /** The open pairs of one deal, the likeliest first. */
    static List<Map<String, @Nullable Object>> of(JdbcClient client, String tenant, UUID deal) {
        return client
                .sql(Statements.text("list-deal-duplicates"))
                .param("tenant", tenant)
                .param("deal_id", deal)
                .query()
                .listOfRows()
                .stream()
                .map(Row::new)
                .map(row -> {
                    Map<String, @Nullable Object> view = new LinkedHashMap<>();
                    view.put("id", row.text("pair_id"));
                    view.put("deal_id", row.text("other_deal"));
                    view.put("score", row.columns().get("score"));
                    view.put("why", row.text("why"));
                    return view;
                })
                .toList();
    }
}
