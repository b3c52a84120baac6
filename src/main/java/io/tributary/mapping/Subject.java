package io.tributary.mapping;

import java.util.Locale;
import java.util.Set;

/** A mail's subject without the prefixes that replies and forwards put before it, in the languages of mail clients. */
final class Subject {
    private static final int LONGEST_PREFIX = 6;
    private static final Set<String> PREFIXES = Set.of(
            "re",
            "fw",
            "fwd",
            "aw",
            "wg",
            "sv",
            "vs",
            "vb",
            "vl",
            "tr",
            "rv",
            "enc",
            "res",
            "rif",
            "i",
            "pd",
            "odp",
            "antw",
            "doorst",
            "ynt",
            "ilt",
            "vá",
            "továbbítás",
            "fs",
            "bls",
            "trs",
            "回复",
            "转发",
            "答复");

    private Subject() {}

    static Reading<String> read(Object value) {
        Reading<String> text = TextReader.readTrimmed(value);
        if (!(text instanceof Reading.Value<String> subject)) {
            return text;
        }
        String rest = subject.value();
        while (true) {
            int colon = rest.indexOf(':');
            int wide = rest.indexOf('：');
            colon = wide >= 0 && (colon < 0 || wide < colon) ? wide : colon;
            if (colon < 0 || colon > LONGEST_PREFIX + 4 || !PREFIXES.contains(bare(rest.substring(0, colon)))) {
                return rest.isEmpty() ? Reading.nothing() : Reading.of(rest);
            }
            rest = AmountText.strip(rest.substring(colon + 1));
        }
    }

    /** Without the count some clients put behind it: {@code Re[2]}. */
    private static String bare(String prefix) {
        int bracket = prefix.indexOf('[');
        int parenthesis = prefix.indexOf('(');
        int end = bracket > 0 ? bracket : parenthesis > 0 ? parenthesis : prefix.length();
        return prefix.substring(0, end).strip().toLowerCase(Locale.ROOT);
    }
}
