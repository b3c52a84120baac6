package io.tributary.email;

/** Why no access token was given, in words that may be shown to the mailbox's tenant. */
final class NoTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoTokenException(String reason) {
        super(reason);
    }
}
