package io.tributary.ingest;

import io.tributary.tenant.WorkspaceId;

/** One record handed in by itself, waiting to be taken together with whatever else waits. */
public record Submission(WorkspaceId workspace, String source, RecordReader reader, Entry entry) {
    boolean sharesBatchWith(Submission other) {
        return workspace.equals(other.workspace) && source.equals(other.source) && reader == other.reader;
    }
}
