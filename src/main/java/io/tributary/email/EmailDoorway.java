package io.tributary.email;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.http.Call;
import io.tributary.ingest.Doorway;
import io.tributary.ingest.Entry;
import io.tributary.ingest.GroupCommit;
import io.tributary.ingest.JsonRecordReader;
import io.tributary.ingest.Mappings;
import io.tributary.ingest.Outcome;
import io.tributary.ingest.Sender;
import io.tributary.ingest.Submission;
import io.tributary.mail.LeadMail;
import io.tributary.mail.MailReader;
import io.tributary.mail.NotALead;
import io.tributary.tenant.WorkspaceId;

/** Takes mails, one by one, each in one transaction with whatever else waits. */
public final class EmailDoorway {
    private final GroupCommit groupCommit;
    private final EmailRecordReader reader;
    private final AttachedTables tables;

    public EmailDoorway(Mappings mappings, GroupCommit groupCommit, AttachedTables tables) {
        this.groupCommit = groupCommit;
        this.reader = new EmailRecordReader(mappings);
        this.tables = tables;
    }

    /** Takes the mail in a request: a whole one, or its fields as JSON. */
    public Answer take(Call call) {
        Sender sender = new Sender(call.caller().actor(), call.requestId(), false);
        if (!call.contentType().equals("message/rfc822")) {
            Object content = JsonRecordReader.content(call.json());
            Entry entry = new Entry(1, content, sender, true, Doorway.claim(call));
            return Doorway.answer(submit(call.workspace(), entry));
        }
        if (call.body().length == 0) {
            throw ApiException.unparsable("The body is empty; a mail was expected.");
        }
        MailContent mail = understood(call.body(), Forwarders.ALL);
        Entry entry = new Entry(1, mail, sender, true, Doorway.claim(call)).arriving(mail.arrival());
        Outcome outcome = submit(call.workspace(), entry);
        return Doorway.answer(tables.imported(call.workspace(), sender, mail, outcome));
    }

    /**
     * Takes a mail fetched from a mailbox; when this returns, it is in the pipeline or in quarantine, for good.
     *
     * @param mailbox how history and audit name where it came from
     */
    void take(WorkspaceId workspace, String mailbox, byte[] bytes, Forwarders forwarders) {
        Sender sender = Sender.hub(mailbox);
        MailContent mail = understood(bytes, forwarders);
        Outcome outcome = submit(workspace, new Entry(1, mail, sender, true, null).arriving(mail.arrival()));
        tables.imported(workspace, sender, mail, outcome);
    }

    private Outcome submit(WorkspaceId workspace, Entry entry) {
        return groupCommit.submit(new Submission(workspace, EmailRecordReader.SOURCE, reader, entry));
    }

    static MailContent understood(byte[] bytes, Forwarders forwarders) {
        LeadMail lead = LeadMail.of(MailReader.read(bytes));
        NotALead no = lead.notALead() == null ? forwarders.refusal(lead) : lead.notALead();
        return new MailContent(bytes, lead, no);
    }
}
