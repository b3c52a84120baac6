package io.tributary.ingest;

import io.tributary.deal.Deal;
import io.tributary.duplicate.FoundPair;
import io.tributary.duplicate.Likenesses;
import io.tributary.duplicate.Lookalikes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the statements about possible duplicates are given, and what they come to. Deals that come one by one are compared
 * in the batch's own transaction, since each answer lists them; those of files and bulk calls are compared after the
 * commit, so that a file takes no longer for it.
 */
final class LikenessStatements {
    static final List<String> NAMES =
            List.of("find-lookalikes", "delete-likeness", "insert-likeness", "insert-pairs", "find-open-pairs");

    private static final int LISTED = 10;

    private final Batch batch;
    private final Lookalikes lookalikes = new Lookalikes();
    private final Map<Long, List<UUID>> oldKeys = new TreeMap<>();
    private final Set<UUID> forgotten = new HashSet<>();
    private final Set<UUID> removed = new HashSet<>();
    private final Map<UUID, List<Map<String, @Nullable Object>>> listed = new HashMap<>();
    private List<FoundPair> pairs = List.of();

    LikenessStatements(Batch batch) {
        this.batch = batch;
        Resolution resolution = batch.resolution();
        if (batch.importId() == null) {
            resolution.created.values().forEach(this::compare);
            resolution.restored.values().forEach(this::compare);
        }
        resolution.identityBefore.forEach((id, before) -> {
            Deal after = resolution.updated.get(id);
            if (after != null) {
                forget(before);
                compare(after);
            }
        });
        resolution.removed.values().forEach(deal -> {
            forget(deal);
            removed.add(deal.id());
        });
    }

    private void compare(Deal deal) {
        if (!deal.spam) {
            lookalikes.add(deal.id(), Likenesses.of(deal));
        }
    }

    private void forget(Deal deal) {
        forgotten.add(deal.id());
        Likenesses.of(deal)
                .keys()
                .forEach(key ->
                        oldKeys.computeIfAbsent(key, any -> new ArrayList<>(1)).add(deal.id()));
    }

    boolean isNeeded(String statement) {
        return switch (statement) {
            case "delete-likeness" -> !forgotten.isEmpty();
            case "insert-pairs" -> !found().isEmpty();
            case "find-open-pairs" -> batch.ranked() && !asked().isEmpty();
            default -> !lookalikes.isEmpty();
        };
    }

    void parameters(String statement, Columns columns) {
        switch (statement) {
            case "find-lookalikes" -> lookalikes.wanted().forEach(columns::scalar);
            case "insert-likeness" -> lookalikes.likeness().forEach(columns::scalar);
            case "insert-pairs" -> Lookalikes.parameters(pairs).forEach(columns::scalar);
            case "find-open-pairs" -> columns.texts("asked_deals", new ArrayList<>(asked()), id -> id);
            case "delete-likeness" -> forgotten(columns);
            default -> throw new IllegalArgumentException("no statement " + statement);
        }
    }

    private void forgotten(Columns columns) {
        List<Long> keys = new ArrayList<>();
        List<UUID> deals = new ArrayList<>();
        oldKeys.forEach((key, ids) -> ids.forEach(id -> {
            keys.add(key);
            deals.add(id);
        }));
        columns.longs("old_keys", keys, key -> key)
                .texts("old_deals", deals, id -> id)
                .texts("forgotten_deals", new ArrayList<>(forgotten), id -> id)
                .texts("removed_deals", new ArrayList<>(removed), id -> id);
    }

    void receive(String statement, List<Map<String, @Nullable Object>> rows) {
        switch (statement) {
            case "find-lookalikes" -> lookalikes.take(rows);
            case "insert-pairs" -> rows.forEach(row -> list(row, pairs));
            case "find-open-pairs" -> rows.forEach(this::list);
            default -> {
                // The others give nothing back.
            }
        }
    }

    /** Works the pairs out once every candidate is known. */
    private List<FoundPair> found() {
        if (pairs.isEmpty()) {
            pairs = lookalikes.pairs();
        }
        return pairs;
    }

    /** The deals that were not compared in this batch, so that their pairs have to be asked for. */
    private Set<UUID> asked() {
        Set<UUID> asked = new HashSet<>();
        for (Entry entry : batch.entries()) {
            Deal deal = entry.result();
            if (deal != null && !lookalikes.isAsking(deal.id())) {
                asked.add(deal.id());
            }
        }
        return asked;
    }

    private void list(Map<String, @Nullable Object> row, List<FoundPair> found) {
        UUID first = (UUID) Objects.requireNonNull(row.get("first_deal"));
        UUID second = (UUID) Objects.requireNonNull(row.get("second_deal"));
        for (FoundPair pair : found) {
            if (pair.first().equals(first) && pair.second().equals(second)) {
                list(
                        first,
                        second,
                        pair.resemblance().score(),
                        pair.resemblance().why());
                list(
                        second,
                        first,
                        pair.resemblance().score(),
                        pair.resemblance().why());
            }
        }
    }

    private void list(Map<String, @Nullable Object> row) {
        list(
                (UUID) Objects.requireNonNull(row.get("deal_id")),
                (UUID) Objects.requireNonNull(row.get("other_deal")),
                (BigDecimal) Objects.requireNonNull(row.get("score")),
                (String) Objects.requireNonNull(row.get("why")));
    }

    private void list(UUID deal, UUID other, BigDecimal score, String why) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("deal_id", other.toString());
        view.put("score", score);
        view.put("why", why);
        listed.computeIfAbsent(deal, any -> new ArrayList<>()).add(view);
    }

    /** What the answer for {@code deal} lists, the likeliest first. */
    List<Map<String, @Nullable Object>> listedFor(UUID deal) {
        return listed.getOrDefault(deal, List.of()).stream()
                .sorted(Comparator.comparing((Map<String, @Nullable Object> view) ->
                                (BigDecimal) Objects.requireNonNull(view.get("score")))
                        .reversed())
                .limit(LISTED)
                .toList();
    }
}
