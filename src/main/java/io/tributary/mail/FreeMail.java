package io.tributary.mail;

import com.google.common.net.InternetDomainName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Domains under which anybody gets an address, so that they say nothing of a company. */
public final class FreeMail {
    private static final String FILE = "/io/tributary/mail/free-mail.txt";
    private static final Set<String> DOMAINS = new HashSet<>();
    /** Providers with a domain in each country: {@code yahoo.*}. */
    private static final Set<String> PROVIDERS = new HashSet<>();

    static {
        read();
    }

    private FreeMail() {}

    private static void read() {
        try (InputStream file = FreeMail.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("The list of mail providers is missing from the class path: " + FILE);
            }
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(line -> {
                        if (line.endsWith(".*")) {
                            PROVIDERS.add(line.substring(0, line.length() - 2));
                        } else {
                            DOMAINS.add(line);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + FILE, e);
        }
    }

    /** Whether a domain says nothing of a company: a provider of mail for everybody, or no registered domain at all. */
    public static boolean is(String domain) {
        String own = registered(domain);
        return own == null || DOMAINS.contains(own) || DOMAINS.contains(domain) || PROVIDERS.contains(label(own));
    }

    /** The part of a domain that somebody registered (public suffix list); null when it is none of a company. */
    public static @Nullable String registered(String domain) {
        String lower = domain.toLowerCase(Locale.ROOT);
        if (lower.indexOf('.') < 0) {
            return null;
        }
        try {
            InternetDomainName name = InternetDomainName.from(IDN.toASCII(lower, IDN.ALLOW_UNASSIGNED));
            if (name.isUnderPublicSuffix()) {
                return IDN.toUnicode(name.topPrivateDomain().toString());
            }
            if (name.isPublicSuffix()) {
                return null;
            }
            int last = lower.lastIndexOf('.');
            return lower.substring(lower.lastIndexOf('.', last - 1) + 1);
        } catch (IllegalArgumentException noDomain) {
            return null;
        }
    }

    /** The name within a registered domain. */
    static String label(String registered) {
        int dot = registered.indexOf('.');
        return dot < 0 ? registered : registered.substring(0, dot);
    }
}
