package io.tributary.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mail that a forward passes on.
 *
 * @param from who wrote it; without an address where the forward names none
 * @param subject null where the forward does not repeat it
 * @param date as the forward writes it; null where it does not
 * @param text its own text, without header
 * @param note what the forwarder wrote above; null when nothing
 * @param chain everybody through whom it came, from the last forwarder to the one before the author
 * @param attached the mail as a whole, when it was attached; null when it stood in the text
 */
public record Original(
        Mailbox from,
        @Nullable String subject,
        @Nullable String date,
        String text,
        @Nullable String note,
        List<Mailbox> chain,
        @Nullable Mail attached) {}
