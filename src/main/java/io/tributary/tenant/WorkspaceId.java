package io.tributary.tenant;

/** One workspace of one tenant; it always comes from a credential, never from what a request says. */
public record WorkspaceId(String tenant, String workspace) {}
