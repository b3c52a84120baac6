package io.tributary.ingest;

import io.tributary.mapping.Normalised;
import io.tributary.mapping.ReadingContext;
import io.tributary.sql.StatementGroup;
import io.tributary.tenant.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One to a few thousand records of one source and one workspace, taken or refused in one transaction. */
public final class Batch {
    /** Reads nothing, since a command is no record. */
    static final RecordReader NO_RECORDS = new RecordReader() {
        @Override
        public Normalised read(int row, Object content, ReadingContext context) {
            throw new IllegalStateException("a command is no record");
        }

        @Override
        public String original(Object content) {
            throw new IllegalStateException("a command is no record");
        }
    };

    /** From so many records on, what a statement is given takes longer to write out than a wait for the database. */
    private static final int LARGE = 250;

    private final WorkspaceId workspace;
    private final String source;
    private final RecordReader reader;
    private final @Nullable UUID importId;
    private final String contentHash;
    private final boolean ranked;
    private final List<Entry> entries;
    private boolean tried;
    private boolean ofFile;
    private boolean read;
    private @Nullable Wanted wanted;
    private boolean replaying;
    private int attempts;
    private Instant now = Instant.EPOCH;
    private Known known = new Known();
    private @Nullable Resolution resolution;
    private @Nullable LikenessStatements likeness;
    private Map<String, Future<Map<String, @Nullable Object>>> parametersAhead = Map.of();
    private StatementGroup gathered = new StatementGroup();

    /**
     * @param importId the import these records belong to; null for records handed in one by one
     * @param contentHash names the content the rows are part of, so that a row is known when it comes again
     * @param ranked whether each answer tells the deal's rank
     */
    public Batch(
            WorkspaceId workspace,
            String source,
            RecordReader reader,
            @Nullable UUID importId,
            String contentHash,
            boolean ranked,
            List<Entry> entries) {
        this.workspace = workspace;
        this.source = source;
        this.reader = reader;
        this.importId = importId;
        this.contentHash = contentHash;
        this.ranked = ranked;
        this.entries = entries;
    }

    /** A batch of commands: {@code source} is what history, activity and audit say they came from. */
    public static Batch ofCommands(WorkspaceId workspace, String source, List<Entry> commands) {
        return new Batch(workspace, source, NO_RECORDS, null, "", false, commands);
    }

    /**
     * A batch of records that are in quarantine and tried again.
     *
     * @param importId the import that brought them; null for records that came one by one
     * @param only whether they are only tried out, within a transaction that is rolled back
     */
    public static Batch ofReplays(
            WorkspaceId workspace,
            String source,
            RecordReader reader,
            @Nullable UUID importId,
            boolean ranked,
            boolean only,
            List<Entry> records) {
        Batch batch = new Batch(workspace, source, reader, importId, "", ranked, records);
        batch.replaying = true;
        return batch.tried(only);
    }

    /** The two halves, each a batch of its own, so that a record that the database refuses can be found. */
    public List<Batch> halves() {
        int middle = entries.size() / 2;
        return List.of(part(entries.subList(0, middle)), part(entries.subList(middle, entries.size())));
    }

    private Batch part(List<Entry> some) {
        Batch part = new Batch(workspace, source, reader, importId, contentHash, ranked, new ArrayList<>(some));
        part.replaying = replaying;
        return part.tried(tried).ofFile(ofFile);
    }

    /** Whether the batch is only tried out, within a transaction that is rolled back. */
    Batch tried(boolean only) {
        this.tried = only;
        return this;
    }

    /** Whether the batch is part of a file, of whose progress is told as a whole. */
    Batch ofFile(boolean part) {
        this.ofFile = part;
        return this;
    }

    /** Whether each batch tells by itself how far its import has come. */
    boolean tellsProgress() {
        return importId != null && !ofFile;
    }

    /** Whether what becomes of the batch is to be kept. */
    public boolean isKept() {
        return !tried;
    }

    public WorkspaceId workspace() {
        return workspace;
    }

    public String source() {
        return source;
    }

    public RecordReader reader() {
        return reader;
    }

    public @Nullable UUID importId() {
        return importId;
    }

    public String contentHash() {
        return contentHash;
    }

    public boolean ranked() {
        return ranked;
    }

    public List<Entry> entries() {
        return entries;
    }

    public int size() {
        return entries.size();
    }

    /** Whether it is worth another thread; a smaller one gains more by fewer waits for the database. */
    public boolean isLarge() {
        return entries.size() >= LARGE;
    }

    /** Whether its records were read by their mapping already. */
    boolean isRead() {
        return read;
    }

    void wasRead() {
        read = true;
        wanted = Wanted.of(entries);
    }

    /** By what its records are looked for. */
    Wanted wanted() {
        if (wanted == null) {
            wanted = Wanted.of(entries);
        }
        return wanted;
    }

    /** How often the batch was tried so far. */
    public int attempts() {
        return attempts;
    }

    /** The moment at which this try of the batch happens, for all of its rows. */
    public Instant now() {
        return now;
    }

    void startAttempt(Instant moment) {
        attempts++;
        now = moment;
        resolution = null;
        likeness = null;
        parametersAhead.values().forEach(ahead -> ahead.cancel(false));
        parametersAhead = Map.of();
        gatherAnew();
        known = new Known();
        entries.forEach(Entry::startOver);
    }

    /** The batch holds its locks: what another writer did to the same deals was before this moment. */
    void happensAt(Instant moment) {
        now = moment;
    }

    /** What the database knows already of this batch's records. */
    Known known() {
        return known;
    }

    void resolvedTo(Resolution outcome) {
        this.resolution = outcome;
    }

    Resolution resolution() {
        if (resolution == null) {
            throw new IllegalStateException("the batch is not resolved yet");
        }
        return resolution;
    }

    /** What each of these statements will be given is being made. */
    void parametersAhead(Map<String, ? extends Future<Map<String, @Nullable Object>>> byStatement) {
        parametersAhead = Map.copyOf(byStatement);
    }

    /** What {@code statement} is given, where it is made ahead. */
    @Nullable
    Future<Map<String, @Nullable Object>> parametersAhead(String statement) {
        return parametersAhead.get(statement);
    }

    /** The statements that wait to be sent together. */
    StatementGroup gathered() {
        return gathered;
    }

    void gatherAnew() {
        gathered = new StatementGroup();
    }

    /** What the batch's deals may be duplicates of. */
    LikenessStatements likeness() {
        if (likeness == null) {
            likeness = new LikenessStatements(this);
        }
        return likeness;
    }

    /** Whether the batch is made of commands; they never share one with records. */
    boolean holdsCommands() {
        return reader == NO_RECORDS;
    }

    /** Whether the batch is made of records from quarantine, whose imports have counted them already. */
    boolean replays() {
        return replaying;
    }

    /** The commands of the batch. */
    Stream<Command> commands() {
        return entries.stream().map(Entry::command).filter(Objects::nonNull);
    }

    /** How many records, or commands, came to {@code action}. */
    public int count(Action action) {
        int count = 0;
        for (Entry entry : entries) {
            if (!entry.isTakenElsewhere() && entry.refusal() == null && entry.action() == action) {
                count++;
            }
        }
        return count;
    }
}
