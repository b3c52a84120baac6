package io.tributary.json;

import org.jspecify.annotations.Nullable;

/** A body that is not JSON; the message can be shown to whoever sent it. */
public final class UnreadableJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableJsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
