package io.tributary.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the header and the parts of a mail say of its kind, beside what it says itself.
 *
 * @param autoSubmitted field of RFC 3834
 * @param precedence field of old list software
 * @param list whether a mailing list or a newsletter sent it
 * @param suppressed whether it forbids automatic answers, as automatic mail does
 * @param nullReturn whether it can be returned to nobody, as delivery reports are
 * @param report whether it is a delivery or reading report
 * @param calendar whether it invites to, or answers, a meeting
 * @param spamFlag whether the receiving server took it for spam
 * @param answers whether it says that it answers a mail
 * @param authentication what the receiving server found out about its sender (RFC 8601)
 * @param to who it was sent to
 * @param cc who got a copy
 */
public record MailSigns(
        @Nullable String autoSubmitted,
        @Nullable String precedence,
        boolean list,
        boolean suppressed,
        boolean nullReturn,
        boolean report,
        boolean calendar,
        boolean spamFlag,
        boolean answers,
        List<String> authentication,
        @Nullable String to,
        @Nullable String cc) {}
