package io.tributary.connection;

import io.tributary.answer.Nearest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a kind of connection.
 *
 * @param defaultValue what holds where none is given; null for none
 * @param secret whether it is encrypted, and never read back
 * @param destination whether it says where secrets are sent to: when it changes, they have to be given anew
 * @param choices the values it may have; empty for any
 * @param least the least number, for a {@link Type#NUMBER}
 * @param most the greatest number, likewise
 */
public record Parameter(
        String name,
        Type type,
        boolean required,
        @Nullable String defaultValue,
        boolean secret,
        boolean destination,
        List<String> choices,
        int least,
        int most,
        String description) {
    private static final int LONGEST = 4000;
    private static final int LONGEST_SECRET = 20_000;

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,253}[A-Za-z0-9.])?|\\[[0-9A-Fa-f:.]+]|[0-9A-Fa-f:.]+");

    /** What Camel would resolve by itself in a route's parameters. */
    private static final Pattern RESOLVED = Pattern.compile("\\{\\{|}}|\\$\\{|\\$simple\\{|RAW[({]|^#");

    /** What a value is. */
    public enum Type {
        TEXT,
        NUMBER,
        HOST,
        URL
    }

    public static Parameter text(String name, String description) {
        return new Parameter(name, Type.TEXT, false, null, false, false, List.of(), 0, 0, description);
    }

    public static Parameter number(String name, int otherwise, int least, int most, String description) {
        return new Parameter(
                name,
                Type.NUMBER,
                false,
                Integer.toString(otherwise),
                false,
                false,
                List.of(),
                least,
                most,
                description);
    }

    /** One of a few words, the first of which holds where none is given. */
    public static Parameter choice(String name, List<String> choices, String description) {
        return new Parameter(name, Type.TEXT, false, choices.get(0), false, false, choices, 0, 0, description);
    }

    public static Parameter host(String name, String description) {
        return new Parameter(name, Type.HOST, false, null, false, true, List.of(), 0, 0, description);
    }

    public static Parameter url(String name, String description) {
        return new Parameter(name, Type.URL, false, null, false, true, List.of(), 0, 0, description);
    }

    public static Parameter secret(String name, String description) {
        return new Parameter(name, Type.TEXT, false, null, true, false, List.of(), 0, 0, description);
    }

    /** The same, but to be given. */
    public Parameter must() {
        return new Parameter(name, type, true, null, secret, destination, choices, least, most, description);
    }

    public Parameter orElse(String value) {
        return new Parameter(name, type, required, value, secret, destination, choices, least, most, description);
    }

    /** A URL that no secret is sent to. */
    public Parameter notDestination() {
        return new Parameter(name, type, required, defaultValue, secret, false, choices, least, most, description);
    }

    /** What is wrong with {@code value}, as the rest of a sentence that begins with the name; empty when nothing is. */
    public Optional<String> fault(String value) {
        if (value.length() > (secret ? LONGEST_SECRET : LONGEST)) {
            return Optional.of("is longer than " + (secret ? LONGEST_SECRET : LONGEST) + " characters");
        }
        if (value.indexOf('\0') >= 0 || !isPaired(value)) {
            return Optional.of("holds characters that are no text");
        }
        if (secret) {
            return Optional.empty();
        }
        if (value.chars().anyMatch(c -> Character.isISOControl(c))) {
            return Optional.of("holds control characters");
        }
        if (RESOLVED.matcher(value).find()) {
            return Optional.of("may not hold {{, }}, ${ or RAW( nor begin with #");
        }
        if (!choices.isEmpty() && !choices.contains(value)) {
            return Optional.of("is none of " + String.join(", ", choices)
                    + Nearest.to(value, choices)
                            .map(near -> "; write \"" + near + "\" if that was meant")
                            .orElse(""));
        }
        return switch (type) {
            case TEXT -> Optional.empty();
            case NUMBER ->
                isNumber(value) ? Optional.empty() : Optional.of("is no whole number from " + least + " to " + most);
            case HOST ->
                HOST.matcher(value).matches()
                        ? Optional.empty()
                        : Optional.of("is no host name or address, such as mail.example.com");
            case URL -> urlFault(value);
        };
    }

    private boolean isNumber(String value) {
        try {
            int number = Integer.parseInt(value);
            return number >= least && number <= most;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static Optional<String> urlFault(String value) {
        try {
            URI uri = new URI(value);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null) {
                return Optional.of("is no http or https URL, such as https://crm.example.com/hook");
            }
            if (uri.getUserInfo() != null) {
                return Optional.of("may not hold a user name or password");
            }
            return uri.getRawFragment() == null ? Optional.empty() : Optional.of("may not hold a fragment (#…)");
        } catch (URISyntaxException notAUrl) {
            return Optional.of("is no URL, such as https://crm.example.com/hook");
        }
    }

    private static boolean isPaired(String text) {
        return text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }
}
