package io.tributary.mail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail as it was sent, read.
 *
 * @param from whoever its header names as its author
 * @param namedAsAddress whether the author's name is an address, other than the one it was sent from
 * @param subject decoded; null when it has none
 * @param sentAt null when it says no time that can be read
 * @param messageId without its angle brackets; null when it has none
 * @param references the ids of the mails it answers or continues, the nearest first
 * @param text the text as a reader sees it
 * @param htmlText the text of its HTML part; null without one
 * @param embedded mails attached to it, in order
 * @param cut whether it is larger, or nested deeper, than what is looked at
 */
public record Mail(
        Mailbox from,
        boolean namedAsAddress,
        @Nullable String subject,
        @Nullable Instant sentAt,
        @Nullable String messageId,
        List<String> references,
        String text,
        @Nullable String htmlText,
        List<Attachment> attachments,
        List<Mail> embedded,
        MailSigns signs,
        boolean cut) {}
