package io.tributary.ingest;

import io.tributary.answer.Answer;
import io.tributary.http.Call;

/** Takes commands that come by request, each in one transaction with whatever else waits. */
public final class Commands {
    private final GroupCommit groupCommit;

    public Commands(GroupCommit groupCommit) {
        this.groupCommit = groupCommit;
    }

    /**
     * Has {@code command} carried out and answers when it is committed.
     *
     * @param source what history, activity and audit say it came from
     */
    public Answer take(Call call, String source, Command command) {
        Sender sender = new Sender(call.caller().actor(), call.requestId(), false);
        Entry entry = Entry.of(command, sender, Doorway.claim(call));
        return Doorway.answer(groupCommit.submit(new Submission(call.workspace(), source, Batch.NO_RECORDS, entry)));
    }
}
