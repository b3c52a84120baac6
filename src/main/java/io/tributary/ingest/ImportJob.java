package io.tributary.ingest;

import io.tributary.deal.FieldError;
import io.tributary.deal.Times;
import io.tributary.deal.Warning;
import io.tributary.tenant.WorkspaceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A file or a bulk call on its way through the funnel, batch by batch, with what came of it so far. */
public final class ImportJob {
    /** What a job is: from where it came and how it goes on after a crash. */
    public enum Kind {
        BULK,
        UPLOAD,
        DROP,
        /** A file that came with something else, such as a mail. */
        FILE,
        /** A bulk call whose sender did not want to wait. */
        QUEUED;

        public boolean isFile() {
            return this != BULK && this != QUEUED;
        }

        /** Whether the hub goes on with it by itself after a crash, and it gives way to others between its turns. */
        public boolean isKept() {
            return this != BULK;
        }
    }

    private static final int BATCH = 2000;

    /** Camel asks whether a batch follows before it hands one over, and must not wait for that one to be read. */
    private static final int AHEAD = 2;

    /** How many errors and warnings an answer lists. */
    static final int LISTED = 100;

    private final UUID id;
    private final WorkspaceId workspace;
    private final String source;
    private final Kind kind;
    private final Sender sender;
    private final String contentHash;
    private final RecordReader reader;
    private final Rows rows;
    private final boolean dryRun;
    private @Nullable String fileName;
    private @Nullable List<String> header;
    private @Nullable IdempotencyClaim claim;
    private @Nullable String dropKey;
    private long position;
    private boolean resumed;
    private boolean finished;
    private volatile boolean cancelled;
    private @Nullable String options;
    private long totalBytes;
    private final List<Map<String, @Nullable Object>> notes = new ArrayList<>();
    private @Nullable Iterator<Map.Entry<Integer, Object>> records;
    private final Deque<Future<Optional<Batch>>> ahead = new ArrayDeque<>(AHEAD);
    private BooleanSupplier stopping = () -> false;
    private Consumer<Batch> witness = batch -> {};
    private Closing closing = () -> {};
    private final EnumMap<Action, Long> counts = new EnumMap<>(Action.class);
    private final List<Map<String, @Nullable Object>> errors = new ArrayList<>();
    private final List<Map<String, @Nullable Object>> warnings = new ArrayList<>();

    /** The records of a job, opened when it is their turn and closed when it ends. */
    public interface Rows {
        /** Content and row number of each record, in order. */
        Iterator<Map.Entry<Integer, Object>> open() throws java.io.IOException;

        /** Releases what {@link #open} holds. */
        default void close() {}

        /** About how many bytes have been read since {@link #open}. */
        default long bytesRead() {
            return 0;
        }
    }

    public ImportJob(
            UUID id,
            WorkspaceId workspace,
            String source,
            Kind kind,
            Sender sender,
            String contentHash,
            RecordReader reader,
            Rows rows,
            boolean dryRun) {
        this.id = id;
        this.workspace = workspace;
        this.source = source;
        this.kind = kind;
        this.sender = sender;
        this.contentHash = contentHash;
        this.reader = reader;
        this.rows = rows;
        this.dryRun = dryRun;
        for (Action action : Action.values()) {
            counts.put(action, 0L);
        }
    }

    /** The name of the file and the names of its columns, as they are given back with refused rows. */
    public ImportJob ofFile(@Nullable String name, @Nullable List<String> columns) {
        this.fileName = name;
        this.header = columns;
        return this;
    }

    public ImportJob claiming(@Nullable IdempotencyClaim idempotency) {
        this.claim = idempotency;
        return this;
    }

    /** What is said and settled of a file, as JSON, and how many bytes it has. */
    public ImportJob read(String asTold, long bytes) {
        this.options = asTold;
        this.totalBytes = bytes;
        return this;
    }

    /** The same content was taken before: what is as it was then changes nothing. */
    void importedBefore(Imports.Earlier earlier) {
        note("imported_before", view(earlier));
        String minute = earlier.at().toString().substring(0, 16).replace('T', ' ');
        warn(new Warning(
                "file",
                "The same file was imported on " + minute + " UTC: rows that are as they were then change nothing."));
    }

    static Map<String, @Nullable Object> view(Imports.Earlier earlier) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("import_id", earlier.importId().toString());
        view.put("at", Times.text(earlier.at()));
        return view;
    }

    /** Adds to the answer what is true of the file as a whole. */
    public ImportJob note(String name, @Nullable Object value) {
        Map<String, @Nullable Object> note = new LinkedHashMap<>();
        note.put(name, value);
        notes.add(note);
        return this;
    }

    /** What is done once the job is closed. */
    public interface Closing {
        void run() throws java.io.IOException;
    }

    /** Does {@code last} once the job is closed. */
    public ImportJob whenClosed(Closing last) {
        this.closing = last;
        return this;
    }

    /** Shows each batch to {@code observer} once it is through. */
    public ImportJob watchedBy(Consumer<Batch> observer) {
        this.witness = observer;
        return this;
    }

    /** The one appearance of a file in the drop folder, by which it is known again after a crash. */
    public ImportJob dropped(String key) {
        this.dropKey = key;
        return this;
    }

    /**
     * The same rows, going on after those that an earlier run has committed.
     *
     * @param taken the number of the last row that is committed
     * @param told the warnings given so far
     * @param complete whether nothing is left to do but to tell what came of it
     */
    ImportJob resume(
            UUID importId,
            long taken,
            Map<Action, Long> counted,
            List<Map<String, @Nullable Object>> told,
            boolean complete) {
        ImportJob job = new ImportJob(importId, workspace, source, kind, sender, contentHash, reader, rows, dryRun);
        job.ofFile(fileName, header).claiming(claim);
        job.dropKey = dropKey;
        job.options = options;
        job.totalBytes = totalBytes;
        job.notes.addAll(notes);
        job.position = taken;
        job.resumed = true;
        job.finished = complete;
        job.counts.putAll(counted);
        job.warnings.addAll(told);
        return job;
    }

    /** What was noticed of the file as a whole, before any row. */
    public void warn(Warning warning) {
        if (warnings.size() < LISTED) {
            warnings.add(Outcome.warning(warning));
        }
    }

    /** The job gives way before its next batch once {@code condition} holds. */
    public void stopWhen(BooleanSupplier condition) {
        this.stopping = condition;
    }

    /** From now on the job ends before its next batch. */
    public void cancel() {
        this.cancelled = true;
    }

    /** Whether somebody has ended it before its last row. */
    public boolean cancelled() {
        return cancelled;
    }

    /**
     * The batches that are left to take, each read while the funnel works on the one before. A file gives way between two
     * batches when it is asked to, and goes on with the next call; anything else ends with a {@link
     * RejectedExecutionException} then, since nobody would go on with it.
     *
     * @param reader begins to read a batch and returns at once
     */
    Iterator<Batch> batches(Function<Callable<Optional<Batch>>, Future<Optional<Batch>>> reader) {
        if (finished || cancelled) {
            return Collections.emptyIterator();
        }
        readOn(reader);
        return new Iterator<>() {
            private boolean stopped;

            @Override
            public boolean hasNext() {
                if (!stopped && stopping.getAsBoolean()) {
                    if (!kind.isKept()) {
                        throw new RejectedExecutionException("the hub stops");
                    }
                    stopped = true;
                }
                return !stopped && !cancelled && isMore();
            }

            @Override
            public Batch next() {
                Batch batch = ReadAhead.await(ahead.remove()).orElseThrow(NoSuchElementException::new);
                readOn(reader);
                return batch;
            }
        };
    }

    /** Begins to read what is to be read ahead, each batch once the one before it is read. */
    private void readOn(Function<Callable<Optional<Batch>>, Future<Optional<Batch>>> reader) {
        while (ahead.size() < AHEAD) {
            Future<Optional<Batch>> before = ahead.peekLast();
            ahead.add(reader.apply(
                    () -> before == null || ReadAhead.await(before).isPresent() ? read() : Optional.empty()));
        }
    }

    private boolean isMore() {
        return ReadAhead.await(ahead.element()).isPresent();
    }

    private Optional<Batch> read() throws java.io.IOException {
        Iterator<Map.Entry<Integer, Object>> left = left();
        List<Entry> entries = new ArrayList<>(BATCH);
        while (entries.size() < BATCH && left.hasNext()) {
            Map.Entry<Integer, Object> record = left.next();
            entries.add(new Entry(record.getKey(), record.getValue(), sender, true, null));
        }
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(new Batch(workspace, source, reader, id, contentHash, false, entries)
                        .tried(dryRun)
                        .ofFile(kind.isFile()));
    }

    private Iterator<Map.Entry<Integer, Object>> left() throws java.io.IOException {
        Iterator<Map.Entry<Integer, Object>> open = records;
        if (open == null) {
            open = rows.open();
            while (position > 0 && open.hasNext() && open.next().getKey() < position) {
                // Taken before the crash.
            }
            records = open;
        }
        return open;
    }

    /** Whether no row is left to take. */
    public boolean exhausted() {
        return finished || cancelled || (!ahead.isEmpty() && !isMore());
    }

    /** Adds what came of a batch. */
    public void add(Batch batch) {
        witness.accept(batch);
        for (Action action : Action.values()) {
            counts.merge(action, (long) batch.count(action), Long::sum);
        }
        for (Entry entry : batch.entries()) {
            if (entry.action() == Action.REJECTED) {
                for (FieldError error : entry.errors()) {
                    if (errors.size() < LISTED) {
                        errors.add(error(entry.row(), error, entry.rejectedId()));
                    }
                }
            }
        }
        for (Map<String, @Nullable Object> warning : warnings(batch)) {
            if (warnings.size() < LISTED) {
                warnings.add(warning);
            }
        }
    }

    /** The first warnings on rows of the batch, as the sender is told of them. */
    static List<Map<String, @Nullable Object>> warnings(Batch batch) {
        List<Map<String, @Nullable Object>> first = new ArrayList<>();
        for (Entry entry : batch.entries()) {
            if (entry.action() != Action.REJECTED) {
                for (Warning warning : entry.warnings()) {
                    Map<String, @Nullable Object> view = new LinkedHashMap<>();
                    view.put("row", entry.row());
                    view.putAll(Outcome.warning(warning));
                    first.add(view);
                    if (first.size() == LISTED) {
                        return first;
                    }
                }
            }
        }
        return first;
    }

    private Map<String, @Nullable Object> error(int row, FieldError error, @Nullable UUID rejectedId) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("row", row);
        view.putAll(Outcome.error(error));
        view.put("rejected_id", rejectedId == null || dryRun ? null : rejectedId.toString());
        return view;
    }

    /** What came of the whole job, as its sender is told. */
    public Map<String, @Nullable Object> answer() {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("status", "success");
        answer.put("source", source);
        answer.put("import_id", id.toString());
        answer.put("received", received());
        for (Action action : Action.values()) {
            answer.put(action.code(), counts.get(action));
        }
        answer.put("errors", errors);
        answer.put("warnings", warnings);
        answer.put("dry_run", dryRun);
        notes.forEach(answer::putAll);
        return answer;
    }

    /** Releases the file behind the job. */
    public void close() {
        letReaderEnd();
        records = null;
        rows.close();
        try {
            closing.run();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("closing an import", e);
        }
    }

    /** What is read from must not go while somebody reads; what was read is not needed any more. */
    private void letReaderEnd() {
        while (!ahead.isEmpty()) {
            try {
                ReadAhead.await(ahead.remove());
            } catch (RuntimeException unneeded) {
                // It would have failed the batch that is not taken.
            }
        }
    }

    /** What is said and settled of the file, as JSON; null for a call. */
    @Nullable
    public String options() {
        return options;
    }

    /** How many bytes the file has; 0 for a call. */
    public long totalBytes() {
        return totalBytes;
    }

    /** About how many of them have been read. */
    public long bytesRead() {
        return finished ? totalBytes : Math.min(totalBytes, rows.bytesRead());
    }

    /** How many records came to {@code action} so far. */
    public long count(Action action) {
        return java.util.Objects.requireNonNull(counts.get(action));
    }

    /** How many records were taken or refused so far. */
    public long received() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public UUID id() {
        return id;
    }

    public WorkspaceId workspace() {
        return workspace;
    }

    public String source() {
        return source;
    }

    public Kind kind() {
        return kind;
    }

    public Sender sender() {
        return sender;
    }

    public String contentHash() {
        return contentHash;
    }

    public boolean dryRun() {
        return dryRun;
    }

    public boolean resumed() {
        return resumed;
    }

    /** Whether every row was taken and the books closed by an earlier run. */
    boolean finished() {
        return finished;
    }

    /**
     * By what the same rows are known when they come again after a crash: the appearance of a dropped file, or the key of
     * a call; null when nothing tells that they are the same.
     */
    @Nullable
    String resumeKey() {
        if (dropKey != null) {
            return dropResumeKey(dropKey);
        }
        IdempotencyClaim call = claim;
        return call == null ? null : "call|" + call.path() + "|" + call.bodyHash() + "|" + call.key();
    }

    static String dropResumeKey(String dropKey) {
        return "drop|" + dropKey;
    }

    public @Nullable String fileName() {
        return fileName;
    }

    public @Nullable List<String> header() {
        return header;
    }

    public @Nullable IdempotencyClaim claim() {
        return claim;
    }

    List<Map<String, @Nullable Object>> errors() {
        return errors;
    }

    List<Map<String, @Nullable Object>> warnings() {
        return warnings;
    }
}
