package io.tributary.routefile;

import io.tributary.check.Fault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Camel has against a file that the rules let pass, as a fault with its place and its mend. */
final class CamelFault {
    private static final Pattern ROUTE = Pattern.compile("route[: (]+(?:at: )?([\\w.-]+)");
    private static final int LONGEST = 300;

    private CamelFault() {}

    static Fault of(String file, String text, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String said = String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
        String problem = "Camel cannot build this: " + (said.length() > LONGEST ? said.substring(0, LONGEST) : said);
        return new Fault(
                file,
                line(text, String.valueOf(failure.getMessage())),
                problem.endsWith(".") ? problem.substring(0, problem.length() - 1) : problem,
                "Correct the endpoint, option or bean that it names");
    }

    /** The line of the route that is spoken of; the first when none is. */
    private static int line(String text, String message) {
        Matcher named = ROUTE.matcher(message);
        while (named.find()) {
            int place = text.indexOf("id: " + named.group(1));
            if (place >= 0) {
                return (int) text.substring(0, place)
                                .chars()
                                .filter(c -> c == '\n')
                                .count()
                        + 1;
            }
        }
        return 1;
    }
}
