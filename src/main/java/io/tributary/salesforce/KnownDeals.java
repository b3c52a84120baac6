package io.tributary.salesforce;

import io.tributary.connection.Connection;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is known of the deals that an organisation's records lead to. */
final class KnownDeals {
    private KnownDeals() {}

    /** @param archivedAt since when it is out of the pipeline; null when it is not */
    record Known(UUID id, String name, @Nullable Instant archivedAt) {}

    /** Those of {@code ids} that lead to a deal. */
    static Map<String, Known> of(JdbcClient client, Connection connection, Collection<String> ids) {
        Map<String, Known> known = new HashMap<>();
        Turn.named(client, "find-deals-with-names", connection)
                .param("system", SalesforceKind.NAME)
                .param("ids", ids.toArray(String[]::new))
                .query(row -> {
                    Timestamp archived = row.getTimestamp("archived_at");
                    known.put(
                            row.getString("external_id"),
                            new Known(
                                    row.getObject("deal_id", UUID.class),
                                    row.getString("name"),
                                    archived == null ? null : archived.toInstant()));
                });
        return known;
    }
}
