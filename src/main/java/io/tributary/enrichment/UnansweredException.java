package io.tributary.enrichment;

/** An enricher gives no answer now; asking again later makes sense. */
public final class UnansweredException extends Exception {
    private static final long serialVersionUID = 1L;

    UnansweredException(String message) {
        super(message, null, false, false);
    }
}
