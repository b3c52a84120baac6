package io.tributary.ingest;

import io.tributary.answer.ApiException;
import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.DealView;
import io.tributary.deal.OrderedId;
import io.tributary.deal.Times;
import io.tributary.json.Json;
import io.tributary.lead.Lead;
import io.tributary.metrics.HistogramDelta;
import io.tributary.metrics.StageDelta;
import io.tributary.metrics.Standing;
import io.tributary.metrics.TallyDelta;
import io.tributary.metrics.UnconvertedDelta;
import io.tributary.metrics.ValueBins;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * What each statement of the funnel is given, and what its result means for the batch. The statements themselves are
 * in {@code resources/sql}, under the same names.
 */
public final class FunnelStatements {
    /** The statements, in the order in which a batch meets them. */
    public static final List<String> NAMES = List.of(
            "enter-workspace",
            "claim-idempotency-keys",
            "identify-deals",
            "identify-mails",
            "identify-named-deals",
            "identify-deals-of-leads",
            "identify-leads",
            "lock-rejected",
            "insert-leads",
            "update-leads",
            "insert-deals",
            "update-deals",
            "insert-external-keys",
            "touch-external-keys",
            "insert-mails",
            "insert-stage-visits",
            "quarantine-records",
            "delete-deals",
            "find-lookalikes",
            "delete-likeness",
            "insert-likeness",
            "insert-pairs",
            "find-open-pairs",
            "keep-merged-records",
            "record-events",
            "count-batch",
            "advance-import",
            "release-rejected",
            "judge-rejected",
            "rank-values",
            "remember-answers");

    private static final String SERIALIZATION_FAILURE = "40001";

    /** For the registry, where routes find it. */
    public FunnelStatements() {}

    /** Whether {@code statement} has anything to do for this batch. */
    public static boolean isNeeded(String statement, Batch batch) {
        return switch (statement) {
            case "claim-idempotency-keys" -> batch.entries().stream().anyMatch(entry -> entry.claim() != null);
            case "identify-deals" -> !batch.holdsCommands();
            case "identify-mails" -> !mailKeys(batch).isEmpty();
            case "identify-named-deals" -> !namedDeals(batch).isEmpty();
            case "identify-deals-of-leads" -> !leadsWithDeals(batch).isEmpty();
            case "identify-leads" -> !leadIds(batch).isEmpty();
            case "insert-deals" -> !batch.resolution().created.isEmpty();
            case "update-deals" -> !batch.resolution().updated.isEmpty();
            case "insert-leads" -> !batch.resolution().newLeads.isEmpty();
            case "update-leads" -> !batch.resolution().changedLeads.isEmpty();
            case "insert-external-keys" -> !batch.resolution().newKeys.isEmpty();
            case "touch-external-keys" -> !batch.resolution().touchedKeys.isEmpty();
            case "insert-stage-visits" -> !batch.resolution().visits.isEmpty();
            case "insert-mails" -> !batch.resolution().mails.isEmpty();
            case "quarantine-records" -> !quarantined(batch).isEmpty();
            case "delete-deals" -> !batch.resolution().removed.isEmpty();
            case "keep-merged-records" -> !batch.resolution().mergedRecords.isEmpty();
            case "find-lookalikes", "delete-likeness", "insert-likeness", "insert-pairs", "find-open-pairs" ->
                batch.likeness().isNeeded(statement);
            case "lock-rejected" -> batch.replays();
            case "advance-import" -> batch.importId() != null && !batch.replays();
            case "release-rejected" -> !released(batch).isEmpty();
            case "judge-rejected" -> !judged(batch).isEmpty();
            case "rank-values" -> batch.ranked() && !rankedValues(batch).isEmpty();
            case "remember-answers" -> !answered(batch).isEmpty();
            default -> true;
        };
    }

    /** The statements whose parameters rest on what was decided alone, in the order in which they come. */
    private static final List<String> DECIDED = List.of(
            "insert-leads",
            "update-leads",
            "insert-deals",
            "update-deals",
            "insert-external-keys",
            "touch-external-keys",
            "insert-stage-visits",
            "quarantine-records");

    /** Those of them that a batch meets which is not only tried out. */
    private static final List<String> RECORDED = List.of("record-events", "count-batch");

    /** The statements that this batch will meet whose parameters rest on what was decided alone, in their order. */
    static List<String> decided(Batch batch) {
        return Stream.concat(DECIDED.stream(), batch.isKept() ? RECORDED.stream() : Stream.empty())
                .filter(statement -> isNeeded(statement, batch))
                .toList();
    }

    /** The parameters of {@code statement}. */
    public static Map<String, @Nullable Object> parameters(String statement, Batch batch) {
        Future<Map<String, @Nullable Object>> ahead = batch.parametersAhead(statement);
        return ahead == null ? write(statement, batch) : ReadAhead.await(ahead);
    }

    static Map<String, @Nullable Object> write(String statement, Batch batch) {
        Columns columns = new Columns()
                .scalar("tenant", batch.workspace().tenant())
                .scalar("workspace", batch.workspace().workspace())
                .scalar("source", batch.source())
                .scalar(
                        "import_id",
                        batch.importId() == null ? null : batch.importId().toString())
                .scalar("now", batch.now().toString());
        switch (statement) {
            case "enter-workspace" ->
                columns.scalar("workspace_lock", Locks.ofEntry(batch))
                        .scalar("whole_workspace", Locks.takesWorkspace(batch))
                        .scalar("locks", Locks.ofRecords(batch));
            case "claim-idempotency-keys" -> claims(columns, batch);
            case "identify-deals" ->
                columns.array("key_systems", batch.wanted().systems())
                        .array("key_ids", batch.wanted().ids())
                        .array("match_keys", batch.wanted().matchKeys());
            case "identify-mails" ->
                columns.texts("message_keys", new ArrayList<>(mailKeys(batch)), key -> "\\x" + key);
            case "identify-named-deals" -> columns.texts("named_ids", new ArrayList<>(namedDeals(batch)), id -> id);
            case "identify-deals-of-leads" ->
                columns.texts("lead_ids", new ArrayList<>(leadsWithDeals(batch)), id -> id);
            case "identify-leads" -> columns.texts("lead_ids", batch.known().ask(leadIds(batch)), id -> id);
            case "insert-deals" ->
                deals(columns, new ArrayList<>(batch.resolution().created.values()), batch.now());
            case "update-deals" -> deals(columns, sorted(batch.resolution().updated), batch.now());
            case "insert-leads", "update-leads" -> leads(columns, statement, batch);
            case "insert-external-keys" -> newKeys(columns, batch);
            case "touch-external-keys" -> touchedKeys(columns, batch);
            case "insert-stage-visits" -> visits(columns, batch);
            case "insert-mails" -> mails(columns, batch);
            case "quarantine-records" -> quarantine(columns, batch);
            case "delete-deals" -> removed(columns, batch);
            case "keep-merged-records" -> mergedRecords(columns, batch);
            case "find-lookalikes", "delete-likeness", "insert-likeness", "insert-pairs", "find-open-pairs" ->
                batch.likeness().parameters(statement, columns);
            case "record-events" -> record(columns, batch);
            case "count-batch" -> count(columns, batch);
            case "lock-rejected" -> columns.texts("rejected_ids", batch.entries(), Entry::replayed);
            case "advance-import" -> advance(columns, batch);
            case "release-rejected" ->
                columns.texts("rejected_ids", released(batch), Entry::replayed)
                        .texts(
                                "actions",
                                released(batch),
                                entry -> entry.action().code());
            case "judge-rejected" ->
                columns.texts("rejected_ids", judged(batch), Entry::replayed)
                        .texts("errors", judged(batch), FunnelStatements::errors);
            case "rank-values" -> rank(columns, batch);
            case "remember-answers" -> remember(columns, batch);
            default -> throw new IllegalArgumentException("no statement " + statement);
        }
        return columns.parameters();
    }

    /** Takes in what {@code statement} came to: its rows, or anything else where it gives none. */
    @SuppressWarnings("unchecked")
    public static void receive(String statement, Batch batch, Object result) {
        if (result instanceof List<?> rows) {
            receiveRows(statement, batch, (List<Map<String, @Nullable Object>>) rows);
        }
    }

    private static void receiveRows(String statement, Batch batch, List<Map<String, @Nullable Object>> rows) {
        Known known = batch.known();
        switch (statement) {
            case "enter-workspace" -> batch.happensAt(Times.now());
            case "claim-idempotency-keys" -> claimed(batch, rows);
            case "identify-deals" ->
                rows.forEach(row -> {
                    known.add(KnownReader.deal(row));
                    KnownReader.keys(row, known);
                    KnownReader.names(row, known);
                });
            case "identify-mails" ->
                rows.forEach(row -> known.addMail(
                        String.valueOf(row.get("message_key")), String.valueOf(row.get("body_hash")), (UUID)
                                Objects.requireNonNull(row.get("deal_id"))));
            case "identify-named-deals", "identify-deals-of-leads" ->
                rows.forEach(row -> known.add(KnownReader.deal(row)));
            case "identify-leads" -> rows.forEach(row -> known.add(KnownReader.lead(row)));
            case "lock-rejected" -> stillThere(batch, rows);
            case "quarantine-records" -> quarantinedAs(batch, rows);
            case "record-events" -> {
                if (rows.isEmpty()) {
                    // The workspace is gone, and its keys with it: nothing may be left behind.
                    throw ApiException.unauthorized();
                }
                batch.resolution().recordsBefore = number(rows.get(0), "records_before");
            }
            case "advance-import" -> {
                if (rows.isEmpty()) {
                    throw new ImportEndedException();
                }
            }
            case "rank-values" -> ranked(batch, rows);
            case "remember-answers" -> {
                if (rows.size() < answered(batch).size()) {
                    // Another hub was first with one of the keys: the next try finds its answer.
                    throw new ConcurrencyFailureException(
                            "an idempotency key was answered elsewhere",
                            new SQLException("answered elsewhere", SERIALIZATION_FAILURE));
                }
            }
            case "find-lookalikes", "insert-pairs", "find-open-pairs" ->
                batch.likeness().receive(statement, rows);
            default -> {
                // The others give nothing back that is needed.
            }
        }
    }

    // Claims

    private static void claims(Columns columns, Batch batch) {
        List<Integer> ordinals = new ArrayList<>();
        List<IdempotencyClaim> claims = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            IdempotencyClaim claim = batch.entries().get(i).claim();
            if (claim != null) {
                ordinals.add(i);
                claims.add(claim);
            }
        }
        columns.integers("claim_ordinals", ordinals, ordinal -> ordinal)
                .longs("claim_locks", claims, claim -> Locks.ofClaim(batch.workspace(), claim))
                .texts("claim_paths", claims, IdempotencyClaim::path)
                .texts("claim_keys", claims, IdempotencyClaim::key);
    }

    private static void claimed(Batch batch, List<Map<String, @Nullable Object>> rows) {
        Set<String> takenInThisBatch = new HashSet<>();
        for (Map<String, @Nullable Object> row : rows) {
            Entry entry = batch.entries().get(((Number) Objects.requireNonNull(row.get("ordinal"))).intValue());
            IdempotencyClaim claim = Objects.requireNonNull(entry.claim());
            byte[] hash = (byte[]) row.get("body_hash");
            if (hash != null) {
                boolean sameBody = java.util.HexFormat.of().formatHex(hash).equals(claim.bodyHash());
                int status = ((Number) Objects.requireNonNull(row.get("status"))).intValue();
                entry.claimed(
                        sameBody ? Entry.Claimed.ANSWERED : Entry.Claimed.ANSWERED_FOR_ANOTHER_BODY, status, (String)
                                row.get("answer"));
            } else if (!Boolean.TRUE.equals(row.get("claimed"))
                    || !takenInThisBatch.add(claim.path() + "\n" + claim.key())) {
                entry.claimed(Entry.Claimed.RUNNING_ELSEWHERE, 0, null);
            } else {
                entry.claimed(Entry.Claimed.OURS, 0, null);
            }
        }
    }

    private static List<Entry> answered(Batch batch) {
        return batch.entries().stream()
                .filter(entry -> entry.claimed() == Entry.Claimed.OURS)
                .toList();
    }

    private static void remember(Columns columns, Batch batch) {
        List<Entry> answered = answered(batch);
        List<Outcome> outcomes =
                answered.stream().map(entry -> Outcome.of(batch, entry)).toList();
        columns.texts(
                        "answer_paths",
                        answered,
                        entry -> Objects.requireNonNull(entry.claim()).path())
                .texts(
                        "answer_keys",
                        answered,
                        entry -> Objects.requireNonNull(entry.claim()).key())
                .texts(
                        "answer_hashes",
                        answered,
                        entry -> Objects.requireNonNull(entry.claim()).bodyHash())
                .integers("answer_statuses", outcomes, Outcome::status)
                .texts("answers", outcomes, Outcome::text);
    }

    // Identity

    private static Set<UUID> namedDeals(Batch batch) {
        Set<UUID> ids = new TreeSet<>();
        batch.commands().forEach(command -> ids.addAll(command.deals()));
        batch.known().dealsOfMails().forEach(ids::add);
        return ids;
    }

    /** The keys of the batch's mails and of those they continue. */
    private static Set<String> mailKeys(Batch batch) {
        Set<String> keys = new TreeSet<>();
        for (Entry entry : batch.entries()) {
            Arrival arrival = entry.arrival();
            if (arrival != null) {
                keys.add(arrival.key());
                keys.addAll(arrival.references());
            }
        }
        return keys;
    }

    private static void mails(Columns columns, Batch batch) {
        List<Resolution.NewMail> mails = batch.resolution().mails;
        columns.texts("mail_keys", mails, Resolution.NewMail::key)
                .texts("mail_hashes", mails, Resolution.NewMail::bodyHash)
                .texts("mail_message_ids", mails, Resolution.NewMail::messageId)
                .texts("mail_deals", mails, Resolution.NewMail::dealId);
    }

    private static void visits(Columns columns, Batch batch) {
        List<Resolution.Visit> visits = batch.resolution().visits;
        columns.texts("visit_deals", visits, Resolution.Visit::dealId)
                .texts("visit_entered", visits, Resolution.Visit::enteredAt)
                .texts("visit_left", visits, Resolution.Visit::leftAt)
                .texts("visit_stages", visits, visit -> visit.stage().code())
                .texts("visit_next", visits, visit -> visit.next().code());
    }

    private static Set<UUID> leadsWithDeals(Batch batch) {
        Set<UUID> ids = new TreeSet<>();
        batch.commands().filter(Command::needsDealsOfLeads).forEach(command -> ids.addAll(command.leads()));
        return ids;
    }

    /** The leads that may be meant, as far as is known, and were not looked for yet. */
    private static Set<UUID> leadIds(Batch batch) {
        Known known = batch.known();
        Set<UUID> ids = new LinkedHashSet<>();
        batch.wanted().leads().stream().filter(lead -> !known.isAsked(lead)).forEach(ids::add);
        batch.commands().forEach(command -> ids.addAll(command.leads()));
        if (batch.ranked() || batch.holdsCommands()) {
            // Each of these answers shows the lead of its deal, also when the record names nobody.
            for (Deal deal : known.deals()) {
                if (deal.leadId != null) {
                    ids.add(deal.leadId);
                }
            }
        }
        ids.removeIf(known::isAsked);
        return ids;
    }

    // Deals, leads and keys

    private static List<Deal> sorted(Map<UUID, Deal> deals) {
        List<Deal> sorted = new ArrayList<>(deals.values());
        sorted.sort((one, other) -> one.id().compareTo(other.id()));
        return sorted;
    }

    static void deals(Columns columns, List<Deal> deals, Instant now) {
        columns.texts("deal_id", deals, Deal::id)
                .texts("name", deals, Deal::name)
                .texts("company", deals, Deal::company)
                .numbers("value", deals, Deal::value)
                .texts("currency", deals, Deal::currency)
                .booleans("value_estimated", deals, Deal::valueEstimated)
                .texts("stage", deals, deal -> deal.stage().code())
                .numbers("probability", deals, Deal::probability)
                .texts("source", deals, deal -> deal.origin().source())
                .texts("expected_close_date", deals, Deal::expectedCloseDate)
                .texts("contact_email", deals, deal -> deal.text(DealField.CONTACT_EMAIL))
                .texts("contact_name", deals, deal -> deal.text(DealField.CONTACT_NAME))
                .texts("description", deals, deal -> deal.text(DealField.DESCRIPTION))
                .texts("lead_id", deals, deal -> deal.leadId)
                .texts("external_id", deals, deal -> deal.externalId)
                .texts("external_keys", deals, deal -> joined(deal.externalKeys()))
                .numbers("health_score", deals, deal -> deal.healthScore)
                .texts("risk_level", deals, deal -> deal.riskLevel)
                .texts("scored_at", deals, deal -> unless(now, deal.scoredAt))
                .texts("source_metadata", deals, deal -> json(deal.metadata()))
                .texts("match_key", deals, deal -> deal.matchKey)
                .texts("legal_form", deals, deal -> deal.legalForm)
                .numbers("base_value", deals, deal -> deal.baseValue)
                .booleans("spam", deals, deal -> deal.spam)
                .texts("created_at", deals, deal -> unless(now, deal.origin().at()))
                .texts("updated_at", deals, deal -> unless(now, deal.updatedAt))
                .texts("stage_entered_at", deals, deal -> unless(now, deal.stageEnteredAt))
                .texts("last_engagement_at", deals, deal -> deal.lastEngagementAt)
                .texts("engaged_on", deals, FunnelStatements::engagedOn)
                .integers("close_date_pushes", deals, deal -> deal.closeDatePushes)
                .texts("rescore_on", deals, deal -> deal.rescoreOn)
                .texts("archived_at", deals, deal -> deal.archivedAt)
                .texts("owner", deals, deal -> deal.owner)
                .texts("import_id", deals, deal -> deal.origin().importId())
                .integers("import_row", deals, deal -> deal.origin().importRow())
                .texts("actor", deals, deal -> deal.origin().actor())
                .texts("source_updated_at", deals, deal -> deal.origin().sourceUpdatedAt())
                .texts("assumed", deals, FunnelStatements::assumed)
                .texts("lineage", deals, FunnelStatements::lineage);
    }

    /** Most times are the batch's own, which the statement knows already. */
    private static @Nullable Instant unless(Instant now, Instant moment) {
        return moment.equals(now) ? null : moment;
    }

    private static @Nullable String engagedOn(Deal deal) {
        return deal.engagedOn.isEmpty()
                ? null
                : joined(deal.engagedOn.stream().map(LocalDate::toString).toList());
    }

    private static @Nullable String assumed(Deal deal) {
        return deal.assumed().isEmpty()
                ? null
                : joined(deal.assumed().stream().map(DealField::code).toList());
    }

    private static @Nullable String lineage(Deal deal) {
        if (deal.lineage().isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> lineage = new LinkedHashMap<>();
        deal.lineage().forEach((field, origin) -> lineage.put(field.code(), DealView.origin(origin)));
        return Json.write(lineage);
    }

    private static String json(Map<String, @Nullable Object> map) {
        return map.isEmpty() ? "{}" : Json.write(map);
    }

    private static @Nullable String joined(List<String> texts) {
        return texts.isEmpty() ? null : String.join("\n", texts);
    }

    private static void leads(Columns columns, String statement, Batch batch) {
        boolean fresh = statement.equals("insert-leads");
        Map<UUID, Lead> chosen = fresh ? batch.resolution().newLeads : batch.resolution().changedLeads;
        List<Lead> leads = new ArrayList<>(chosen.values());
        leads.sort((one, other) -> one.id().compareTo(other.id()));
        columns.texts("lead_ids", leads, Lead::id)
                .texts("emails", leads, Lead::email)
                .texts("first_names", leads, lead -> lead.firstName)
                .texts("last_names", leads, lead -> lead.lastName)
                .texts("companies", leads, lead -> lead.company)
                .texts("phones", leads, lead -> lead.phone)
                .texts("sources", leads, Lead::source)
                .texts("statuses", leads, lead -> lead.status)
                .booleans("spams", leads, Lead::isSpam)
                .texts("spam_reasons", leads, lead -> joined(lead.spamReasons))
                .texts("metadata", leads, lead -> json(lead.metadata));
    }

    private static void newKeys(Columns columns, Batch batch) {
        List<Resolution.NewKey> keys =
                new ArrayList<>(batch.resolution().newKeys.values());
        columns.texts("systems", keys, Resolution.NewKey::system)
                .texts("external_ids", keys, Resolution.NewKey::externalId)
                .texts("deal_ids", keys, Resolution.NewKey::dealId)
                .texts("source_updated_at", keys, Resolution.NewKey::sourceUpdatedAt);
    }

    private static void touchedKeys(Columns columns, Batch batch) {
        List<String> keys =
                batch.resolution().touchedKeys.keySet().stream().sorted().toList();
        columns.texts("systems", keys, key -> key.substring(0, key.indexOf(':')))
                .texts("external_ids", keys, key -> key.substring(key.indexOf(':') + 1))
                .texts(
                        "deal_ids",
                        keys,
                        key -> Objects.requireNonNull(batch.resolution().known.key(key))
                                .dealId())
                .texts("source_updated_at", keys, batch.resolution().touchedKeys::get);
    }

    private static void removed(Columns columns, Batch batch) {
        List<Deal> deals = sorted(batch.resolution().removed);
        List<String> keys =
                deals.stream().flatMap(deal -> deal.externalKeys().stream()).toList();
        columns.texts("removed_deals", deals, Deal::id)
                .texts("key_systems", keys, key -> key.substring(0, key.indexOf(':')))
                .texts("key_ids", keys, key -> key.substring(key.indexOf(':') + 1));
    }

    private static void mergedRecords(Columns columns, Batch batch) {
        List<Resolution.MergedRecord> records = batch.resolution().mergedRecords;
        columns.texts("record_deals", records, Resolution.MergedRecord::dealId)
                .texts("record_keys", records, Resolution.MergedRecord::externalKey)
                .texts("record_names", records, Resolution.MergedRecord::matchKey)
                .texts("records", records, record -> record.record().text());
    }

    // Quarantine

    private static List<Entry> quarantined(Batch batch) {
        return batch.entries().stream()
                .filter(entry -> entry.action() == Action.REJECTED && entry.quarantined() && !entry.isTakenElsewhere())
                .toList();
    }

    private static void quarantine(Columns columns, Batch batch) {
        // One statement cannot meet the same record twice.
        Map<String, Entry> byContent = new LinkedHashMap<>();
        for (Entry entry : quarantined(batch)) {
            byContent.put(ContentKey.of(batch, entry), entry);
        }
        List<String> contents = byContent.keySet().stream().sorted().toList();
        List<Entry> entries = contents.stream().map(byContent::get).toList();
        columns.texts("rejected_ids", entries, entry -> OrderedId.next())
                .integers("import_rows", entries, Entry::row)
                .texts("raws", entries, entry -> batch.reader().original(entry.content()))
                .texts("errors", entries, FunnelStatements::errors)
                .texts("actors", entries, Entry::actor)
                .texts("content_keys", contents, content -> content);
    }

    private static String errors(Entry entry) {
        return Json.write(entry.errors().stream()
                .map(error -> {
                    Map<String, @Nullable Object> fault = new LinkedHashMap<>();
                    fault.put("field", error.field());
                    fault.put("value", error.value());
                    fault.put("error", error.error());
                    return fault;
                })
                .toList());
    }

    private static void quarantinedAs(Batch batch, List<Map<String, @Nullable Object>> rows) {
        Map<String, UUID> ids = new HashMap<>();
        rows.forEach(row -> ids.put((String) Objects.requireNonNull(row.get("content_key")), (UUID)
                Objects.requireNonNull(row.get("rejected_id"))));
        for (Entry entry : quarantined(batch)) {
            UUID id = ids.get(ContentKey.of(batch, entry));
            if (id != null) {
                entry.quarantinedAs(id);
            }
        }
    }

    /** Of records that are tried again, those that somebody else has taken or dismissed meanwhile are no more. */
    private static void stillThere(Batch batch, List<Map<String, @Nullable Object>> rows) {
        Map<Object, Long> times = new HashMap<>();
        rows.forEach(row -> times.put(Objects.requireNonNull(row.get("rejected_id")), number(row, "times")));
        for (Entry entry : batch.entries()) {
            Long counted = times.get(entry.replayed());
            if (counted == null) {
                entry.refusedWith(ApiException.notFound());
            } else {
                entry.countedAsRejected(counted.intValue());
            }
        }
    }

    /** Records from quarantine that were taken. */
    private static List<Entry> released(Batch batch) {
        return batch.entries().stream()
                .filter(entry -> entry.replayed() != null
                        && entry.action() != Action.REJECTED
                        && !entry.isTakenElsewhere()
                        && entry.refusal() == null)
                .toList();
    }

    /** Records from quarantine that were refused as they are kept, so that the new faults are theirs. */
    private static List<Entry> judged(Batch batch) {
        return batch.entries().stream()
                .filter(entry -> entry.replayed() != null
                        && entry.action() == Action.REJECTED
                        && entry.corrections().isEmpty()
                        && !entry.isTakenElsewhere()
                        && entry.refusal() == null)
                .toList();
    }

    // The ledger

    private static void record(Columns columns, Batch batch) {
        Resolution resolution = batch.resolution();
        List<Resolution.NewActivity> activities = resolution.activities;
        List<Resolution.Change> changes = resolution.changes;
        List<Resolution.NewEvent> events = resolution.events;
        columns.scalar("events", events.size())
                .scalar("records", Math.max(activities.size(), changes.size()))
                .texts("event_types", events, Resolution.NewEvent::type)
                .texts("event_subjects", events, Resolution.NewEvent::subject)
                .texts("event_data", events, event -> Json.write(event.data()))
                .texts("activity_deals", activities, Resolution.NewActivity::dealId)
                .texts("activity_types", activities, Resolution.NewActivity::type)
                .texts("activity_sources", activities, activity -> batch.source())
                .texts("activity_actors", activities, Resolution.NewActivity::actor)
                .texts("activity_texts", activities, Resolution.NewActivity::text)
                .texts("activity_times", activities, Resolution.NewActivity::at)
                .texts("history_subjects", changes, Resolution.Change::subject)
                .texts("history_entities", changes, Resolution.Change::entity)
                .texts("history_causes", changes, Resolution.Change::cause)
                .texts("history_sources", changes, change -> batch.source())
                .texts("history_actors", changes, Resolution.Change::actor)
                .integers("history_rows", changes, Resolution.Change::row)
                .texts("history_source_times", changes, Resolution.Change::sourceUpdatedAt)
                .texts("history_replaced", changes, change -> Json.write(change.replaced()));
        // A file or bulk call is audited once, as a whole; what comes one by one is audited one by one.
        List<Entry> audited = batch.entries().stream()
                .filter(entry -> isAudited(batch, entry))
                .toList();
        columns.texts("audit_actors", audited, Entry::actor)
                .texts("audit_actions", audited, FunnelStatements::auditAction)
                .texts("audit_subjects", audited, Entry::subject)
                .texts("audit_details", audited, FunnelStatements::auditDetails)
                .texts("audit_sources", audited, entry -> batch.source());
    }

    private static boolean isAudited(Batch batch, Entry entry) {
        if (entry.isTakenElsewhere()) {
            return false;
        }
        if (entry.replayed() != null) {
            return entry.refusal() == null && entry.action() != Action.REJECTED;
        }
        // A command that changed nothing leaves no trace.
        return entry.command() == null
                ? batch.importId() == null
                : entry.subject() != null && entry.auditDetails() != null;
    }

    private static String auditAction(Entry entry) {
        if (entry.command() != null) {
            return entry.command().action();
        }
        return entry.replayed() == null ? "deal." + entry.action().code() : "rejected.replayed";
    }

    private static String auditDetails(Entry entry) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        if (entry.replayed() != null) {
            details.put("rejected_id", entry.replayed().toString());
            details.put("outcome", entry.action().code());
            details.put("corrections", entry.corrections());
        }
        if (entry.auditDetails() != null) {
            details.putAll(entry.auditDetails());
        }
        return details.isEmpty() ? "{}" : Json.write(details);
    }

    private static void count(Columns columns, Batch batch) {
        List<StageDelta> stages = batch.resolution().counters.stageDeltas();
        List<UnconvertedDelta> unconverted = batch.resolution().counters.unconvertedDeltas();
        List<HistogramDelta> histogram = batch.resolution().counters.histogramDeltas();
        List<TallyDelta> tallies = batch.resolution().counters.tallyDeltas();
        columns.texts("stages", stages, delta -> delta.stage().code())
                .longs("stage_deals", stages, StageDelta::deals)
                .numbers("stage_values", stages, StageDelta::baseSum)
                .numbers("stage_weighted", stages, StageDelta::weighted)
                .numbers("stage_won_seconds", stages, delta -> BigDecimal.valueOf(delta.wonSeconds()))
                .texts("unconverted_currencies", unconverted, UnconvertedDelta::currency)
                .longs("unconverted_deals", unconverted, UnconvertedDelta::deals)
                .numbers("unconverted_values", unconverted, UnconvertedDelta::value)
                .integers("histogram_levels", histogram, HistogramDelta::level)
                .longs("histogram_floors", histogram, delta -> cents(delta.floor()))
                .longs("histogram_deals", histogram, HistogramDelta::deals)
                .texts("tally_kinds", tallies, TallyDelta::kind)
                .texts("tally_keys", tallies, TallyDelta::key)
                .longs("tally_deals", tallies, TallyDelta::deals)
                .numbers("tally_values", tallies, TallyDelta::value)
                .numbers("tally_weighted", tallies, TallyDelta::weighted)
                .numbers("tally_committed", tallies, TallyDelta::committed)
                .scalar("accepted", acceptedRecords(batch))
                .scalar("rejected", rejectedRecords(batch));
    }

    private static long acceptedRecords(Batch batch) {
        if (batch.replays()) {
            return replayedRecords(batch);
        }
        return batch.holdsCommands() ? 0 : accepted(batch);
    }

    private static long rejectedRecords(Batch batch) {
        if (batch.replays()) {
            return -replayedRecords(batch);
        }
        return batch.holdsCommands() ? 0 : batch.count(Action.REJECTED);
    }

    /** What was counted as rejected, by each import that brought it, and is taken now. */
    private static long replayedRecords(Batch batch) {
        return released(batch).stream().mapToLong(Entry::timesRejected).sum();
    }

    private static int accepted(Batch batch) {
        return batch.count(Action.CREATED) + batch.count(Action.UPDATED) + batch.count(Action.UNCHANGED);
    }

    private static void advance(Columns columns, Batch batch) {
        int last = batch.entries().isEmpty()
                ? 0
                : batch.entries().get(batch.size() - 1).row();
        columns.scalar("position", (long) last)
                .scalar(
                        "first_row",
                        batch.entries().isEmpty()
                                ? 1L
                                : (long) batch.entries().get(0).row())
                .scalar("received", (long) batch.size())
                .scalar("created", (long) batch.count(Action.CREATED))
                .scalar("updated", (long) batch.count(Action.UPDATED))
                .scalar("unchanged", (long) batch.count(Action.UNCHANGED))
                .scalar("rejected", (long) batch.count(Action.REJECTED))
                .scalar("warnings", Json.write(ImportJob.warnings(batch)));
    }

    // Ranks

    private static List<BigDecimal> rankedValues(Batch batch) {
        Set<BigDecimal> values = new LinkedHashSet<>();
        boolean any = false;
        for (Entry entry : batch.entries()) {
            Deal deal = active(batch, entry);
            if (deal != null) {
                any = true;
                if (deal.baseValue != null) {
                    values.add(deal.baseValue);
                }
            }
        }
        if (any && values.isEmpty()) {
            // Deals without a value need the totals alone; any value brings them along.
            values.add(BigDecimal.ZERO.setScale(2));
        }
        return new ArrayList<>(values);
    }

    /** The entry's deal as the whole batch leaves it, which is what the counters hold; null where it has no rank. */
    private static @Nullable Deal active(Batch batch, Entry entry) {
        Deal deal = entry.result() == null
                ? null
                : batch.known().deal(entry.result().id());
        return deal == null || deal.isAside() || deal.stage().closed() ? null : deal;
    }

    private static void rank(Columns columns, Batch batch) {
        List<BigDecimal> values = rankedValues(batch);
        columns.longs("rank_values", values, FunnelStatements::cents)
                .longs("rank_next_fine", values, value -> cents(ValueBins.nextFine(ValueBins.fine(value))))
                .longs("rank_next_coarse", values, value -> cents(ValueBins.nextCoarse(ValueBins.coarse(value))));
    }

    /** An amount as the histogram keeps it. */
    private static long cents(BigDecimal amount) {
        return amount.movePointRight(2).longValueExact();
    }

    private static void ranked(Batch batch, List<Map<String, @Nullable Object>> rows) {
        List<BigDecimal> values = rankedValues(batch);
        Map<BigDecimal, Long> greater = new HashMap<>();
        long valued = 0;
        long total = 0;
        for (Map<String, @Nullable Object> row : rows) {
            greater.put(values.get((int) number(row, "ordinal") - 1), number(row, "greater"));
            valued = number(row, "valued");
            total = number(row, "deals");
        }
        for (Entry entry : batch.entries()) {
            Deal deal = active(batch, entry);
            if (deal != null) {
                // A deal without a value ranks behind every deal that has one.
                long above = deal.baseValue == null ? valued : greater.getOrDefault(deal.baseValue, 0L);
                entry.ranked(Standing.of(above, total));
            }
        }
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return ((Number) Objects.requireNonNull(row.get(column))).longValue();
    }
}
