package io.tributary.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whom a comment calls by {@code @name}. */
final class Mentions {
    private static final int MOST = 50;

    /** Behind a letter or a dot the sign belongs to an e-mail address; a dot at the end belongs to the sentence. */
    private static final Pattern MENTION = Pattern.compile(
            "(?<![\\p{L}\\p{N}._%+@-])@([\\p{L}\\p{N}](?:[\\p{L}\\p{N}._-]{0,61}[\\p{L}\\p{N}])?)(?![\\p{L}\\p{N}@])");

    private Mentions() {}

    /** Each name once, in the order of the text, as it is written first. */
    static List<String> in(String text) {
        List<String> names = new ArrayList<>();
        Set<String> known = new TreeSet<>();
        Matcher mention = MENTION.matcher(text);
        while (mention.find() && names.size() < MOST) {
            if (known.add(mention.group(1).toLowerCase(Locale.ROOT))) {
                names.add(mention.group(1));
            }
        }
        return names;
    }
}
