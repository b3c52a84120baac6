package io.tributary.ingest;

import io.tributary.sql.StatementGroup;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * The statements of a small batch whose results are not needed at once: they are gathered, and sent together when a route
 * says so. A large batch sends each by itself, since the database is at work with one while the next is written out.
 */
public final class GatheredStatements {
    private final DataSource database;

    public GatheredStatements(DataSource database) {
        this.database = database;
    }

    /** Adds {@code statement} to those that the batch will send together, if the batch needs it. */
    public void add(String statement, Batch batch) {
        if (FunnelStatements.isNeeded(statement, batch)) {
            batch.gathered().add(statement, FunnelStatements.parameters(statement, batch));
        }
    }

    /** Sends what is gathered, in the transaction of whoever calls, and takes in what each statement came to. */
    public void send(Batch batch) throws SQLException {
        StatementGroup gathered = batch.gathered();
        if (gathered.isEmpty()) {
            return;
        }
        batch.gatherAnew();
        Connection connection = DataSourceUtils.getConnection(database);
        try {
            gathered.run(connection).forEach((statement, rows) -> FunnelStatements.receive(statement, batch, rows));
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }
}
