package io.tributary.undo;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.identity.MatchKey;
import io.tributary.lead.Lead;
import io.tributary.tenant.TenantSettings;
import io.tributary.tenant.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a deal since another one was merged into it, told again to the two of them as if they had never been
 * one: a record goes to the deal whose external id or name it carries, anything a person changed stays with the kept one.
 */
final class Since {
    private final Deal now;
    private final Deal keptBefore;
    private final Deal mergedBefore;
    private final List<MergedRecord> records;
    private final List<PastChange> history;
    private final TenantSettings settings;

    Since(
            Deal now,
            Deal keptBefore,
            Deal mergedBefore,
            List<MergedRecord> records,
            List<PastChange> history,
            TenantSettings settings) {
        this.now = now;
        this.keptBefore = keptBefore;
        this.mergedBefore = mergedBefore;
        this.records = records;
        this.history = history;
        this.settings = settings;
    }

    /** One thing that happened, at its place in the order of the workspace. */
    private record Happening(long number, int place, Runnable effect) {}

    /** Both deals as they are without the merge. */
    Apart apart(WorkspaceId workspace, Instant mergedAt) {
        Deal kept = keptBefore.copy();
        Deal merged = mergedBefore.copy();
        List<Apart.Moved> moved = new ArrayList<>();
        List<MergedRecord> ofMerged =
                records.stream().filter(this::belongsToMerged).toList();
        Stream<Happening> recorded = records.stream()
                .map(record -> new Happening(
                        record.number(),
                        record.place(),
                        () -> take(record, ofMerged.contains(record), kept, merged, moved, workspace)));
        Map<String, FieldPast> pasts = FieldPast.of(history, now.metadata());
        Stream<Happening> edited = history.stream()
                .filter(change -> !change.undone() && !change.cause().equals(PastChange.INGEST))
                .map(change -> new Happening(change.number(), 0, () -> repeat(change, pasts, kept)));
        Stream.concat(recorded, edited)
                .sorted(Comparator.comparingLong(Happening::number).thenComparingInt(Happening::place))
                .forEach(happening -> happening.effect.run());
        if (now.lastEngagementAt != null && now.lastEngagementAt.isAfter(mergedAt)) {
            kept.lastEngagementAt = now.lastEngagementAt;
            kept.engagedOn = now.engagedOn;
        }
        return new Apart(kept, merged, moved, ofMerged);
    }

    private boolean belongsToMerged(MergedRecord record) {
        if (record.externalKey() != null && keptBefore.externalKeys().contains(record.externalKey())) {
            return false;
        }
        if (record.externalKey() != null && mergedBefore.externalKeys().contains(record.externalKey())) {
            return true;
        }
        // A new id of another system goes where later records of that id went before.
        return record.matchKey() != null
                && record.matchKey().equals(mergedBefore.matchKey)
                && !record.matchKey().equals(keptBefore.matchKey);
    }

    private void take(
            MergedRecord record,
            boolean ofMerged,
            Deal kept,
            Deal merged,
            List<Apart.Moved> moved,
            WorkspaceId workspace) {
        Deal deal = ofMerged ? merged : kept;
        Map<String, @Nullable Object> replaced = record.record().applyTo(deal, settings);
        String key = record.externalKey();
        if (key != null
                && now.externalKeys().contains(key)
                && !deal.externalKeys().contains(key)) {
            deal.externalKeys().add(key);
            replaced.put("external_keys_added", List.of(key));
            if (deal.externalId == null) {
                FieldValue.put(deal, "external_id", key.substring(key.indexOf(':') + 1), replaced);
            }
        }
        if (replaced.isEmpty()) {
            return;
        }
        deal.updatedAt = record.record().from().at();
        String email = deal.text(DealField.CONTACT_EMAIL);
        if (replaced.containsKey(DealField.CONTACT_EMAIL.code()) && email != null) {
            FieldValue.put(
                    deal,
                    "lead_id",
                    Lead.idOf(workspace.tenant(), workspace.workspace(), email).toString(),
                    replaced);
        }
        if (ofMerged) {
            if (replaced.containsKey(DealField.NAME.code()) || replaced.containsKey(DealField.COMPANY.code())) {
                rename(merged);
            }
            moved.add(new Apart.Moved(record, replaced));
        }
    }

    private static void rename(Deal deal) {
        MatchKey key = MatchKey.of(deal.name(), deal.company()).orElse(null);
        deal.matchKey = key == null ? null : key.key();
        deal.legalForm = key == null ? null : key.legalForm();
    }

    /** What somebody changed since is changed again, to what it became then. */
    private void repeat(PastChange change, Map<String, FieldPast> pasts, Deal kept) {
        if (change.cause().equals(PastChange.UNMERGE)) {
            return;
        }
        Object rolledBack = change.replaced().get(PastChange.ROLLED_BACK);
        pasts.forEach((field, past) -> {
            // What an import brought since is not there without the merge, nor is its being taken back.
            boolean broughtSince = rolledBack != null
                    && past.isTouchedBy(earlier -> earlier.importId() != null
                            && earlier.importId().toString().equals(rolledBack));
            if (past.holds(change) && !broughtSince) {
                FieldValue.put(kept, field, past.after(change, FieldValue.of(now, field)), new LinkedHashMap<>());
            }
        });
    }
}
