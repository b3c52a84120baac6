package io.tributary.event;

import io.tributary.tenant.WorkspaceId;

/** Told that a workspace's log has grown. Returns at once: whoever has work to do hands it on. */
public interface Committed {
    /**
     * The log of {@code workspace} goes up to {@code sequence} at least. May be told twice, and out of order.
     */
    void upTo(WorkspaceId workspace, long sequence);
}
