package io.tributary.connection;

import java.io.IOException;

/** A host that a connection may not reach, because of the address it resolves to. The message may be shown to anyone. */
public final class ForbiddenAddressException extends IOException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(String message) {
        super(message);
    }
}
