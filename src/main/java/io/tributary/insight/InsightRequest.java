package io.tributary.insight;

import io.tributary.tenant.WorkspaceId;

/** A deal that a chat model is to be asked about, with the facts as they were read. */
public record InsightRequest(WorkspaceId workspace, InsightFacts facts) {}
