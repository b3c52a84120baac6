package io.tributary.undo;

import io.tributary.tenant.WorkspaceId;
import java.util.UUID;

/** The rollback of an import, as it is worked on: whose it is, who asked for it, and whether somebody waits for its end. */
public record RollbackRun(WorkspaceId workspace, UUID importId, String actor, String requestId, boolean awaited) {}
