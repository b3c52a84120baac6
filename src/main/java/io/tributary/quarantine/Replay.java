package io.tributary.quarantine;

import io.tributary.ingest.Action;
import io.tributary.ingest.Batch;
import io.tributary.ingest.Corrected;
import io.tributary.ingest.Entry;
import io.tributary.ingest.IdempotencyClaim;
import io.tributary.ingest.ReplayReader;
import io.tributary.ingest.Sender;
import io.tributary.tenant.WorkspaceId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records from quarantine on their way through the funnel once more, batch by batch, with what came of them so far. */
public final class Replay {
    /** How many records are tried together. */
    static final int BATCH = 500;

    private static final int LISTED = 100;

    private final WorkspaceId workspace;
    private final Sender sender;
    private final boolean dryRun;
    private final @Nullable IdempotencyClaim claim;
    private final Map<String, @Nullable Object> corrections;
    private final Iterator<Quarantined> records;
    private final Function<Quarantined, ReplayReader> readers;
    private final boolean alone;
    private final EnumMap<Action, Long> counts = new EnumMap<>(Action.class);
    private final List<Map<String, @Nullable Object>> errors = new ArrayList<>();
    private final List<Map<String, @Nullable Object>> warnings = new ArrayList<>();
    private @Nullable Batch last;
    private @Nullable Quarantined next;
    private @Nullable String group;
    private @Nullable ReplayReader reader;

    /**
     * @param alone whether this is one record, answered as one deal taken
     * @param readers finds the reader of a record and its like
     */
    Replay(
            WorkspaceId workspace,
            Sender sender,
            boolean dryRun,
            @Nullable IdempotencyClaim claim,
            Map<String, @Nullable Object> corrections,
            boolean alone,
            Iterator<Quarantined> records,
            Function<Quarantined, ReplayReader> readers) {
        this.workspace = workspace;
        this.sender = sender;
        this.dryRun = dryRun;
        this.claim = claim;
        this.corrections = corrections;
        this.alone = alone;
        this.records = records;
        this.readers = readers;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    boolean isAlone() {
        return alone;
    }

    /** The records in batches of one source and import each, read from the quarantine as they are needed. */
    public Iterator<Batch> batches() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return next != null || records.hasNext();
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return takeBatch();
            }
        };
    }

    private Batch takeBatch() {
        Quarantined first = next == null ? records.next() : next;
        String like = Readers.group(first);
        ReplayReader current = reader;
        if (current == null || !like.equals(group)) {
            current = readers.apply(first);
            reader = current;
            group = like;
        }
        List<Entry> entries = new ArrayList<>();
        entries.add(entry(first));
        next = null;
        while (entries.size() < BATCH && records.hasNext()) {
            Quarantined following = records.next();
            if (!Readers.group(following).equals(like)) {
                next = following;
                break;
            }
            entries.add(entry(following));
        }
        return Batch.ofReplays(workspace, first.source(), current, first.importId(), alone, dryRun, entries);
    }

    private Entry entry(Quarantined record) {
        Corrected corrected = new Corrected(record.raw(), corrections, alone);
        return Entry.replay(record.id(), record.row(), corrected, corrections, sender, claim)
                .arriving(Objects.requireNonNull(reader).arrival(corrected));
    }

    /** Adds what came of a batch. */
    public void add(Batch batch) {
        last = batch;
        for (Action action : Action.values()) {
            counts.merge(action, (long) batch.count(action), Long::sum);
        }
        for (Entry entry : batch.entries()) {
            if (entry.action() == Action.REJECTED) {
                entry.errors().forEach(error -> list(errors, fault(entry, error)));
            } else {
                entry.warnings().forEach(warning -> {
                    Map<String, @Nullable Object> view = new LinkedHashMap<>();
                    view.put("row", entry.row());
                    view.put("field", warning.field());
                    view.put("message", warning.message());
                    list(warnings, view);
                });
            }
        }
    }

    private static Map<String, @Nullable Object> fault(Entry entry, io.tributary.deal.FieldError error) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("row", entry.row());
        view.put("field", error.field());
        view.put("value", error.value());
        view.put("error", error.error());
        view.put(
                "rejected_id",
                entry.rejectedId() == null ? null : entry.rejectedId().toString());
        return view;
    }

    private static void list(List<Map<String, @Nullable Object>> list, Map<String, @Nullable Object> view) {
        if (list.size() < LISTED) {
            list.add(view);
        }
    }

    /** The batch of a record that is tried alone. */
    Batch only() {
        if (last == null) {
            throw new IllegalStateException("nothing was tried");
        }
        return last;
    }

    /** What came of all of them, as whoever asked is told. */
    Map<String, @Nullable Object> answer(RejectedFilter filter) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("status", "success");
        answer.put("source", filter.source());
        answer.put(
                "import_id",
                filter.importId() == null ? null : filter.importId().toString());
        answer.put(
                "received", counts.values().stream().mapToLong(Long::longValue).sum());
        for (Action action : Action.values()) {
            answer.put(action.code(), counts.getOrDefault(action, 0L));
        }
        answer.put("errors", errors);
        answer.put("warnings", warnings);
        answer.put("dry_run", dryRun);
        return answer;
    }
}
