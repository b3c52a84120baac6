package io.tributary.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The contact of a deal as it is compared with others.
 *
 * @param email the address in lower case
 * @param domain the domain of its company; null where anybody may have an address
 */
record Contact(String email, @Nullable String domain) {
    private static final String FILE = "/identity/free-mail-domains.txt";
    private static final Set<String> FREE_MAIL = read();

    static @Nullable Contact of(@Nullable String email) {
        if (email == null) {
            return null;
        }
        String address = email.toLowerCase(Locale.ROOT);
        String domain = address.substring(address.lastIndexOf('@') + 1);
        return new Contact(address, FREE_MAIL.contains(domain) ? null : domain);
    }

    private static Set<String> read() {
        try (InputStream file = Contact.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(
                        "The list of free-mail domains is missing from the class path: " + FILE);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split(" ", -1)))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + FILE, e);
        }
    }
}
