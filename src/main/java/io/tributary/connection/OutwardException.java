package io.tributary.connection;

import java.io.IOException;

/** A call to the outside that got no answer. The message tells why in words that may be shown to anyone. */
public final class OutwardException extends IOException {
    private static final long serialVersionUID = 1L;

    OutwardException(String message, Throwable cause) {
        super(message, cause);
    }

    OutwardException(String message) {
        super(message);
    }
}
