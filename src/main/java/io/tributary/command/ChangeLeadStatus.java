package io.tributary.command;

import io.tributary.answer.ApiException;
import io.tributary.deal.Deal;
import io.tributary.deal.DealView;
import io.tributary.ingest.Command;
import io.tributary.ingest.Desk;
import io.tributary.lead.Lead;
import io.tributary.lead.LeadView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sets the status of a lead. Spam takes the lead's deals out of the pipeline and its figures, and whatever else a spam
 * lead becomes brings them back.
 */
final class ChangeLeadStatus implements Command {
    private static final String SPAM = "spam";

    private final UUID id;
    private final String status;
    private final boolean needsDeals;

    /** @param wasSpam whether the lead was spam when it was last looked at */
    ChangeLeadStatus(UUID id, String status, boolean wasSpam) {
        this.id = id;
        this.status = status;
        this.needsDeals = wasSpam || status.equals(SPAM);
    }

    @Override
    public String cause() {
        return "edit";
    }

    @Override
    public String action() {
        return "lead.updated";
    }

    @Override
    public Set<UUID> leads() {
        return Set.of(id);
    }

    @Override
    public boolean needsDealsOfLeads() {
        return needsDeals;
    }

    @Override
    public void run(Desk desk) {
        Lead lead = desk.lead(id);
        boolean spam = status.equals(SPAM);
        if (lead.isSpam() && !needsDeals) {
            throw ApiException.conflict("changed_meanwhile", "The lead was changed meanwhile; send it again.");
        }
        boolean turns = spam != lead.isSpam();
        if (turns || !lead.status.equals(status)) {
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            data.put("lead_id", id.toString());
            data.put("status", status);
            data.put("previous_status", lead.status);
            Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
            if (!lead.status.equals(status)) {
                replaced.put("status", lead.status);
                lead.status = status;
            }
            if (turns) {
                replaced.put("spam_reasons", lead.spamReasons);
                lead.spamReasons = spam ? List.of(Lead.MARKED) : List.of();
            }
            desk.write(lead, replaced);
            desk.tell("lead.updated", id, data);
        }
        for (Deal deal : desk.dealsOf(id)) {
            if (deal.spam != spam) {
                mark(desk, deal, spam);
            }
        }
        desk.answer(200, () -> body(lead));
    }

    private static void mark(Desk desk, Deal before, boolean spam) {
        Deal after = before.copy();
        after.spam = spam;
        Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
        replaced.put("spam", before.spam);
        desk.write(before, after, replaced);
        Map<String, @Nullable Object> data = DealView.summary(after);
        data.put("is_spam", spam);
        desk.tell("deal.updated", after.id(), data);
        desk.log(after.id(), spam ? "spam" : "not_spam", spam ? "Marked as spam" : "Marked as no spam");
    }

    private static Map<String, @Nullable Object> body(Lead lead) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("status", "success");
        body.put("lead", LeadView.of(lead));
        return body;
    }
}
