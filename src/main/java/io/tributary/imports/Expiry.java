package io.tributary.imports;

import io.tributary.sql.Statements;
import io.tributary.tenant.TenantDatabase;

/** Clears away remembered answers that nobody can ask for any more, and closes calls that no hub works on. */
public final class Expiry {
    private static final int AT_ONCE = 5_000;

    /** Batches in one go; the rest waits for the next. */
    private static final int MOST_BATCHES = 200;

    private final TenantDatabase database;

    public Expiry(TenantDatabase database) {
        this.database = database;
    }

    /** Clears away what is over, of every tenant, in transactions of a bounded size. */
    public void purge() {
        long cleared = AT_ONCE;
        for (int batch = 0; batch < MOST_BATCHES && cleared == AT_ONCE; batch++) {
            cleared = database.withoutTenant()
                    .sql(Statements.text("clear-expired-answers"))
                    .param("most", AT_ONCE)
                    .query(Long.class)
                    .single();
        }
        database.withoutTenant()
                .sql(Statements.text("close-abandoned-calls"))
                .param(
                        "why",
                        "The hub that worked on the call is gone; send it again, records already taken are known.")
                .query(Long.class)
                .single();
    }
}
