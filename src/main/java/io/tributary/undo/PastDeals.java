package io.tributary.undo;

import io.tributary.deal.Deal;
import io.tributary.deal.Stage;
import io.tributary.ingest.KnownReader;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Decided deals as they were some time before they were decided, from what history keeps of them. */
public final class PastDeals {
    private static final int MOST = 5000;
    private static final int AT_ONCE = 500;

    private final TenantDatabase database;

    public PastDeals(TenantDatabase database) {
        this.database = database;
    }

    /**
     * A deal as it was.
     *
     * @param at when it was so
     * @param won how it was decided later
     */
    public record PastDeal(Deal deal, Instant at, boolean won) {}

    /** Of the latest deals that were decided here, those that were there and undecided that long before. */
    public List<PastDeal> before(WorkspaceId workspace, Duration before) {
        List<PastDeal> past = new ArrayList<>();
        List<Deal> decided = database.read(
                workspace.tenant(),
                client -> client
                        .sql(Statements.text("list-decided-deals"))
                        .param("tenant", workspace.tenant())
                        .param("workspace", workspace.workspace())
                        .param("rows", MOST)
                        .query()
                        .listOfRows()
                        .stream()
                        .map(KnownReader::deal)
                        .toList());
        for (int from = 0; from < decided.size(); from += AT_ONCE) {
            List<Deal> some = decided.subList(from, Math.min(decided.size(), from + AT_ONCE));
            Map<UUID, List<PastChange>> histories =
                    database.read(workspace.tenant(), client -> histories(client, workspace, some));
            for (Deal deal : some) {
                Instant at = deal.stageEnteredAt.minus(before);
                if (!deal.origin().at().isAfter(at)) {
                    Deal then = rewind(deal, histories.getOrDefault(deal.id(), List.of()), at);
                    if (!then.stage().closed()) {
                        past.add(new PastDeal(then, at, deal.stage() == Stage.CLOSED_WON));
                    }
                }
            }
        }
        return past;
    }

    private static Map<UUID, List<PastChange>> histories(JdbcClient client, WorkspaceId workspace, List<Deal> deals) {
        return client
                .sql(Statements.text("read-history-since"))
                .param("tenant", workspace.tenant())
                .param("subjects", deals.stream().map(Deal::id).toArray(UUID[]::new))
                .param("record_number", 0L)
                .query(PastChange::of)
                .list()
                .stream()
                .collect(Collectors.groupingBy(PastChange::subject));
    }

    /** Puts back what every later change replaced, the latest first. */
    private static Deal rewind(Deal now, List<PastChange> changes, Instant at) {
        Deal deal = now.copy();
        for (int i = changes.size() - 1; i >= 0; i--) {
            PastChange change = changes.get(i);
            if (change.at().isAfter(at)) {
                change.replaced().forEach((field, value) -> putBack(deal, field, value));
            }
        }
        return deal;
    }

    private static void putBack(Deal deal, String field, @Nullable Object value) {
        if (field.equals("source_metadata")) {
            Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, entry) -> metadata.put(String.valueOf(key), entry));
            }
            deal.setMetadata(metadata);
        } else {
            FieldValue.put(deal, field, value, new LinkedHashMap<>());
        }
    }
}
