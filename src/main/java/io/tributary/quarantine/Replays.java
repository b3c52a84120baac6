package io.tributary.quarantine;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.http.Call;
import io.tributary.ingest.Batch;
import io.tributary.ingest.Doorway;
import io.tributary.ingest.GroupCommit;
import io.tributary.ingest.IdempotencyClaim;
import io.tributary.ingest.Outcome;
import io.tributary.ingest.ReplayReader;
import io.tributary.ingest.Sender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Has records of the quarantine tried again. */
public final class Replays {
    private final Quarantine quarantine;
    private final Readers readers;

    Replays(Quarantine quarantine, Readers readers) {
        this.quarantine = quarantine;
        this.readers = readers;
    }

    /** One record, with the corrections in the body. */
    public Replay one(Call call) {
        Quarantined record = quarantine.find(call.workspace(), call.idAt(1)).orElseThrow(ApiException::notFound);
        boolean dryRun = isDryRun(call);
        IdempotencyClaim claim = dryRun ? null : Doorway.claim(call);
        return replay(call, corrections(call), true, claim, List.of(record).iterator());
    }

    /** Every record that the filters in query or body let through, the oldest first, with the same corrections. */
    public Replay all(Call call) {
        Map<String, @Nullable Object> corrections = corrections(call);
        RejectedFilter filter = RejectedFilter.of(call, corrections);
        RejectedFilter.NAMES.forEach(corrections::remove);
        return replay(call, corrections, false, null, quarantine.scan(call.workspace(), filter));
    }

    private Replay replay(
            Call call,
            Map<String, @Nullable Object> corrections,
            boolean alone,
            @Nullable IdempotencyClaim claim,
            java.util.Iterator<Quarantined> records) {
        Sender sender = new Sender(call.caller().actor(), call.requestId(), false);
        return new Replay(
                call.workspace(),
                sender,
                isDryRun(call),
                claim,
                corrections,
                alone,
                records,
                record -> reader(call, record));
    }

    private ReplayReader reader(Call call, Quarantined record) {
        return readers.of(call.workspace().tenant(), record)
                .orElseThrow(() -> ApiException.conflict(
                        "no_such_source", "Nothing reads records of the source " + record.source() + " any more."));
    }

    private static boolean isDryRun(Call call) {
        String asked = call.parameter("dry_run").orElse("false");
        if (!asked.equals("true") && !asked.equals("false")) {
            throw ApiException.invalid(List.of(new FieldError("dry_run", asked, "is neither true nor false")));
        }
        return asked.equals("true");
    }

    /** The corrections in the body; without a body there are none. */
    private static Map<String, @Nullable Object> corrections(Call call) {
        return call.body().length == 0 ? new LinkedHashMap<>() : call.jsonObject();
    }

    /** Notes what came of a batch. */
    public void add(Replay replay, Batch batch) {
        replay.add(batch);
    }

    /** What came of it. */
    public Answer answer(Replay replay, Call call) {
        if (!replay.isAlone()) {
            return Answer.ok(replay.answer(RejectedFilter.of(call, corrections(call))));
        }
        Outcome outcome =
                GroupCommit.answer(replay.only(), replay.only().entries().get(0));
        if (!replay.isDryRun()) {
            return Doorway.answer(outcome);
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>(outcome.body());
        body.put("dry_run", true);
        return Answer.json(outcome.status(), body);
    }
}
