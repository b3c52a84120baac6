package io.tributary.salesforce;

import io.tributary.command.ArchiveDeal;
import io.tributary.command.ClearFields;
import io.tributary.connection.Connection;
import io.tributary.deal.DealField;
import io.tributary.salesforce.ChangeStream.Delivered;
import io.tributary.salesforce.Changes.Change;
import io.tributary.salesforce.KnownDeals.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Some time of listening to a stream, event by event committed together with the replay id after them. */
public final class StreamTurn extends Turn {
    /** So long at a time, so that a connection that is stopped does not have to be waited for. */
    private static final Duration LASTS = Duration.ofSeconds(3);

    private final OpenStream open;
    private final long began = System.nanoTime();
    private Delivered delivered = Delivered.NOTHING;
    private Changes changes = new Changes(List.of());
    private Map<String, Map<String, @Nullable Object>> read = Map.of();
    private @Nullable Instant lostSince;
    private boolean more = true;

    StreamTurn(Connection connection, OpenStream open) {
        super(connection, SENDER);
        this.open = open;
    }

    OpenStream open() {
        return open;
    }

    /** Whether it is to be listened on. */
    public boolean isMore() {
        return more && !open.isEnded() && System.nanoTime() - began < LASTS.toNanos();
    }

    /** Whether something came that is to be committed. */
    public boolean isNews() {
        return delivered.replay() != null || !delivered.events().isEmpty() || lostSince != null;
    }

    /**
     * Begins with what came.
     *
     * @param lostSince since when everything has to be read anew besides; null for nothing
     */
    void came(Delivered what, Changes folded, @Nullable Instant lostSince) {
        this.delivered = what;
        this.changes = folded;
        this.lostSince = lostSince;
        this.more = !what.events().isEmpty();
        this.read = Map.of();
        opportunities().clear();
        orders().clear();
    }

    void listensOn() {
        more = true;
    }

    Changes changes() {
        return changes;
    }

    /** Gives the records that were read whole, by id. */
    void read(Map<String, Map<String, @Nullable Object>> records) {
        this.read = records;
    }

    /** Sees, in the transaction, which deals the changes are of: an event of a change says no more than what changed. */
    @Override
    void claim(JdbcClient client) {
        opportunities().clear();
        orders().clear();
        Map<String, Known> known = KnownDeals.of(client, connection(), changes.ids());
        for (Change change : changes.all()) {
            Known deal = known.get(change.id());
            Map<String, @Nullable Object> record = read.get(change.id());
            if (record != null) {
                SalesforcePoll.take(this, record, deal);
            } else if (change.type() == ChangeEvent.Type.DELETE || change.isGone()) {
                if (deal != null) {
                    orders().add(new ArchiveDeal(deal.id(), change.at(), "It was deleted in Salesforce", false));
                }
            } else if (deal != null || change.fields().containsKey("Name")) {
                take(change, deal);
            }
        }
    }

    private void take(Change change, @Nullable Known deal) {
        Instant at = change.at();
        Map<String, @Nullable Object> record = new LinkedHashMap<>(change.fields());
        record.put("Id", change.id());
        if (deal != null) {
            record.putIfAbsent("Name", deal.name());
        }
        Instant modified = SalesforcePoll.moment(record.get("LastModifiedDate"));
        record.putIfAbsent("LastModifiedDate", at.toString());
        opportunities().add(record);
        Set<DealField> empty = EnumSet.noneOf(DealField.class);
        change.nulled().forEach(name -> {
            DealField field = SalesforcePoll.CLEARED.get(name);
            if (field != null) {
                empty.add(field);
            }
        });
        if (deal != null && !empty.isEmpty()) {
            orders().add(new ClearFields(deal.id(), empty, modified == null ? at : modified));
        }
    }

    /** Keeps the replay id, and what is to be read anew, in the transaction that has taken the events. */
    @Override
    void note(JdbcClient client) {
        if (lostSince != null) {
            named(client, "ask-salesforce-reread", connection())
                    .param("since", lostSince.toString())
                    .update();
        }
        Instant last = changes.last();
        named(client, "move-salesforce-stream", connection())
                .param("holder", open.holder())
                .param("replay", open.isKept() ? delivered.replay() : null)
                .param("known_at", last == null || !open.isKept() ? null : last.toString())
                .param("taken", changes.all().size())
                .update();
    }
}
