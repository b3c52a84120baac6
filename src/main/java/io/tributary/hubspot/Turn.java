package io.tributary.hubspot;

import io.tributary.command.ClearFields;
import io.tributary.connection.Connection;
import io.tributary.deal.DealField;
import io.tributary.ingest.Batch;
import io.tributary.ingest.Command;
import io.tributary.ingest.Entry;
import io.tributary.ingest.Mappings;
import io.tributary.ingest.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was read from HubSpot in one go, to be committed together with the note that it was. */
public abstract class Turn {
    static final Sender SENDER = new Sender("hubspot", "", false);

    private final Connection connection;
    private final List<Map<String, @Nullable Object>> records = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();

    Turn(Connection connection) {
        this.connection = connection;
    }

    /** Whose calls are counted together, where HubSpot limits them. */
    public String getAccount() {
        return connection.id().toString();
    }

    Connection connection() {
        return connection;
    }

    List<Map<String, @Nullable Object>> deals() {
        return records;
    }

    List<Command> orders() {
        return commands;
    }

    /** Takes a deal as HubSpot has it, what is empty there included. */
    void take(Map<String, @Nullable Object> deal, @Nullable UUID known) {
        records.add(deal);
        Set<DealField> emptied = HubSpotRecords.emptied(deal);
        if (known != null && !emptied.isEmpty()) {
            commands.add(new ClearFields(known, emptied, HubSpotRecords.modified(deal)));
        }
    }

    /** The deals as a batch for the funnel; null when there are none. */
    @Nullable
    Batch records(Mappings mappings) {
        if (records.isEmpty()) {
            return null;
        }
        List<Entry> entries = new ArrayList<>();
        for (Map<String, @Nullable Object> record : records) {
            entries.add(new Entry(entries.size() + 1, record, SENDER, true, null));
        }
        return new Batch(
                connection.workspace(),
                HubSpotKind.NAME,
                mappings.reader(HubSpotKind.NAME),
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
                        HubSpotKind.NAME,
                        commands.stream()
                                .map(command -> Entry.of(command, SENDER, null))
                                .toList());
    }

    /** Notes, in the transaction that takes the deals, that they are taken. */
    abstract void note(JdbcClient client);
}
