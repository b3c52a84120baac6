package io.tributary.ingest;

/** An import was ended, or gone on with elsewhere, while a batch of it was under way: the batch is not taken. */
public final class ImportEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ImportEndedException() {
        super("the import was ended meanwhile", null, false, false);
    }
}
