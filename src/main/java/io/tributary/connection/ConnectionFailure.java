package io.tributary.connection;

/** Why a connection does not work, in words that may be shown to its tenant. */
public final class ConnectionFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public ConnectionFailure(String reason) {
        super(reason);
    }

    public ConnectionFailure(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** The reason, as the rest of a sentence or a short one of its own. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
