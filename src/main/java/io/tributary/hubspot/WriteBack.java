package io.tributary.hubspot;

import io.tributary.connection.Connection;
import io.tributary.connection.Connections;
import io.tributary.event.Event;
import io.tributary.insight.Insight;
import io.tributary.insight.InsightDesk;
import io.tributary.tenant.TenantDatabase;
import io.tributary.tenant.WorkspaceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes scores back into deals of HubSpot. What HubSpot then tells of the change changes nothing here, since none of
 * these properties feeds a field, so no new score follows and nothing goes round.
 */
public final class WriteBack {
    private final Connections connections;
    private final TenantDatabase database;
    private final HubSpotApi api;
    private final InsightDesk insights;

    WriteBack(Connections connections, TenantDatabase database, HubSpotApi api, InsightDesk insights) {
        this.connections = connections;
        this.database = database;
        this.api = api;
        this.insights = insights;
    }

    /** Tells HubSpot the scores that {@code events} tell of; of several for one deal the newest. */
    public void write(String tenant, String workspace, String name, List<Event> events) throws HubSpotException {
        Connection connection = connections.find(tenant, workspace, name).orElse(null);
        List<String> names = connection == null
                ? List.of()
                : HubSpotKind.names(connection.find("write_back").orElse(""));
        if (connection == null || names.isEmpty()) {
            return;
        }
        List<UUID> deals = events.stream()
                .map(Event::subject)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<UUID, String> actions = names.size() > 2 ? actions(new WorkspaceId(tenant, workspace), deals) : Map.of();
        List<Map.Entry<String, Map<String, String>>> updates = new ArrayList<>();
        database.read(tenant, client -> {
            HubSpotTasks.named(client, "find-scores-by-deal", connection)
                    .param("system", HubSpotKind.NAME)
                    .param("deals", deals.toArray(UUID[]::new))
                    .query(row -> {
                        updates.add(Map.entry(
                                row.getString("external_id"),
                                properties(
                                        names,
                                        row.getString("health_score"),
                                        row.getString("risk_level"),
                                        actions.get(row.getObject("deal_id", UUID.class)))));
                    });
            return updates;
        });
        for (int from = 0; from < updates.size(); from += HubSpotApi.BATCH) {
            Map<String, Map<String, String>> batch = new LinkedHashMap<>();
            updates.subList(from, Math.min(updates.size(), from + HubSpotApi.BATCH))
                    .forEach(update -> batch.put(update.getKey(), update.getValue()));
            api.update(connection, batch);
        }
    }

    /** What to do next with each of the deals. */
    private Map<UUID, String> actions(WorkspaceId workspace, List<UUID> deals) {
        Map<UUID, String> actions = new LinkedHashMap<>();
        insights.of(workspace, deals)
                .forEach((deal, items) -> items.stream()
                        .filter(item -> item.kind() == Insight.Kind.ACTION)
                        .forEach(item -> actions.put(deal, item.title())));
        return actions;
    }

    private static Map<String, String> properties(
            List<String> names, String score, String risk, @Nullable String action) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(names.get(0), score);
        if (names.size() > 1) {
            properties.put(names.get(1), risk);
        }
        if (names.size() > 2) {
            properties.put(names.get(2), action == null ? "" : action);
        }
        return properties;
    }
}
