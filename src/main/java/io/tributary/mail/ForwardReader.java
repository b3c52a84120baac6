package io.tributary.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the mail that a forward passes on, through any number of forwards, and tells a forward from an answer. */
final class ForwardReader {
    private static final int LONGEST_CHAIN = 12;

    private final Mailbox forwarder;
    private final MailSubject subject;
    private final boolean answers;

    /**
     * @param answers whether the mail's header says that it answers another
     */
    ForwardReader(Mailbox forwarder, @Nullable String subject, boolean answers) {
        this.forwarder = forwarder;
        this.subject = MailSubject.of(subject);
        this.answers = answers;
    }

    /** The mail that {@code mail} passes on; empty when it passes on none. */
    static Optional<Original> of(Mail mail) {
        ForwardReader reader =
                new ForwardReader(mail.from(), mail.subject(), mail.signs().answers());
        Optional<Original> attached = reader.attached(mail);
        if (attached.isPresent()) {
            return attached;
        }
        Optional<Original> inText = reader.inText(mail.text());
        return inText.isPresent() || mail.htmlText() == null || mail.htmlText().equals(mail.text())
                ? inText
                : reader.inText(mail.htmlText());
    }

    /** A mail attached to one that says little of its own, or that calls itself a forward. */
    private Optional<Original> attached(Mail mail) {
        if (mail.embedded().isEmpty() || subject.outermost() == SubjectPrefix.REPLY) {
            return Optional.empty();
        }
        Mail inner = mail.embedded().get(0);
        if (inner.from().isNobody() || inText(mail.text()).isPresent()) {
            return Optional.empty();
        }
        String note = FoldedWords.strip(mail.text());
        List<Mailbox> chain = new ArrayList<>(List.of(mail.from()));
        Optional<Original> further = of(inner);
        if (further.isPresent()) {
            Original original = further.get();
            chain.addAll(original.chain());
            return Optional.of(new Original(
                    original.from(),
                    original.subject(),
                    original.date(),
                    original.text(),
                    joined(note, original.note()),
                    chain,
                    original.attached() == null ? inner : original.attached()));
        }
        return Optional.of(new Original(
                inner.from(),
                inner.subject(),
                inner.sentAt() == null ? null : inner.sentAt().toString(),
                inner.text(),
                note.isEmpty() ? null : note,
                chain,
                inner));
    }

    private static @Nullable String joined(String one, @Nullable String other) {
        String both = other == null ? one : one.isEmpty() ? other : one + "\n\n" + other;
        return both.isEmpty() ? null : both;
    }

    /** The mail that stands in {@code text}. */
    Optional<Original> inText(String text) {
        TextLines lines = new TextLines(text);
        QuotedMailFinder finder = new QuotedMailFinder(lines);
        QuotedMail found = finder.next(0);
        if (found == null || !isForward(found)) {
            return Optional.empty();
        }
        String note = lines.between(0, found.line());
        List<Mailbox> chain = new ArrayList<>(List.of(forwarder));
        QuotedMail original = found;
        while (chain.size() < LONGEST_CHAIN) {
            QuotedMail inner = finder.next(original.bodyLine());
            if (inner == null || inner.from().isNobody() || !leadsOn(original, inner)) {
                break;
            }
            chain.add(original.from());
            original = inner;
        }
        if (original.from().isNobody()) {
            return Optional.empty();
        }
        return Optional.of(new Original(
                original.from(),
                original.subject() == null ? subjectOf(found) : original.subject(),
                original.date(),
                lines.unquoted(original.bodyLine(), original.depth()),
                note.isEmpty() ? null : note,
                chain,
                null));
    }

    private @Nullable String subjectOf(QuotedMail outer) {
        return outer.subject() == null ? subject.bare() : outer.subject();
    }

    /** Whether the first mail that is repeated was passed on, rather than answered. */
    private boolean isForward(QuotedMail first) {
        SubjectPrefix prefix = subject.outermost();
        return switch (first.kind()) {
            case FORWARDED -> prefix != SubjectPrefix.REPLY || (first.depth() == 0 && !answers);
            case ORIGINAL, HEADER ->
                switch (prefix) {
                    case FORWARD -> true;
                    case REPLY -> false;
                    case EITHER ->
                        !isOfAny(first.languages(), Set.of("fi", "et"))
                                || first.languages().contains("da");
                    case NONE -> !answers && first.isComplete();
                };
            case WROTE -> prefix == SubjectPrefix.FORWARD;
        };
    }

    private static boolean isOfAny(Set<String> languages, Set<String> some) {
        return languages.stream().anyMatch(some::contains);
    }

    /**
     * Whether {@code inner} is what {@code outer} was about: when that was a forward itself, by its subject or from a
     * colleague, or when the forwarder's own answer stands on top. Others may pass on what they like in their own inquiry.
     */
    private boolean leadsOn(QuotedMail outer, QuotedMail inner) {
        if (outer.from().isSameAddress(forwarder)
                || MailSubject.of(outer.subject()).outermost() == SubjectPrefix.FORWARD) {
            return true;
        }
        boolean colleague = !forwarder.domain().isEmpty()
                && outer.from().domain().equals(forwarder.domain())
                && !FreeMail.is(forwarder.domain());
        return inner.kind() == QuotedMail.Kind.FORWARDED && (colleague || outer.subject() == null);
    }
}
