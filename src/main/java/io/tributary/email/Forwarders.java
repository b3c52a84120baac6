package io.tributary.email;

import io.tributary.mail.LeadMail;
import io.tributary.mail.Mail;
import io.tributary.mail.Mailbox;
import io.tributary.mail.NotALead;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may pass mails on to a mailbox.
 *
 * @param allowed addresses and domains, lower case; empty: everybody
 */
record Forwarders(Set<String> allowed) {
    static final Forwarders ALL = new Forwarders(Set.of());

    /** Reads a list parted by commas. */
    static Forwarders of(String list) {
        return new Forwarders(Stream.of(list.split("[,;\\s]+", -1))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .map(entry -> entry.startsWith("@") ? entry.substring(1) : entry)
                .filter(entry -> !entry.isEmpty())
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Why a mail that was passed on is not taken; null when it is. */
    @Nullable
    NotALead refusal(LeadMail lead) {
        if (allowed.isEmpty() || !lead.isForwarded()) {
            return null;
        }
        Mailbox forwarder = lead.mail().from();
        if (!isAllowed(forwarder)) {
            return new NotALead(NotALead.Reason.FORWARDER, String.valueOf(forwarder.address()));
        }
        return isForged(lead.mail())
                ? new NotALead(NotALead.Reason.FORWARDER, "its authentication failed, so it is somebody else")
                : null;
    }

    private boolean isAllowed(Mailbox forwarder) {
        if (forwarder.address() == null) {
            return false;
        }
        String domain = forwarder.domain();
        return allowed.contains(forwarder.address().toLowerCase(Locale.ROOT))
                || allowed.stream().anyMatch(entry -> domain.equals(entry) || domain.endsWith("." + entry));
    }

    /** Whether the server that received it, whose finding comes first, says that its sender is not who they say. */
    private static boolean isForged(Mail mail) {
        return !mail.signs().authentication().isEmpty()
                && mail.signs().authentication().get(0).toLowerCase(Locale.ROOT).contains("dmarc=fail");
    }
}
