package io.tributary.delivery;

/** A delivery that did not arrive; the reason may be shown to its tenant. */
public final class UndeliveredException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean hopeless;

    UndeliveredException(String reason, boolean hopeless, Throwable cause) {
        super(reason, cause);
        this.hopeless = hopeless;
    }

    UndeliveredException(String reason) {
        super(reason);
        this.hopeless = false;
    }

    /** Whether the other side said that trying again makes no sense. */
    boolean isHopeless() {
        return hopeless;
    }
}
