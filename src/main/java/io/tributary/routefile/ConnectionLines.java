package io.tributary.routefile;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the entries that make connections out of a route file, line by line, so that the others keep their places. */
final class ConnectionLines {
    private static final Pattern ENTRY = Pattern.compile("-\\s.*");
    private static final Pattern CONNECTION = Pattern.compile("-\\s+templatedRoute:.*");
    private static final Pattern TEMPLATE =
            Pattern.compile("\\s+routeTemplateRef:\\s*[\"']?([\\w.-]+)[\"']?\\s*(#.*)?");

    private ConnectionLines() {}

    /** The text with blank lines in place of each entry whose template makes a connection. */
    static String blank(String text, Predicate<String> isConnection) {
        String[] lines = text.split("\n", -1);
        int start = 0;
        for (int i = 1; i <= lines.length; i++) {
            if (i == lines.length || ENTRY.matcher(lines[i]).matches()) {
                if (makesConnection(lines, start, i, isConnection)) {
                    for (int line = start; line < i; line++) {
                        lines[line] = "";
                    }
                }
                start = i;
            }
        }
        return String.join("\n", lines);
    }

    private static boolean makesConnection(String[] lines, int from, int to, Predicate<String> isConnection) {
        boolean templated = false;
        for (int i = from; i < to; i++) {
            templated |= CONNECTION.matcher(lines[i].stripTrailing()).matches();
            Matcher template = TEMPLATE.matcher(lines[i].stripTrailing());
            if (templated && template.matches() && isConnection.test(template.group(1))) {
                return true;
            }
        }
        return false;
    }
}
