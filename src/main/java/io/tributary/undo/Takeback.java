package io.tributary.undo;

import io.tributary.deal.Deal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a deal when an import's part in it is taken back: each field that the import changed is again what it
 * was, unless somebody else changed it since.
 *
 * @param after the deal without the import
 * @param replaced what the import had made of it, by field; empty when nothing comes back
 * @param forgottenKeys external ids that the import brought
 * @param kept what newer changes keep, by field
 */
record Takeback(
        Deal after, Map<String, @Nullable Object> replaced, List<String> forgottenKeys, Map<String, PastChange> kept) {
    private static final String KEYS_ADDED = "external_keys_added";

    /** The fields that follow others and are no news of their own. */
    private static final List<String> FOLLOWING = List.of("stage_entered_at", "lead_id", "external_id", KEYS_ADDED);

    /**
     * Takes the part of {@code anImport} back from {@code deal}.
     *
     * @param changes the deal's history, oldest first
     */
    static Takeback of(Deal deal, List<PastChange> changes, UUID anImport) {
        Deal after = deal.copy();
        Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
        Map<String, PastChange> kept = new LinkedHashMap<>();
        List<String> forgotten = forgetKeys(after, changes, anImport, kept);
        FieldPast.of(changes, deal.metadata()).forEach((field, past) -> {
            if (field.equals("external_id") || field.equals(KEYS_ADDED)) {
                return;
            }
            past.without(change -> change.isOf(anImport)).ifPresent(without -> {
                if (without.keptBy() == null) {
                    FieldValue.put(after, field, without.value(), replaced);
                } else if (!FOLLOWING.contains(field)) {
                    kept.put(field, without.keptBy());
                }
            });
        });
        if (!forgotten.isEmpty()) {
            replaced.put("external_keys_removed", forgotten);
        }
        if (after.externalId != null
                && after.externalKeys().stream().noneMatch(key -> key.endsWith(":" + after.externalId))) {
            replaced.put("external_id", after.externalId);
            after.externalId = after.externalKeys().isEmpty()
                    ? null
                    : after.externalKeys()
                            .get(0)
                            .substring(after.externalKeys().get(0).indexOf(':') + 1);
        }
        return new Takeback(after, replaced, forgotten, kept);
    }

    /** An id stays when later records of its system came for the deal: it is what they were recognised by. */
    private static List<String> forgetKeys(
            Deal after, List<PastChange> changes, UUID anImport, Map<String, PastChange> kept) {
        List<String> forgotten = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            PastChange change = changes.get(i);
            if (change.isLive() && change.isOf(anImport) && change.replaced().get(KEYS_ADDED) instanceof List<?> keys) {
                for (Object key : keys) {
                    PastChange user = laterOf(changes.subList(i + 1, changes.size()), String.valueOf(key), anImport);
                    if (user == null) {
                        after.externalKeys().remove(String.valueOf(key));
                        forgotten.add(String.valueOf(key));
                    } else {
                        kept.put("external_id", user);
                    }
                }
            }
        }
        return forgotten;
    }

    private static @Nullable PastChange laterOf(List<PastChange> later, String key, UUID anImport) {
        String system = key.substring(0, key.indexOf(':'));
        return later.stream()
                .filter(change -> change.isLive()
                        && !change.isOf(anImport)
                        && change.source().equals(system))
                .findFirst()
                .orElse(null);
    }
}
