package io.tributary.mail;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mail understood: whose lead it is, and what it says.
 *
 * @param mail the mail as sent
 * @param contact who wants something: the author, of a forward its original author
 * @param subject without prefixes; null when there is none
 * @param text what the contact wrote
 * @param own the lines of it that the contact wrote themselves
 * @param original what was passed on; null when the mail is no forward
 * @param notALead why it is no lead; null when it may be one
 */
public record LeadMail(
        Mail mail,
        Mailbox contact,
        @Nullable String subject,
        String text,
        List<String> own,
        @Nullable Original original,
        @Nullable NotALead notALead) {

    public static LeadMail of(Mail mail) {
        Optional<Original> original = ForwardReader.of(mail);
        NotALead no = NotALead.of(mail, original.isPresent()).orElse(null);
        Original passed = original.orElse(null);
        String text =
                passed == null ? FoldedWords.strip(mail.text()) : passed.text().strip();
        return new LeadMail(
                mail,
                passed == null ? mail.from() : passed.from(),
                MailSubject.of(passed == null ? mail.subject() : passed.subject())
                        .bare(),
                text,
                Signature.ownLines(text),
                passed,
                no);
    }

    /** The same of a text that somebody handed in without the mail around it. */
    public static LeadMail ofText(Mailbox sender, @Nullable String subject, String text) {
        MailSigns none =
                new MailSigns(null, null, false, false, false, false, false, false, false, List.of(), null, null);
        return of(
                new Mail(sender, false, subject, null, null, List.of(), text, null, List.of(), List.of(), none, false));
    }

    /** Whoever a text names: {@code Ann Lee <ann@a.example>} or an address alone. */
    public static Mailbox sender(String text) {
        return MailboxReader.ofHeader(text);
    }

    public boolean isForwarded() {
        return original != null;
    }

    /** The company the contact writes for; null when neither signature, address nor text tells. */
    public @Nullable String company() {
        return CompanyFinder.find(contact, own);
    }

    /** The contact's telephone number; null when they give none. */
    public @Nullable String phone() {
        return PhoneFinder.find(contact, own);
    }
}
