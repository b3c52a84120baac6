package io.tributary.pipeline;

import io.tributary.json.Json;
import io.tributary.sql.Statements;
import io.tributary.tenant.TenantSettings;
import io.tributary.tenant.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the values of a workspace's deals into a tenant's new currency or to its new rates, and counts anew. A batch
 * that was under way meanwhile keeps the rates it began with, in its deals and in the counters alike, so that the two
 * always agree; running this again after the commit catches up with such deals.
 */
public final class BaseValues {
    private static final List<String> COUNTERS =
            List.of("stage_counter", "unconverted_counter", "value_histogram", "deal_tally");
    private static final List<String> RECOUNTS =
            List.of("recount-stages", "recount-unconverted", "recount-values", "recount-tallies");

    private BaseValues() {}

    /** Converts and counts within the transaction of {@code client}. */
    public static void convert(JdbcClient client, WorkspaceId workspace, TenantSettings settings) {
        sql(client, "lock-deals", workspace).query(Long.class).single();
        convertDeals(client, workspace, settings);
        recount(client, workspace, settings);
    }

    /**
     * Converts the deals that a batch left by older rates.
     *
     * @return whether there were any
     */
    public static boolean catchUp(JdbcClient client, WorkspaceId workspace, TenantSettings settings) {
        if (convertDeals(client, workspace, settings) == 0) {
            return false;
        }
        recount(client, workspace, settings);
        return true;
    }

    private static void recount(JdbcClient client, WorkspaceId workspace, TenantSettings settings) {
        // Every writer takes its deals before the ledger, so this takes them in that order too.
        sql(client, "lock-ledger", workspace).query(Long.class).optional();
        // What came in while the deals were being converted; what a batch still holds, it will count itself.
        convertDeals(client, workspace, settings);
        for (String table : COUNTERS) {
            client.sql("delete from " + table + " where tenant_id = :tenant and workspace_id = :workspace")
                    .param("tenant", workspace.tenant())
                    .param("workspace", workspace.workspace())
                    .update();
        }
        for (String statement : RECOUNTS) {
            sql(client, statement, workspace).update();
        }
    }

    private static int convertDeals(JdbcClient client, WorkspaceId workspace, TenantSettings settings) {
        Map<String, String> rates = new LinkedHashMap<>();
        settings.exchangeRates().forEach((currency, rate) -> rates.put(currency, rate.toPlainString()));
        return sql(client, "convert-deals", workspace)
                .param("currency", settings.currency())
                .param("rates", Json.write(rates))
                .update();
    }

    private static JdbcClient.StatementSpec sql(JdbcClient client, String statement, WorkspaceId workspace) {
        return client.sql(Statements.text(statement))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace());
    }
}
