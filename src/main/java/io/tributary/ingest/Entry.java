package io.tributary.ingest;

import io.tributary.answer.ApiException;
import io.tributary.deal.Deal;
import io.tributary.deal.FieldError;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.Warning;
import io.tributary.health.Health;
import io.tributary.identity.MatchKey;
import io.tributary.lead.Lead;
import io.tributary.mapping.Normalised;
import io.tributary.metrics.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One record on its way through the funnel: what came, what it says, and what became of it. */
public final class Entry {
    private final int row;
    private final Object content;
    private final Sender sender;
    private final boolean quarantined;
    private final @Nullable IdempotencyClaim claim;
    private @Nullable Command command;
    private @Nullable Arrival arrival;
    private @Nullable UUID replayed;
    private int timesRejected = 1;
    private Map<String, @Nullable Object> corrections = Map.of();

    // What the record says; the same however often the batch is tried.
    @Nullable
    NormalisedDeal deal;

    @Nullable
    MatchKey matchKey;

    @Nullable
    String externalKey;

    @Nullable
    UUID leadId;

    private List<String> signsOfSpam = List.of();
    private @Nullable MatchKey repeatKey;
    private boolean knownByContent;
    private List<FieldError> errors = List.of();
    private String refusalCode = Normalised.Refused.INVALID;
    private List<Warning> readingWarnings = List.of();

    // What became of it; worked out anew each time the batch is tried.
    List<String> spamReasons = List.of();
    private Action action = Action.REJECTED;
    private @Nullable String matchedBy;
    private @Nullable Deal result;
    private @Nullable Lead lead;
    private @Nullable Health health;
    private @Nullable Standing standing;
    private @Nullable UUID rejectedId;
    private List<Warning> warnings = List.of();
    private @Nullable Claimed claimed;
    private @Nullable ApiException refusal;
    private @Nullable Supplier<Outcome> answer;
    private @Nullable UUID subject;
    private @Nullable Map<String, @Nullable Object> auditDetails;

    /** What came of trying to claim the idempotency key. */
    public enum Claimed {
        OURS,
        RUNNING_ELSEWHERE,
        ANSWERED,
        ANSWERED_FOR_ANOTHER_BODY
    }

    private int answeredStatus;
    private @Nullable String answeredBody;

    /**
     * @param quarantined whether the record is kept when it is rejected
     */
    public Entry(int row, Object content, Sender sender, boolean quarantined, @Nullable IdempotencyClaim claim) {
        this.row = row;
        this.content = content;
        this.sender = sender;
        this.quarantined = quarantined;
        this.claim = claim;
    }

    /** An entry that is no record but a command. */
    public static Entry of(Command command, Sender sender, @Nullable IdempotencyClaim claim) {
        Entry entry = new Entry(1, Map.of(), sender, false, claim);
        entry.command = command;
        return entry;
    }

    /** Names the mail that the record came as. */
    public Entry arriving(@Nullable Arrival mail) {
        this.arrival = mail;
        return this;
    }

    /** The mail that the record came as; null where it was none. */
    @Nullable
    Arrival arrival() {
        return arrival;
    }

    /**
     * A record that is in quarantine and tried again.
     *
     * @param id by which the quarantine knows it
     * @param row where it stood when it came first
     * @param corrections what somebody has mended, laid over it when it is read
     */
    public static Entry replay(
            UUID id,
            int row,
            Object content,
            Map<String, @Nullable Object> corrections,
            Sender sender,
            @Nullable IdempotencyClaim claim) {
        Entry entry = new Entry(row, content, sender, false, claim);
        entry.replayed = id;
        entry.corrections = corrections;
        entry.rejectedId = id;
        return entry;
    }

    /** Marks a record that looks like spam, which is kept apart from the others. */
    Entry suspectedFor(List<String> reasons) {
        this.signsOfSpam = reasons;
        this.spamReasons = reasons;
        return this;
    }

    /** Names the content as a whole: within a minute it is the same click, even where no company tells deals apart. */
    Entry repeatedBy(UUID contentKey) {
        this.repeatKey = new MatchKey(contentKey, null);
        return this;
    }

    /** Recognises the record by its whole content, where it has one. */
    void fallBackToContent() {
        this.matchKey = repeatKey;
        this.knownByContent = repeatKey != null;
    }

    /** Whether the record can be recognised by its whole content alone. */
    boolean isKnownByContent() {
        return knownByContent;
    }

    boolean isSpam() {
        return !spamReasons.isEmpty();
    }

    void read(NormalisedDeal normalised, List<Warning> found) {
        this.deal = normalised;
        this.readingWarnings = found;
    }

    void refuse(List<FieldError> faults) {
        refuse(faults, Normalised.Refused.INVALID);
    }

    void refuse(List<FieldError> faults, String code) {
        this.deal = null;
        this.refusalCode = code;
        this.errors = faults.stream().map(Entry::storable).toList();
    }

    /** The database stores U+0000 in no text, and names and values of faults may hold it. */
    private static FieldError storable(FieldError fault) {
        String value = fault.value();
        return new FieldError(
                fault.field().replace('\0', '\uFFFD'),
                value == null ? null : value.replace('\0', '\uFFFD'),
                fault.error());
    }

    /** Whether it was found at fault before it came to the database. */
    boolean isRefused() {
        return !errors.isEmpty();
    }

    /** Forgets what an earlier try of the batch came to. */
    void startOver() {
        action = Action.REJECTED;
        matchedBy = null;
        result = null;
        lead = null;
        health = null;
        standing = null;
        rejectedId = replayed;
        warnings = readingWarnings;
        claimed = null;
        spamReasons = signsOfSpam;
        refusal = null;
        answer = null;
        subject = null;
        auditDetails = null;
    }

    /** A command is refused; whoever gave it is told why. */
    void refusedWith(ApiException reason) {
        this.refusal = reason;
    }

    /** A command is answered with a body of its own. */
    void answers(int status, Supplier<Map<String, @Nullable Object>> body) {
        this.answer = () -> new Outcome(status, body.get());
    }

    /** What the audit log tells of this entry; of several changes, the first names the subject. */
    void audits(UUID changed, Map<String, @Nullable Object> details) {
        if (subject == null) {
            subject = changed;
            auditDetails = details;
        }
    }

    void became(Action what, @Nullable String by, Deal state, @Nullable Lead person) {
        this.action = what;
        this.matchedBy = by;
        this.result = state;
        this.lead = person;
    }

    void warn(Warning warning) {
        List<Warning> more = new ArrayList<>(warnings);
        more.add(warning);
        warnings = more;
    }

    void scored(@Nullable Health judged) {
        this.health = judged;
    }

    void ranked(@Nullable Standing rank) {
        this.standing = rank;
    }

    void quarantinedAs(UUID id) {
        this.rejectedId = id;
    }

    void claimed(Claimed outcome, int status, @Nullable String body) {
        this.claimed = outcome;
        this.answeredStatus = status;
        this.answeredBody = body;
    }

    /** Whether another call with the same key has this record in hand, so that this one does nothing. */
    boolean isTakenElsewhere() {
        return claimed != null && claimed != Claimed.OURS;
    }

    public int row() {
        return row;
    }

    public Object content() {
        return content;
    }

    public Sender sender() {
        return sender;
    }

    public String actor() {
        return sender.actor();
    }

    public boolean quarantined() {
        return quarantined;
    }

    public @Nullable IdempotencyClaim claim() {
        return claim;
    }

    /** What is to be done, where this is no record. */
    @Nullable
    Command command() {
        return command;
    }

    /** The record in quarantine that is tried again; null for one that comes for the first time. */
    @Nullable
    UUID replayed() {
        return replayed;
    }

    void countedAsRejected(int times) {
        this.timesRejected = times;
    }

    /** How often a record from quarantine is counted as rejected: once by each import that brought it. */
    int timesRejected() {
        return timesRejected;
    }

    public Map<String, @Nullable Object> corrections() {
        return corrections;
    }

    @Nullable
    ApiException refusal() {
        return refusal;
    }

    @Nullable
    Supplier<Outcome> answer() {
        return answer;
    }

    /** What the entry has changed, or the record in quarantine that it has become. */
    @Nullable
    UUID subject() {
        if (subject != null) {
            return subject;
        }
        return result == null ? rejectedId : result.id();
    }

    @Nullable
    Map<String, @Nullable Object> auditDetails() {
        return auditDetails;
    }

    public @Nullable Claimed claimed() {
        return claimed;
    }

    public int answeredStatus() {
        return answeredStatus;
    }

    public @Nullable String answeredBody() {
        return answeredBody;
    }

    public Action action() {
        return action;
    }

    public @Nullable String matchedBy() {
        return matchedBy;
    }

    public @Nullable Deal result() {
        return result;
    }

    public @Nullable Lead lead() {
        return lead;
    }

    public @Nullable Health health() {
        return health;
    }

    public @Nullable Standing standing() {
        return standing;
    }

    public @Nullable UUID rejectedId() {
        return rejectedId;
    }

    /** By what a refusal is counted. */
    public String refusalCode() {
        return refusalCode;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public List<Warning> warnings() {
        return warnings;
    }
}
