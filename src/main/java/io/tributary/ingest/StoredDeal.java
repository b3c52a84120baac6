package io.tributary.ingest;

import io.tributary.answer.ApiException;
import io.tributary.deal.Deal;
import io.tributary.sql.Statements;
import io.tributary.tenant.WorkspaceId;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A deal of a workspace, as it is stored. */
public final class StoredDeal {
    private StoredDeal() {}

    /**
     * Reads a deal in the running transaction.
     *
     * @throws ApiException 404 when the workspace has no such deal
     */
    public static Deal of(JdbcClient client, WorkspaceId workspace, UUID id) {
        return client
                .sql(Statements.text("read-deal"))
                .param("tenant", workspace.tenant())
                .param("workspace", workspace.workspace())
                .param("deal_id", id)
                .query()
                .listOfRows()
                .stream()
                .findFirst()
                .map(KnownReader::deal)
                .orElseThrow(ApiException::notFound);
    }
}
