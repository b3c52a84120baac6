package io.tributary.mail;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a mail is nobody's inquiry, with what gave it away. */
public record NotALead(Reason reason, String because) {

    /** What a mail is that is no lead. */
    public enum Reason {
        /** A machine answers while somebody is away, or confirms that something came in. */
        AUTOMATIC_REPLY("an automatic reply"),
        /** A mail server reports on another mail. */
        BOUNCE("a delivery report"),
        /** Sent to many: a newsletter or a mailing list. */
        LIST("list mail"),
        /** An invitation to a meeting, or an answer to one. */
        CALENDAR("a calendar mail"),
        /** From an address that nobody reads. */
        NO_REPLY("from an address that takes no replies"),
        /** Taken for spam by the server that received it. */
        SPAM("spam"),
        /** Passed on by somebody who is not among those who may. */
        FORWARDER("forwarded by somebody who is not among the forwarders");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** The word kept with the record. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The same as the end of a sentence. */
        public String words() {
            return words;
        }
    }

    private static final Set<String> NOBODY = Set.of(
            "noreply",
            "donotreply",
            "dontreply",
            "neverreply",
            "nepasrepondre",
            "noresponder",
            "naoresponda",
            "nichtantworten",
            "mailer-daemon",
            "mailerdaemon",
            "postmaster",
            "bounce",
            "bounces",
            "noresponse",
            "autoreply",
            "auto-reply",
            "donotrespond",
            "nao-responda",
            "no-responder",
            "keineantwort",
            "nonrispondere",
            "niereageren",
            "unmonitored");

    private static final Set<String> SERVERS = Set.of("mailer-daemon", "mailerdaemon", "postmaster");
    private static final List<String> AUTOMATIC_PRECEDENCE = List.of("auto_reply", "auto-reply");
    private static final Set<String> LIST_PRECEDENCE = Set.of("bulk", "junk", "list");

    /** Why {@code mail} is no lead; empty when it may be one. What somebody passes on by hand is nobody's newsletter. */
    static Optional<NotALead> of(Mail mail, boolean forwarded) {
        MailSigns signs = mail.signs();
        String subject = mail.subject() == null ? "" : mail.subject();
        MailWords words = MailWords.builtIn();
        if (signs.spamFlag()) {
            return found(Reason.SPAM, "the receiving server marked it");
        }
        if (signs.report() || SERVERS.contains(mail.from().localPart())) {
            return found(Reason.BOUNCE, signs.report() ? "its parts are a report" : "its sender is a mail server");
        }
        if (!forwarded && words.isBounced(subject)) {
            return found(Reason.BOUNCE, "its subject");
        }
        if (isAutomatic(signs.autoSubmitted())) {
            return found(Reason.AUTOMATIC_REPLY, "Auto-Submitted: " + signs.autoSubmitted());
        }
        if (signs.suppressed() && !forwarded) {
            return found(Reason.AUTOMATIC_REPLY, "X-Auto-Response-Suppress");
        }
        String precedence =
                signs.precedence() == null ? "" : signs.precedence().strip().toLowerCase(Locale.ROOT);
        if (AUTOMATIC_PRECEDENCE.contains(precedence)) {
            return found(Reason.AUTOMATIC_REPLY, "Precedence: " + precedence);
        }
        if (!forwarded && words.isAway(subject)) {
            return found(Reason.AUTOMATIC_REPLY, "its subject");
        }
        if (signs.nullReturn()) {
            return found(Reason.BOUNCE, "it can be returned to nobody");
        }
        if (forwarded) {
            return Optional.empty();
        }
        if (signs.calendar()) {
            return found(Reason.CALENDAR, "it holds an appointment");
        }
        if (signs.list() || LIST_PRECEDENCE.contains(precedence)) {
            return found(Reason.LIST, signs.list() ? "its list headers" : "Precedence: " + precedence);
        }
        return isNobody(mail.from())
                ? found(Reason.NO_REPLY, String.valueOf(mail.from().address()))
                : Optional.empty();
    }

    private static Optional<NotALead> found(Reason reason, String because) {
        return Optional.of(new NotALead(reason, because));
    }

    private static boolean isAutomatic(@Nullable String autoSubmitted) {
        if (autoSubmitted == null) {
            return false;
        }
        String value = autoSubmitted.strip().toLowerCase(Locale.ROOT);
        return !value.isEmpty() && !value.startsWith("no") && !value.startsWith("auto-forwarded");
    }

    /** Whether nobody reads what is sent to this address. */
    static boolean isNobody(Mailbox mailbox) {
        String local = mailbox.localPart();
        int tag = local.indexOf('+');
        String name = tag > 0 ? local.substring(0, tag) : local;
        String plain = name.replace("-", "").replace("_", "").replace(".", "");
        return NOBODY.contains(name)
                || NOBODY.contains(plain)
                || plain.startsWith("noreply")
                || plain.endsWith("noreply")
                || plain.startsWith("donotreply")
                || plain.endsWith("donotreply");
    }

    /** What is wrong with the mail, as the rest of a sentence that begins with it. */
    public String predicate() {
        return "is " + reason.words() + ", so no lead (" + because + ")";
    }
}
