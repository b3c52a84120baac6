package io.tributary.testing;

import java.util.regex.Pattern;

/** What no answer may ever show: stack traces, classes, SQL, and paths of the server. */
public final class Leaks {
    private static final Pattern INTERNALS = Pattern.compile(
            "\\bat [a-z][\\w$]*(\\.[\\w$<>]+)+\\(\\w+\\.(java|kt):\\d+\\)"
                    + "|\\bjava\\.(lang|util|io|sql|net)\\."
                    + "|\\b(org|com|io)\\.(apache|postgresql|springframework|fasterxml|zaxxer|vertx|netty|tributary)\\."
                    + "|\\bjakarta\\.|Caused by:|SQLSTATE|syntax error at or near|violates \\w+ constraint"
                    + "|\\bselect\\b.+\\bfrom\\b.+\\bwhere\\b|\\binsert into\\b"
                    + "|/(home|root|tmp|var|usr|opt|etc|srv)/[\\w.]"
                    + "|\\b\\w+Exception\\b",
            Pattern.CASE_INSENSITIVE);

    private Leaks() {}

    /** Fails when {@code reply} shows something of the inside. */
    public static void none(Reply reply) {
        if (INTERNALS.matcher(reply.text()).find()) {
            throw new AssertionError("shows what is inside: " + reply);
        }
    }
}
