package io.tributary.mapping;

import com.sanctionco.jmail.Email;
import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one e-mail address. Its domain is put into lower case, its local part stays as sent. */
public final class EmailReader {
    private static final String NO_ADDRESS = "is not an e-mail address";
    private static final int LONGEST = 2_000;
    private static final EmailValidator VALIDATOR =
            JMail.validator().disallowIpDomain().disallowExplicitSourceRouting().requireTopLevelDomain();

    private EmailReader() {}

    /** Reads {@code a@b.example}, {@code Name <a@b.example>}, and of several addresses the first, with a warning. */
    public static Reading<String> read(@Nullable Object value) {
        if (value == null) {
            return Reading.nothing();
        }
        if (!(value instanceof String text)) {
            return Reading.fault(NO_ADDRESS);
        }
        String stripped = AmountText.strip(text);
        if (stripped.isEmpty()) {
            return Reading.nothing();
        }
        if (stripped.length() > LONGEST) {
            return Reading.fault(NO_ADDRESS);
        }
        String single = address(stripped);
        if (single != null) {
            return Reading.of(single);
        }
        return several(stripped);
    }

    private static Reading<String> several(String text) {
        String first = null;
        int count = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean mark =
                    i == text.length() || text.charAt(i) == ',' || text.charAt(i) == ';' || text.charAt(i) == '\n';
            if (!mark) {
                continue;
            }
            String part = AmountText.strip(text.substring(start, i));
            start = i + 1;
            if (part.isEmpty()) {
                continue;
            }
            String address = address(part);
            if (address == null) {
                return Reading.fault(NO_ADDRESS);
            }
            first = first == null ? address : first;
            count++;
        }
        if (first == null) {
            return Reading.fault(NO_ADDRESS);
        }
        return count == 1 ? Reading.of(first) : Reading.of(first, "holds " + count + " addresses; the first was taken");
    }

    private static @Nullable String address(String text) {
        String bare = text;
        if (text.endsWith(">")) {
            int open = text.lastIndexOf('<');
            if (open < 0) {
                return null;
            }
            bare = AmountText.strip(text.substring(open + 1, text.length() - 1));
        }
        if (bare.regionMatches(true, 0, "mailto:", 0, 7)) {
            bare = bare.substring(7);
        }
        if (bare.indexOf('@') < 0 || TextReader.fault(bare) != null) {
            return null;
        }
        Optional<Email> email = VALIDATOR.tryParse(bare);
        if (email.isEmpty()
                || email.get().hasIdentifier()
                || !email.get().comments().isEmpty()) {
            return null;
        }
        String domain = email.get().domain();
        return email.get().localPart() + "@" + domain.toLowerCase(Locale.ROOT);
    }
}
