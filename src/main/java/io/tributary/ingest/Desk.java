package io.tributary.ingest;

import io.tributary.answer.ApiException;
import io.tributary.deal.Deal;
import io.tributary.deal.DealView;
import io.tributary.deal.FieldOrigin;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.Warning;
import io.tributary.health.Health;
import io.tributary.lead.Lead;
import io.tributary.lead.LeadView;
import io.tributary.tenant.TenantSettings;
import io.tributary.tenant.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a command works: the deals and leads it named, locked and as they are now, and what is needed to change them so
 * that scores, counters, history, activity, events and audit follow.
 */
public final class Desk {
    private final Batch batch;
    private final Entry entry;
    private final Command command;
    private final Resolution resolution;
    private final Consequences consequences;
    private final LeadKeeper leads;
    private final TenantSettings settings;

    Desk(
            Batch batch,
            Entry entry,
            Command command,
            Resolution resolution,
            Consequences consequences,
            LeadKeeper leads,
            TenantSettings settings) {
        this.batch = batch;
        this.entry = entry;
        this.command = command;
        this.resolution = resolution;
        this.consequences = consequences;
        this.leads = leads;
        this.settings = settings;
    }

    /** The moment at which the whole batch happens. */
    public Instant now() {
        return batch.now();
    }

    public TenantSettings settings() {
        return settings;
    }

    public WorkspaceId workspace() {
        return batch.workspace();
    }

    /** What history, activity and audit say the command came from. */
    public String source() {
        return batch.source();
    }

    /** A deal's health at this moment. */
    public Health judge(Deal deal) {
        return consequences.judge(deal);
    }

    /** Whoever gave the command. */
    public Sender sender() {
        return entry.sender();
    }

    /** The origin of a value that the command itself states. */
    public FieldOrigin origin() {
        return new FieldOrigin(batch.source(), entry.actor(), batch.importId(), null, batch.now(), null);
    }

    /**
     * A deal that the command has named; copy it before changing it.
     *
     * @throws ApiException 404 when the workspace has no such deal
     */
    public Deal deal(UUID id) {
        Deal deal = resolution.known.deal(id);
        if (deal == null) {
            throw ApiException.notFound();
        }
        return deal;
    }

    /** Whether the workspace has this deal, which the command has named. */
    public boolean hasDeal(UUID id) {
        return resolution.known.deal(id) != null;
    }

    /** Whether the workspace has this lead, which the command has named. */
    public boolean hasLead(UUID id) {
        return resolution.known.lead(id) != null;
    }

    /** Every deal of a lead that the command has named, where it needs those. */
    public List<Deal> dealsOf(UUID lead) {
        return resolution.known.dealsOf(lead);
    }

    /**
     * A lead that the command has named.
     *
     * @throws ApiException 404 when the workspace has no such lead
     */
    public Lead lead(UUID id) {
        Lead lead = resolution.known.lead(id);
        if (lead == null) {
            throw ApiException.notFound();
        }
        return lead;
    }

    /** The lead of {@code incoming}'s e-mail address, made when there is none yet; the command has named its id. */
    public @Nullable Lead leadOf(NormalisedDeal incoming) {
        String email = incoming.contactEmail();
        UUID id = email == null
                ? null
                : Lead.idOf(batch.workspace().tenant(), batch.workspace().workspace(), email);
        return leads.keep(id, entry, incoming, origin());
    }

    /**
     * Writes {@code after} in the place of {@code before}: scores and counts it anew and keeps in history what was
     * replaced. What else is to change, {@code updated_at} above all, the command has changed in {@code after}.
     *
     * @param replaced what was there before, by field; {@link FieldChange} fills it
     */
    public void write(Deal before, Deal after, Map<String, @Nullable Object> replaced) {
        consequences.replace(before, after, replaced);
        keep(after.id(), "deal", replaced);
        entry.audits(after.id(), AuditDetails.of(replaced, DealView.of(after, "", "")));
    }

    /** Scores a deal anew at this moment, and tells of its score where that is another one. */
    public void rescore(Deal before, Deal after) {
        consequences.rescore(before, after);
    }

    /** Writes a lead, changed in place. */
    public void write(Lead lead, Map<String, @Nullable Object> replaced) {
        lead.updatedAt = batch.now();
        if (!resolution.newLeads.containsKey(lead.id())) {
            resolution.changedLeads.put(lead.id(), lead);
        }
        keep(lead.id(), "lead", replaced);
        entry.audits(lead.id(), AuditDetails.of(replaced, LeadView.of(lead)));
    }

    /** Ends a deal: it is deleted, with the external ids that still lead to it and what is told of it. */
    public void remove(Deal deal) {
        resolution.removed.put(deal.id(), deal);
        resolution.updated.remove(deal.id());
        resolution.known.remove(deal);
        consequences.count(deal, null);
    }

    /**
     * Counts a deal that has come back, after its row was written again.
     *
     * @param after what it is now; scored anew and written where it is not as it was
     */
    public void restore(Deal before, Deal after) {
        consequences.count(null, before);
        resolution.known.add(before);
        resolution.restored.put(after.id(), after);
        consequences.replace(before, after, Map.of());
    }

    /** Keeps in history that something happened to {@code subject} which replaced these values. */
    public void keepChange(UUID subject, Map<String, @Nullable Object> replaced) {
        keep(subject, "deal", replaced);
    }

    private void keep(UUID subject, String entity, Map<String, @Nullable Object> replaced) {
        resolution.changes.add(
                new Resolution.Change(subject, entity, command.cause(), entry.actor(), entry.row(), null, replaced));
    }

    /** Tells the live feed and every other reader of events that the deal is changed, and of its score where it moved. */
    public void tellUpdated(Deal before, Deal after) {
        consequences.tell("deal.updated", after);
        consequences.tellScore(before, after);
    }

    /** Tells of the deal's score alone, where it moved. */
    public void tellScore(Deal before, Deal after) {
        consequences.tellScore(before, after);
    }

    /** Tells something of another kind. */
    public void tell(String event, @Nullable UUID subject, Map<String, @Nullable Object> data) {
        resolution.events.add(new Resolution.NewEvent(event, subject, data));
    }

    /** Notes in the deal's activity what happened just now. */
    public void log(UUID deal, String type, String text) {
        log(deal, type, text, null);
    }

    /**
     * Notes in the deal's activity what happened at another moment.
     *
     * @return gives the activity's number, once the batch is written
     */
    public Supplier<Long> log(UUID deal, String type, String text, @Nullable Instant at) {
        int place = resolution.activities.size();
        resolution.activities.add(new Resolution.NewActivity(deal, type, entry.actor(), text, at));
        return () -> resolution.recordsBefore + place + 1;
    }

    /** Tells the audit log of what is no change of a field. */
    public void audit(UUID subject, Map<String, @Nullable Object> details) {
        entry.audits(subject, details);
    }

    /** Answers as one deal taken: it was changed. */
    public void updated(Deal deal) {
        became(Action.UPDATED, deal);
    }

    /** Answers as one deal taken: nothing was changed. */
    public void unchanged(Deal deal) {
        became(Action.UNCHANGED, deal);
    }

    private void became(Action action, Deal deal) {
        entry.became(action, null, deal.copy(), resolution.known.lead(deal.leadId));
        entry.scored(consequences.judge(deal));
    }

    /** Answers with a body of its own, made when everything is written. */
    public void answer(int status, Supplier<Map<String, @Nullable Object>> body) {
        entry.answers(status, body);
    }

    /** Adds a warning to the answer. */
    public void warn(Warning warning) {
        entry.warn(warning);
    }
}
