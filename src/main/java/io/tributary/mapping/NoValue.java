package io.tributary.mapping;

import java.util.Locale;
import java.util.Set;

/** The words and marks that people write where they have no amount, date or percentage. */
final class NoValue {
    private static final int LONGEST = 16;
    private static final Set<String> WORDS = Set.of(
            "-",
            "--",
            "---",
            "–",
            "—",
            ".",
            "?",
            "n/a",
            "#n/a",
            "n.a.",
            "n.a",
            "na",
            "nan",
            "nil",
            "null",
            "none",
            "(none)",
            "(blank)",
            "blank",
            "empty",
            "tbd",
            "t.b.d.",
            "tba",
            "tbc",
            "unknown",
            "not set",
            "not available",
            "not applicable",
            "k.a.",
            "k. a.",
            "keine",
            "ohne",
            "unbekannt",
            "n/d",
            "s/o",
            "nd",
            "nvt",
            "n.v.t.");

    private NoValue() {}

    /** Whether the stripped text says that there is no value. */
    static boolean is(String stripped) {
        if (stripped.isEmpty()) {
            return true;
        }
        char first = stripped.charAt(0);
        if ((first >= '0' && first <= '9') || stripped.length() > LONGEST) {
            return false;
        }
        return WORDS.contains(stripped.toLowerCase(Locale.ROOT));
    }
}
