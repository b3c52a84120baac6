package io.tributary.insight;

import io.tributary.deal.Deal;
import io.tributary.ingest.KnownReader;
import io.tributary.json.Json;
import io.tributary.norms.DealHealth;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The insights of stored deals: what a chat model wrote on the facts that hold now, else what the built-in analyst says of
 * them. So every deal has three at any time, a million imported ones as well, and none has to be made in advance.
 */
public final class InsightDesk {
    /** As time passes what a model said of "14 days" becomes wrong, though nothing else has changed. */
    private static final String FRESH = "3 days";

    private final TenantDatabase database;
    private final DealHealth healths;

    public InsightDesk(TenantDatabase database, DealHealth healths) {
        this.database = database;
        this.healths = healths;
    }

    /** What is known of a deal, and the insights on it. */
    record Known(
            InsightFacts facts,
            List<Insight> insights,
            @Nullable Instant asked) {}

    /** The insights on one deal that was read in the running transaction. */
    public List<Insight> of(JdbcClient client, WorkspaceId workspace, Deal deal) {
        return known(client, workspace, List.of(deal)).get(0).insights();
    }

    /** The insights on those of the deals that are there, none of them spam, by the deal's id. */
    public Map<UUID, List<Insight>> of(WorkspaceId workspace, List<UUID> deals) {
        Map<UUID, List<Insight>> insights = new LinkedHashMap<>();
        known(workspace, deals)
                .forEach(known -> insights.put(known.facts().deal().id(), known.insights()));
        return insights;
    }

    /** What is known of those of the deals that are there and none of them spam. */
    List<Known> known(WorkspaceId workspace, List<UUID> deals) {
        return database.read(workspace.tenant(), client -> {
            List<Deal> read = client
                    .sql(Statements.text("read-deals"))
                    .param("tenant", workspace.tenant())
                    .param("workspace", workspace.workspace())
                    .param("deal_ids", deals.toArray(UUID[]::new))
                    .query()
                    .listOfRows()
                    .stream()
                    .map(KnownReader::deal)
                    .filter(deal -> !deal.spam)
                    .toList();
            return known(client, workspace, read);
        });
    }

    private List<Known> known(JdbcClient client, WorkspaceId workspace, List<Deal> deals) {
        List<UUID> ids = deals.stream().map(Deal::id).toList();
        Surroundings surroundings = Surroundings.of(client, workspace, ids);
        Map<UUID, Written> written = written(client, workspace, ids);
        Instant now = Instant.now();
        List<Known> known = new ArrayList<>(deals.size());
        for (Deal deal : deals) {
            InsightFacts facts = new InsightFacts(deal, healths.of(workspace, deal), surroundings.market(deal), now);
            Written holding = holding(written.get(deal.id()), facts);
            known.add(new Known(
                    facts,
                    holding == null || holding.items().isEmpty() ? RuleAnalyst.analyse(facts) : holding.items(),
                    holding == null ? null : holding.at()));
        }
        return known;
    }

    private static @Nullable Written holding(@Nullable Written written, InsightFacts facts) {
        return written != null && Arrays.equals(written.factsHash(), facts.hash()) ? written : null;
    }

    /** What a model wrote on a deal, nothing where that was refused. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Written(byte[] factsHash, List<Insight> items, Instant at) {}

    private static Map<UUID, Written> written(JdbcClient client, WorkspaceId workspace, List<UUID> deals) {
        Map<UUID, Written> written = new HashMap<>();
        client.sql(Statements.text("find-insights"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("deal_ids", deals.toArray(UUID[]::new))
                .param("fresh", FRESH)
                .query(row -> {
                    written.put(
                            row.getObject("deal_id", UUID.class),
                            new Written(
                                    row.getBytes("facts_hash"),
                                    ModelAnswer.stored(
                                            Json.readStored(row.getString("items")),
                                            row.getString("model"),
                                            row.getString("prompt_version")),
                                    row.getTimestamp("made_at").toInstant()));
                });
        return written;
    }
}
