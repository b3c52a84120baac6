package io.tributary.mail;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The telephone number somebody signs with, in international form. */
final class PhoneFinder {
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final int LONGEST = 4_000;
    private static final int TRIES = 50;
    private static final Set<String> REGIONS = NUMBERS.getSupportedRegions();

    private PhoneFinder() {}

    /** The last lines are looked at first, for that is where people sign; a fax number is none. */
    static @Nullable String find(Mailbox contact, List<String> own) {
        String text = String.join("\n", own);
        String end = text.length() > LONGEST ? text.substring(text.length() - LONGEST) : text;
        String found = null;
        for (PhoneNumberMatch match :
                NUMBERS.findNumbers(end, region(contact), PhoneNumberUtil.Leniency.VALID, TRIES)) {
            String before = end.substring(Math.max(0, match.start() - 12), match.start())
                    .toLowerCase(Locale.ROOT);
            if (!before.contains("fax")) {
                found = NUMBERS.format(match.number(), PhoneNumberUtil.PhoneNumberFormat.INTERNATIONAL);
                break;
            }
        }
        return found;
    }

    /** The country that a domain belongs to, in which numbers may be written short. */
    private static @Nullable String region(Mailbox contact) {
        String domain = contact.domain();
        String end = domain.substring(domain.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
        String region = end.equals("UK") ? "GB" : end;
        return REGIONS.contains(region) ? region : null;
    }
}
