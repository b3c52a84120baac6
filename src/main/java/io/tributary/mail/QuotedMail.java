package io.tributary.mail;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a text begins to repeat another mail, and what it says of that mail.
 *
 * @param kind by what it was found
 * @param line where it begins: above this is the writer's own text
 * @param bodyLine where the other mail's own text begins
 * @param depth how deep its header is quoted
 * @param from who wrote it
 * @param fields how many lines its header has
 * @param languages in which its header is written, as far as its words tell
 */
record QuotedMail(
        Kind kind,
        int line,
        int bodyLine,
        int depth,
        Mailbox from,
        @Nullable String subject,
        @Nullable String date,
        @Nullable String to,
        @Nullable String cc,
        int fields,
        Set<String> languages) {

    enum Kind {
        /** A line says that it was forwarded. */
        FORWARDED,
        /** A line says that it is another mail, or a rule parts it off. */
        ORIGINAL,
        /** It has a header and no line above it. */
        HEADER,
        /** A line says that somebody wrote it. */
        WROTE
    }

    /** Whether its header has all that a mail client writes into one. */
    boolean isComplete() {
        return from.address() != null && subject != null && date != null && to != null;
    }
}
