package io.tributary.live;

import io.tributary.tenant.WorkspaceId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One handshake that was let in: for which workspace, by whose key, and from where on it wants to hear. */
final class Admission {
    private final WorkspaceId workspace;
    private final UUID keyId;
    private final @Nullable Long since;
    private volatile boolean over;

    /** @param since the number of the last event the client knows; null when it wants to hear what comes from now on */
    Admission(WorkspaceId workspace, UUID keyId, @Nullable Long since) {
        this.workspace = workspace;
        this.keyId = keyId;
        this.since = since;
    }

    WorkspaceId workspace() {
        return workspace;
    }

    UUID keyId() {
        return keyId;
    }

    @Nullable
    Long since() {
        return since;
    }

    /** Notes that the socket is closed, which may be heard of before it was heard of as open. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }
}
