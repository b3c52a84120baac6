package io.tributary.ingest;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.FieldOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Whose value of a field counts when two sources state one: what nobody stated gives way, an estimate never beats a
 * stated value, older never beats newer, and a source that is trusted less never replaces one that is trusted more.
 */
final class Precedence {
    /** Sources that guess from a visitor's or a writer's words: they fill blanks of other sources, no more. */
    private static final Set<String> ONLY_FILLING = Set.of("web_form", "email");

    private final List<String> trust;

    Precedence(List<String> trust) {
        this.trust = trust;
    }

    /** Whether the incoming value of {@code field} takes the place of what {@code deal} holds. */
    boolean replaces(Deal deal, DealField field, FieldOrigin incoming, boolean incomingAssumed) {
        if (deal.get(field) == null) {
            return true;
        }
        FieldOrigin held = deal.originOf(field);
        boolean heldAssumed = deal.assumed().contains(field);
        if (incomingAssumed) {
            // A later estimate of the same source knows more; a default stage never moves a deal back.
            return heldAssumed && field == DealField.VALUE && held.source().equals(incoming.source());
        }
        if (heldAssumed) {
            return true;
        }
        return !onlyFills(held, incoming) && !trustedLess(held, incoming) && !isOlder(held, incoming);
    }

    /** Whether {@code incoming} may lay its unknown fields over those that {@code deal} holds already. */
    boolean onlyFills(FieldOrigin held, FieldOrigin incoming) {
        return guesses(incoming.source()) && !held.source().equals(incoming.source());
    }

    /** Whether records of {@code source} are what a visitor or a writer says of themselves. */
    static boolean guesses(String source) {
        return ONLY_FILLING.contains(source);
    }

    private boolean trustedLess(FieldOrigin held, FieldOrigin incoming) {
        return rank(incoming.source()) > rank(held.source());
    }

    private int rank(String source) {
        int rank = trust.indexOf(source);
        return rank < 0 ? trust.size() : rank;
    }

    private static boolean isOlder(FieldOrigin held, FieldOrigin incoming) {
        Instant incomingTime = incoming.sourceUpdatedAt();
        if (incomingTime == null) {
            // Without a time of its own a value is as of its arrival, and that is now.
            return false;
        }
        Instant heldTime = held.sourceUpdatedAt();
        if (heldTime != null) {
            return incomingTime.isBefore(heldTime);
        }
        // Within one source a stated time and an arrival cannot be compared, so the later arrival counts.
        return !held.source().equals(incoming.source()) && incomingTime.isBefore(held.at());
    }
}
