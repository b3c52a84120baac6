package io.tributary.ingest;

import io.tributary.deal.Deal;
import io.tributary.deal.Times;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Knows mails that come again, and lays answers to the deal they belong to instead of making another. */
final class Threads {
    private final Batch batch;
    private final Resolution resolution;
    private final Consequences consequences;

    Threads(Batch batch, Resolution resolution, Consequences consequences) {
        this.batch = batch;
        this.resolution = resolution;
        this.consequences = consequences;
    }

    /** Whether {@code entry} is a mail that is known, or an answer within a thread that is; then it needs nothing more. */
    boolean settles(Entry entry) {
        Arrival arrival = entry.arrival();
        if (arrival == null || entry.deal == null) {
            return false;
        }
        Deal again = deal(resolution.known.mail(arrival.key(), arrival.bodyHash()));
        if (again != null) {
            entry.became(Action.UNCHANGED, null, again.copy(), resolution.known.lead(again.leadId));
            entry.scored(consequences.judge(again));
            return true;
        }
        // A mail that others have named before it came belongs where they do.
        Deal named = deal(resolution.known.mail(arrival.key(), ""));
        for (String reference : arrival.references()) {
            named = named == null || named.spam ? deal(resolution.known.thread(reference)) : named;
        }
        if (named == null || named.spam) {
            return false;
        }
        engage(entry, arrival, named);
        return true;
    }

    private @Nullable Deal deal(@Nullable UUID id) {
        return id == null ? null : resolution.known.deal(id);
    }

    private void engage(Entry entry, Arrival arrival, Deal before) {
        Instant at = moment(arrival);
        Deal after = before.copy();
        if (before.lastEngagementAt == null || at.isAfter(before.lastEngagementAt)) {
            after.engage(at);
            Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
            replaced.put(
                    "engaged_on",
                    before.engagedOn.stream().map(LocalDate::toString).toList());
            replaced.put("last_engagement_at", Times.text(before.lastEngagementAt));
            entry.scored(consequences.replace(before, after, replaced));
            resolution.changes.add(new Resolution.Change(
                    after.id(), "deal", "engagement", entry.actor(), entry.row(), null, replaced));
            consequences.tell("deal.updated", after);
            consequences.tellScore(before, after);
        } else {
            entry.scored(consequences.judge(after));
        }
        resolution.activities.add(new Resolution.NewActivity(after.id(), "email", entry.actor(), arrival.text(), at));
        entry.became(Action.UPDATED, null, after.copy(), resolution.known.lead(after.leadId));
        remember(arrival, after.id());
    }

    /** A clock that is wrong makes no engagement of the future. */
    private Instant moment(Arrival arrival) {
        Instant sent = arrival.at();
        return sent == null || sent.isAfter(batch.now()) ? batch.now() : sent;
    }

    /** From now on the mail of {@code entry}, and whatever continues it, leads to its deal. */
    void remember(Entry entry) {
        Arrival arrival = entry.arrival();
        if (arrival != null && entry.result() != null) {
            remember(arrival, entry.result().id());
        }
    }

    private void remember(Arrival arrival, UUID deal) {
        resolution.mails.add(new Resolution.NewMail(arrival.key(), arrival.bodyHash(), arrival.messageId(), deal));
        resolution.known.addMail(arrival.key(), arrival.bodyHash(), deal);
        for (String reference : arrival.references()) {
            if (resolution.known.thread(reference) == null) {
                resolution.mails.add(new Resolution.NewMail(reference, "", null, deal));
                resolution.known.addMail(reference, "", deal);
            }
        }
    }
}
