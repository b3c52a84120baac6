package io.tributary.webform;

import io.tributary.deal.Times;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor agreed to: the wording shown, whether it was ticked, and when the hub received it. A browser leaves
 * out a box that is not ticked, so the wording alone means that consent was asked for and not given.
 */
final class Consent {
    private static final String CONSENT = "consent";
    private static final String TEXT = "consent_text";
    private static final Set<String> NOT_GIVEN = Set.of("", "false", "no", "off", "0");

    private Consent() {}

    /** Puts one record of consent in the place of the form's fields; a form without them stays as it is. */
    static void replaceIn(Map<String, @Nullable Object> content, Instant receivedAt) {
        Object answer = content.get(CONSENT);
        Object text = content.get(TEXT);
        if ((answer == null && text == null) || answer instanceof Iterable || answer instanceof Map) {
            return;
        }
        Map<String, @Nullable Object> consent = new LinkedHashMap<>();
        consent.put("text", text);
        consent.put("given", isGiven(answer));
        consent.put("at", Times.text(receivedAt));
        content.remove(TEXT);
        content.put(CONSENT, consent);
    }

    private static boolean isGiven(@Nullable Object answer) {
        return answer != null && !NOT_GIVEN.contains(answer.toString().strip().toLowerCase(Locale.ROOT));
    }
}
