package io.tributary.tenant;

import io.tributary.sql.Statements;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions that see one tenant's rows alone. */
public final class TenantDatabase {
    private final JdbcClient client;
    private final TransactionTemplate reading;
    private final TransactionTemplate writing;

    public TenantDatabase(DataSource dataSource, PlatformTransactionManager transactions) {
        this.client = JdbcClient.create(dataSource);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.writing = new TransactionTemplate(transactions);
    }

    /** Runs {@code work} in a read-only transaction of the tenant. */
    public <T> T read(String tenant, Function<JdbcClient, T> work) {
        return run(reading, tenant, work);
    }

    /** Runs {@code work} in a transaction of the tenant, committed when it returns. */
    public <T> T write(String tenant, Function<JdbcClient, T> work) {
        return run(writing, tenant, work);
    }

    /**
     * Runs {@code work} in a transaction of the tenant whose commit does not wait for the disk. When the machine fails within
     * a moment of it, it may never have been: for what is done again then, and has told nobody yet.
     */
    public <T> T writeRepeatable(String tenant, Function<JdbcClient, T> work) {
        return write(tenant, client -> {
            client.sql(Statements.text("commit-without-waiting"))
                    .query(String.class)
                    .single();
            return work.apply(client);
        });
    }

    /** Asks the one thing that can be asked without a tenant: which tenant's key has this hash. */
    public JdbcClient withoutTenant() {
        return client;
    }

    /** Takes part in the transaction that runs in this thread already and has named its tenant. */
    public JdbcClient joined() {
        return client;
    }

    private <T> T run(TransactionTemplate transaction, String tenant, Function<JdbcClient, T> work) {
        // A lambda that returns null would make the template's result null; none of ours does.
        return java.util.Objects.requireNonNull(transaction.execute(status -> {
            client.sql(Statements.text("enter-tenant"))
                    .param("tenant", tenant)
                    .query(String.class)
                    .single();
            return work.apply(client);
        }));
    }
}
