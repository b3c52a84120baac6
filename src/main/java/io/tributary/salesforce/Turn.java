package io.tributary.salesforce;

import io.tributary.connection.Connection;
import io.tributary.ingest.Batch;
import io.tributary.ingest.Command;
import io.tributary.ingest.Entry;
import io.tributary.ingest.Mappings;
import io.tributary.ingest.Sender;
import io.tributary.sql.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** What came from an organisation in one go, to be committed together with the note that it did. */
public abstract class Turn {
    static final Sender SENDER = new Sender("salesforce", "", false);

    private final Connection connection;
    private final Sender sender;
    private final List<Map<String, @Nullable Object>> opportunities = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();

    Turn(Connection connection, Sender sender) {
        this.connection = connection;
        this.sender = sender;
    }

    Connection connection() {
        return connection;
    }

    List<Map<String, @Nullable Object>> opportunities() {
        return opportunities;
    }

    List<Command> orders() {
        return commands;
    }

    /** The Opportunities as a batch for the funnel; null when there are none. */
    @Nullable
    Batch records(Mappings mappings) {
        if (opportunities.isEmpty()) {
            return null;
        }
        List<Entry> entries = new ArrayList<>();
        for (Map<String, @Nullable Object> record : opportunities) {
            entries.add(new Entry(entries.size() + 1, record, sender, true, null));
        }
        return new Batch(
                connection.workspace(),
                SalesforceKind.NAME,
                mappings.reader(SalesforceKind.NAME),
                null,
                connection.name(),
                false,
                entries);
    }

    /** What is to be done besides, as a batch for the funnel; null when there is nothing. */
    @Nullable
    Batch commands() {
        return commands.isEmpty()
                ? null
                : Batch.ofCommands(
                        connection.workspace(),
                        SalesforceKind.NAME,
                        commands.stream()
                                .map(command -> Entry.of(command, sender, null))
                                .toList());
    }

    /** Begins, in the transaction that takes the records, by leaving out what was taken before. */
    void claim(JdbcClient client) {}

    /** Notes, in the transaction that takes the records, that they are taken. */
    void note(JdbcClient client) {}

    /** {@code statement} for the connection. */
    static StatementSpec named(JdbcClient client, String statement, Connection connection) {
        return client.sql(Statements.text(statement))
                .params(Map.of(
                        "tenant", connection.workspace().tenant(),
                        "workspace", connection.workspace().workspace(),
                        "connection", connection.name()));
    }
}
