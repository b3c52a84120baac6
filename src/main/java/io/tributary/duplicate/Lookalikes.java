package io.tributary.duplicate;

import io.tributary.identity.DealLikeness;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
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
 * Looks for the lookalikes of a batch's deals, among those that are stored and within the batch. What it costs is
 * bounded: a few keys a deal, the newest deals of each key, the best pairs of each deal.
 */
public final class Lookalikes {
    /** How many deals of a key are looked at; the statement {@code find-lookalikes} takes as many. */
    private static final int OF_A_KEY = 16;

    private static final int PAIRS_OF_A_DEAL = 5;

    private record Compared(UUID id, DealLikeness likeness, Set<Long> keys) {}

    private final Map<UUID, Compared> asking = new LinkedHashMap<>();
    private final Map<UUID, DealLikeness> stored = new HashMap<>();
    private final Map<Long, Deque<UUID>> byKey = new HashMap<>();

    /** A deal whose lookalikes are wanted. */
    public void add(UUID id, DealLikeness likeness) {
        asking.put(id, new Compared(id, likeness, likeness.keys()));
    }

    public boolean isEmpty() {
        return asking.isEmpty();
    }

    public boolean isAsking(UUID deal) {
        return asking.containsKey(deal);
    }

    /** Takes in the rows of {@code find-lookalikes}. */
    public void take(List<Map<String, @Nullable Object>> rows) {
        for (Map<String, @Nullable Object> row : rows) {
            UUID id = (UUID) Objects.requireNonNull(row.get("deal_id"));
            if (!asking.containsKey(id)) {
                stored.computeIfAbsent(id, any -> Likenesses.of(row));
                byKey.computeIfAbsent((Long) Objects.requireNonNull(row.get("key")), any -> new ArrayDeque<>())
                        .addLast(id);
            }
        }
    }

    /** The parameters of {@code find-lookalikes}. */
    public Map<String, Object> wanted() {
        Set<Long> keys = new HashSet<>();
        asking.values().forEach(deal -> keys.addAll(deal.keys));
        return Map.of("likeness_keys", keys.stream().sorted().toArray(Long[]::new));
    }

    /** The parameters of {@code insert-likeness}, in the order of its index. */
    public Map<String, Object> likeness() {
        Map<Long, List<UUID>> ordered = new TreeMap<>();
        asking.values()
                .forEach(deal -> deal.keys.forEach(key ->
                        ordered.computeIfAbsent(key, any -> new ArrayList<>(1)).add(deal.id)));
        List<Long> keys = new ArrayList<>();
        List<String> deals = new ArrayList<>();
        ordered.forEach((key, ids) -> ids.forEach(id -> {
            keys.add(key);
            deals.add(id.toString());
        }));
        return Map.of("likeness_keys", keys.toArray(Long[]::new), "likeness_deals", deals.toArray(String[]::new));
    }

    /** The pairs found, the best of each deal. */
    public List<FoundPair> pairs() {
        List<FoundPair> pairs = new ArrayList<>();
        Map<UUID, DealLikeness> known = new HashMap<>(stored);
        for (Compared deal : asking.values()) {
            List<FoundPair> own = new ArrayList<>();
            Set<UUID> seen = new HashSet<>();
            for (Long key : deal.keys) {
                Deque<UUID> others = byKey.computeIfAbsent(key, any -> new ArrayDeque<>());
                for (UUID other : others) {
                    if (seen.add(other)) {
                        deal.likeness
                                .compare(Objects.requireNonNull(known.get(other)))
                                .ifPresent(found -> own.add(FoundPair.of(deal.id, other, found)));
                    }
                }
                others.addFirst(deal.id);
                if (others.size() > OF_A_KEY) {
                    others.removeLast();
                }
            }
            known.put(deal.id, deal.likeness);
            own.sort(Comparator.comparing((FoundPair pair) -> pair.resemblance().score())
                    .reversed());
            pairs.addAll(own.subList(0, Math.min(own.size(), PAIRS_OF_A_DEAL)));
        }
        return pairs;
    }

    /** The parameters of {@code insert-pairs}. */
    public static Map<String, Object> parameters(List<FoundPair> pairs) {
        return Map.of(
                "pair_ids", texts(pairs, FoundPair::id),
                "first_deals", texts(pairs, FoundPair::first),
                "second_deals", texts(pairs, FoundPair::second),
                "scores", pairs.stream().map(pair -> pair.resemblance().score()).toArray(BigDecimal[]::new),
                "reasons", pairs.stream().map(pair -> pair.resemblance().why()).toArray(String[]::new));
    }

    private static String[] texts(List<FoundPair> pairs, java.util.function.Function<FoundPair, UUID> column) {
        return pairs.stream().map(pair -> column.apply(pair).toString()).toArray(String[]::new);
    }
}
