package io.tributary.ingest;

import java.util.Set;
import java.util.UUID;

/**
 * A change of deals and leads that are named by their ids, decided by a person or by the hub itself: an edit, a merge, a
 * new score. It goes through the funnel as an entry of a batch, like a record, and is written by the same statements. It
 * may be run more than once before it is committed, so it keeps nothing of a run for the next.
 */
public interface Command {
    /** Why, in one word, as history tells it: {@code edit}, {@code merge}, {@code rollback}. */
    String cause();

    /** What is done, as the audit log tells it: {@code deal.edited}. */
    String action();

    /** The deals it reads or changes; they are locked before it runs. Ids that lead nowhere are allowed. */
    default Set<UUID> deals() {
        return Set.of();
    }

    /** The leads it reads, changes or makes; nobody else changes or makes them before it is committed. */
    default Set<UUID> leads() {
        return Set.of();
    }

    /** Whether it needs every deal of its leads as well; finding them costs more the more deals there are. */
    default boolean needsDealsOfLeads() {
        return false;
    }

    /**
     * Whether it may change by what a deal is recognised, its name, company or external ids: then it has the workspace
     * for itself, so that no record is recognised by what is just being changed.
     */
    default boolean changesIdentity() {
        return false;
    }

    /**
     * Does it, by reading from and writing to {@code desk}.
     *
     * @throws io.tributary.answer.ApiException to refuse it, before anything is written to the desk
     */
    void run(Desk desk);
}
