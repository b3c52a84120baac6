package io.tributary.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which source an endpoint belongs to, so that an error can name it even when no route was reached. */
public final class SourcePaths {
    /** Where the API of deals begins. */
    public static final String BASE = "/api/sales/deals";

    private static final Map<String, String> SOURCES = Map.of(
            "manual", "manual",
            "web-form", "web_form",
            "csv", "csv",
            "email", "email",
            "api", "api",
            "bulk", "api",
            "hubspot", "hubspot",
            "salesforce", "salesforce");

    /** Where Salesforce sends its outbound messages, the one path that speaks SOAP. */
    static final String OUTBOUND_MESSAGES = BASE + "/salesforce/sync";

    private SourcePaths() {}

    /** The source of the endpoint at {@code path}; null when it is no source's. */
    public static @Nullable String sourceOf(String path) {
        if (!path.startsWith(BASE + "/")) {
            return null;
        }
        String below = path.substring(BASE.length() + 1);
        int end = below.indexOf('/');
        return SOURCES.get(end < 0 ? below : below.substring(0, end));
    }
}
