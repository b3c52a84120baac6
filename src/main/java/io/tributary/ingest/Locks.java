package io.tributary.ingest;

import io.tributary.tenant.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/**
 * The advisory locks that make races harmless. A small batch shares its workspace's lock and takes one on each of its
 * ids, names and addresses, in one fixed order; a large batch takes the workspace's lock alone and for itself, since
 * the database's lock table is shared by all and too small for thousands of locks a transaction.
 */
public final class Locks {
    private static final int SMALL = 256;

    private Locks() {}

    /** Whether the batch takes the workspace for itself. */
    static boolean takesWorkspace(Batch batch) {
        boolean alone = batch.size() > SMALL
                || batch.entries().stream()
                        .anyMatch(entry ->
                                entry.command() != null && entry.command().changesIdentity());
        return batch.isKept() && alone;
    }

    /**
     * The lock by which the batch enters: its workspace's. What is only tried out holds its transaction open for a whole
     * file, and must keep nobody waiting for so long: it enters by a lock that nobody takes for himself.
     */
    static long ofEntry(Batch batch) {
        return batch.isKept() ? ofWorkspace(batch.workspace()) : 0;
    }

    /** The lock of a workspace, which every batch takes, for itself or shared. */
    public static long ofWorkspace(WorkspaceId workspace) {
        return hash(hash(0xCBF29CE484222325L, workspace.tenant()), workspace.workspace()) | Long.MIN_VALUE;
    }

    /** The locks on every id, name and address of a small batch, in the order in which every writer takes them. */
    static Long[] ofRecords(Batch batch) {
        TreeSet<Long> locks = new TreeSet<>();
        if (batch.isKept() && !takesWorkspace(batch)) {
            long workspace = ofWorkspace(batch.workspace());
            for (Entry entry : batch.entries()) {
                if (entry.externalKey != null) {
                    locks.add(ofKey(workspace, entry.externalKey));
                }
                if (entry.matchKey != null) {
                    locks.add(ofKey(workspace, entry.matchKey.key().toString()));
                }
                if (entry.leadId != null) {
                    locks.add(ofKey(workspace, entry.leadId.toString()));
                }
                if (entry.arrival() != null) {
                    locks.add(ofKey(workspace, entry.arrival().key()));
                }
                if (entry.command() != null) {
                    entry.command().leads().forEach(lead -> locks.add(ofKey(workspace, lead.toString())));
                }
            }
        }
        return locks.toArray(new Long[0]);
    }

    /** The lock on one idempotency key: its own, so that waiting for a deal never looks like a call that is running. */
    static long ofClaim(WorkspaceId workspace, IdempotencyClaim claim) {
        return ofKey(hash(ofWorkspace(workspace), claim.path()), claim.key());
    }

    /** Below the locks of workspaces, so that the two kinds never meet. */
    private static long ofKey(long workspace, String key) {
        return hash(workspace, key) & Long.MAX_VALUE;
    }

    /** FNV-1a with 64 bits: the same in every process. */
    private static long hash(long seed, String text) {
        long hash = (seed ^ 0xFF) * 0x100000001B3L;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }
}
