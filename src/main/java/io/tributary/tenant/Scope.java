package io.tributary.tenant;

import java.util.Locale;
import java.util.Optional;

/** What a key may do. */
public enum Scope {
    /** Hand in deals and leads. */
    INGEST,
    /** Read everything of the workspace. */
    READ,
    /** Mend: replay, merge, roll back. */
    REVIEW,
    /** Submit the public web form, and nothing else. */
    FORM,
    /** Manage the tenant's keys, settings and connections. */
    ADMIN;

    private final String code = name().toLowerCase(Locale.ROOT);

    public String code() {
        return code;
    }

    public static Optional<Scope> ofCode(String code) {
        for (Scope scope : values()) {
            if (scope.code.equals(code)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
