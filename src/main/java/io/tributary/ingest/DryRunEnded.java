package io.tributary.ingest;

/** A dry run has come to its end: this rolls back everything it did. */
public final class DryRunEnded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DryRunEnded() {
        super("the dry run is rolled back", null, false, false);
    }

    public DryRunEnded(String message) {
        super(message, null, false, false);
    }
}
