package io.tributary.ingest;

import io.tributary.answer.ApiException;
import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.DealView;
import io.tributary.deal.FieldOrigin;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.OrderedId;
import io.tributary.deal.Times;
import io.tributary.deal.Warning;
import io.tributary.health.HealthProfile;
import io.tributary.health.Norms;
import io.tributary.identity.MatchKey;
import io.tributary.lead.Lead;
import io.tributary.tenant.TenantSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of each record of a batch, in the order they came: a new deal, a change of one that is known, or
 * nothing. Works on what {@link Known} holds and writes nothing itself.
 */
final class Resolver {
    private static final String BY_EXTERNAL_ID = "external_id";
    private static final String BY_NAME_COMPANY = "name_company";
    private static final Duration REPEAT_WINDOW = Duration.ofMinutes(1);

    private final TenantSettings settings;
    private final DealMerge merge;
    private final Batch batch;
    private final Resolution resolution;
    private final LeadKeeper leads;
    private final Consequences consequences;
    private final Threads threads;

    Resolver(Batch batch, Known known, TenantSettings settings, HealthProfile profile, Norms norms) {
        this.batch = batch;
        this.settings = settings;
        this.merge = new DealMerge(new Precedence(settings.fieldTrust()));
        this.resolution = new Resolution(known);
        this.leads = new LeadKeeper(resolution, batch);
        this.consequences = new Consequences(batch, resolution, settings, profile, norms);
        this.threads = new Threads(batch, resolution, consequences);
    }

    /** Works through the whole batch. */
    Resolution resolve() {
        for (Entry entry : batch.entries()) {
            NormalisedDeal incoming = entry.deal;
            if (entry.isTakenElsewhere() || entry.refusal() != null) {
                continue;
            }
            if (entry.command() != null) {
                obey(entry, entry.command());
            } else if (incoming == null) {
                if (entry.replayed() == null) {
                    reject(entry);
                }
            } else if (!threads.settles(entry)) {
                take(entry, incoming);
                threads.remember(entry);
            }
        }
        tellMetrics();
        return resolution;
    }

    private void obey(Entry entry, Command command) {
        if (!entry.errors().isEmpty()) {
            return;
        }
        try {
            command.run(new Desk(batch, entry, command, resolution, consequences, leads, settings));
        } catch (ApiException refusal) {
            // It has written nothing yet, and what others gave along with it goes on.
            entry.refusedWith(refusal);
        }
    }

    private void reject(Entry entry) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("source", batch.source());
        data.put("import_id", batch.importId() == null ? null : batch.importId().toString());
        data.put("row", entry.row());
        data.put(
                "errors",
                entry.errors().stream()
                        .map(error -> Map.of("field", error.field(), "error", error.error()))
                        .toList());
        resolution.events.add(new Resolution.NewEvent("record.rejected", null, data));
    }

    private void take(Entry entry, NormalisedDeal incoming) {
        FieldOrigin from = new FieldOrigin(
                batch.source(),
                entry.actor(),
                batch.importId(),
                batch.importId() == null ? null : Integer.valueOf(entry.row()),
                batch.now(),
                incoming.sourceUpdatedAt());
        if (!entry.isSpam() && Precedence.guesses(batch.source()) && leads.isMarked(entry.leadId)) {
            // A list that people keep knows better; what a visitor sends is as good as the visitor.
            entry.spamReasons = List.of(Lead.MARKED);
        }
        Known.HeldKey held = resolution.known.key(entry.externalKey);
        Deal deal = held == null ? null : resolution.known.deal(held.dealId());
        if (deal != null && held != null && isStale(incoming, held)) {
            entry.warn(new Warning(
                    DealField.SOURCE_UPDATED_AT.code(),
                    "is older than what is known (" + Times.text(held.sourceUpdatedAt())
                            + "), so nothing was changed"));
            entry.became(Action.UNCHANGED, BY_EXTERNAL_ID, deal, resolution.known.lead(deal.leadId));
            judge(entry, deal);
            return;
        }
        if (deal != null) {
            change(entry, incoming, deal, from, BY_EXTERNAL_ID);
            return;
        }
        // Only two ids of one system tell two records apart; a record without an id may be any.
        String system = incoming.externalId() == null ? null : incoming.system();
        Deal match = entry.matchKey == null ? null : match(entry, entry.matchKey, system);
        if (match != null && entry.isKnownByContent()) {
            entry.became(Action.UNCHANGED, null, match, resolution.known.lead(match.leadId));
            judge(entry, match);
        } else if (match != null) {
            change(entry, incoming, match, from, BY_NAME_COMPANY);
        } else {
            create(entry, incoming, from);
        }
    }

    private static boolean isStale(NormalisedDeal incoming, Known.HeldKey held) {
        return incoming.sourceUpdatedAt() != null
                && held.sourceUpdatedAt() != null
                && incoming.sourceUpdatedAt().isBefore(held.sourceUpdatedAt());
    }

    /**
     * The deal of the same name and company. A deal that has an id of the record's own system already is another
     * record there, so another deal here; a name that fits deals of different legal forms fits none for certain; and
     * spam meets nothing but spam, so that it neither changes a real deal nor hides one.
     */
    private @Nullable Deal match(Entry entry, MatchKey key, @Nullable String system) {
        Deal found = null;
        boolean foundExactly = false;
        for (Deal candidate : resolution.known.matching(key.key())) {
            String legalForm = resolution.known.legalForm(candidate, key.key());
            if ((system != null && candidate.hasKeyOf(system))
                    || !key.agreesWith(legalForm)
                    || candidate.spam != entry.isSpam()
                    || candidate.archivedAt != null
                    || (entry.isKnownByContent() && !isRecent(candidate))) {
                continue;
            }
            boolean exactly = Objects.equals(key.legalForm(), legalForm);
            if (found == null || (exactly && !foundExactly)) {
                found = candidate;
                foundExactly = exactly;
            } else if (!foundExactly && !Objects.equals(resolution.known.legalForm(found, key.key()), legalForm)) {
                return null;
            }
        }
        return found;
    }

    private boolean isRecent(Deal deal) {
        return deal.origin().at().isAfter(batch.now().minus(REPEAT_WINDOW));
    }

    private void create(Entry entry, NormalisedDeal incoming, FieldOrigin from) {
        Deal deal = new Deal(OrderedId.next(), from);
        deal.set(DealField.NAME, incoming.name(), null);
        deal.set(DealField.COMPANY, incoming.company(), null);
        deal.set(DealField.VALUE, incoming.value(), null);
        deal.set(DealField.CURRENCY, incoming.currency() == null ? settings.currency() : incoming.currency(), null);
        deal.set(DealField.STAGE, incoming.stage(), null);
        deal.set(DealField.PROBABILITY, incoming.probability(), null);
        deal.set(DealField.EXPECTED_CLOSE_DATE, incoming.expectedCloseDate(), null);
        deal.set(DealField.CONTACT_EMAIL, incoming.contactEmail(), null);
        deal.set(DealField.CONTACT_NAME, incoming.contactName(), null);
        deal.set(DealField.DESCRIPTION, incoming.description(), null);
        deal.assumed().addAll(incoming.assumed());
        if (incoming.currency() == null) {
            deal.assumed().add(DealField.CURRENCY);
        }
        deal.setMetadata(KnownReader.copy(incoming.metadata()));
        deal.spam = entry.isSpam();
        identify(deal, entry, incoming);
        Lead lead = leads.keep(entry.leadId, entry, incoming, from);
        deal.leadId = lead == null ? null : lead.id();
        entry.scored(consequences.score(deal));
        resolution.created.put(deal.id(), deal);
        resolution.known.add(deal);
        consequences.count(null, deal);
        entry.became(Action.CREATED, null, deal.copy(), lead);
        tell("deal.created", "created", "Created from ", entry, deal);
        consequences.tellBornAtRisk(deal);
    }

    private void change(Entry entry, NormalisedDeal incoming, Deal held, FieldOrigin from, String matchedBy) {
        Deal deal = held.copy();
        Map<String, @Nullable Object> replaced = merge.apply(deal, incoming, from, matchedBy.equals(BY_NAME_COMPANY));
        addKey(entry, incoming, deal, replaced);
        if (held.merged) {
            resolution.mergedRecords.add(new Resolution.MergedRecord(
                    held.id(),
                    entry.externalKey,
                    entry.matchKey == null ? null : entry.matchKey.key(),
                    new StoredRecord(incoming, from, matchedBy.equals(BY_NAME_COMPANY))));
        }
        if (held.archivedAt != null) {
            // What its system tells of again is there again.
            deal.archivedAt = null;
            replaced.put("archived_at", held.archivedAt.toString());
        }
        Lead lead = leads.keep(entry.leadId, entry, incoming, from);
        if (replaced.containsKey(DealField.CONTACT_EMAIL.code()) && lead != null) {
            replaced.put("lead_id", deal.leadId == null ? null : deal.leadId.toString());
            deal.leadId = lead.id();
        }
        if (replaced.isEmpty()) {
            entry.became(Action.UNCHANGED, matchedBy, held, lead == null ? resolution.known.lead(held.leadId) : lead);
            judge(entry, held);
            return;
        }
        deal.updatedAt = batch.now();
        entry.scored(consequences.replace(held, deal, replaced));
        resolution.changes.add(new Resolution.Change(
                deal.id(), "deal", "ingest", entry.actor(), entry.row(), incoming.sourceUpdatedAt(), replaced));
        if (batch.importId() == null) {
            entry.audits(deal.id(), AuditDetails.of(replaced, DealView.of(deal, "", "")));
        }
        entry.became(Action.UPDATED, matchedBy, deal.copy(), lead == null ? resolution.known.lead(deal.leadId) : lead);
        tell("deal.updated", "updated", "Changed " + String.join(", ", replaced.keySet()) + " from ", entry, deal);
        consequences.tellScore(held, deal);
    }

    private void identify(Deal deal, Entry entry, NormalisedDeal incoming) {
        if (entry.matchKey != null) {
            deal.matchKey = entry.matchKey.key();
            deal.legalForm = entry.matchKey.legalForm();
        }
        addKey(entry, incoming, deal, new LinkedHashMap<>());
    }

    /** From now on the record's own id leads to this deal too, and its time is known. */
    private void addKey(Entry entry, NormalisedDeal incoming, Deal deal, Map<String, @Nullable Object> replaced) {
        String key = entry.externalKey;
        if (key == null || incoming.system() == null || incoming.externalId() == null) {
            return;
        }
        Instant time = incoming.sourceUpdatedAt();
        Known.HeldKey held = resolution.known.key(key);
        if (held == null) {
            String id = key.substring(incoming.system().length() + 1);
            resolution.newKeys.put(key, new Resolution.NewKey(incoming.system(), id, deal.id(), time));
            resolution.known.add(key, new Known.HeldKey(deal.id(), time));
            deal.externalKeys().add(key);
            replaced.put("external_keys_added", List.of(key));
            if (deal.externalId == null) {
                deal.externalId = id;
                replaced.put("external_id", null);
            }
        } else if (time != null && (held.sourceUpdatedAt() == null || time.isAfter(held.sourceUpdatedAt()))) {
            resolution.known.add(key, new Known.HeldKey(held.dealId(), time));
            Resolution.NewKey own = resolution.newKeys.get(key);
            if (own == null) {
                resolution.touchedKeys.put(key, time);
            } else {
                resolution.newKeys.put(key, new Resolution.NewKey(own.system(), own.externalId(), own.dealId(), time));
            }
        }
    }

    private void judge(Entry entry, Deal deal) {
        entry.scored(consequences.reasons(deal));
    }

    private void tell(String event, String activity, String sentence, Entry entry, Deal deal) {
        consequences.tell(event, deal);
        String suspicion = deal.spam ? ", taken for spam: " + String.join(", ", entry.spamReasons) : "";
        resolution.activities.add(new Resolution.NewActivity(
                deal.id(), activity, entry.actor(), sentence + batch.source() + suspicion, null));
    }

    private void tellMetrics() {
        boolean counts = batch.holdsCommands()
                ? !resolution.counters.isEmpty()
                : Stream.concat(resolution.created.values().stream(), resolution.updated.values().stream())
                        .anyMatch(deal -> !deal.spam);
        if (counts) {
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            data.put("created", batch.count(Action.CREATED));
            data.put("updated", batch.count(Action.UPDATED));
            resolution.events.add(new Resolution.NewEvent("metrics.updated", null, data));
        }
        if (batch.tellsProgress() && !batch.replays()) {
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            data.put("import_id", String.valueOf(batch.importId()));
            for (Action action : Action.values()) {
                data.put(action.code(), batch.count(action));
            }
            resolution.events.add(new Resolution.NewEvent("import.progress", null, data));
        }
    }
}
