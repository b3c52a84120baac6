package io.tributary.webform;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A form as a visitor sent it, with what protects it set apart from what it says.
 *
 * @param content the fields that become a deal and a lead
 * @param spamReasons why this looks like the work of a machine; empty when it does not
 * @param redirect where the visitor's browser is to go afterwards; null when the form does not say
 */
record FormSubmission(
        Map<String, @Nullable Object> content,
        List<String> spamReasons,
        @Nullable String redirect) {
    private static final Set<String> REDIRECTS = Set.of("redirect", "returl");

    static FormSubmission of(Map<String, @Nullable Object> fields, boolean fromBrowser, Instant receivedAt) {
        Traps traps = new Traps(fromBrowser, receivedAt);
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        String redirect = null;
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            Object value = field.getValue();
            if (REDIRECTS.contains(name)) {
                redirect = value == null || value.toString().isBlank() ? redirect : value.toString();
            } else if (!traps.claims(name, value)) {
                content.put(field.getKey(), value);
            }
        }
        Consent.replaceIn(content, receivedAt);
        return new FormSubmission(content, traps.reasons(), redirect);
    }

    /** Whether the visitor stays, or goes to exactly one of these addresses. */
    boolean staysWithin(List<String> allowed) {
        return redirect == null || allowed.contains(redirect);
    }
}
