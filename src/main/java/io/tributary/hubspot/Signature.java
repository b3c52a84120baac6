package io.tributary.hubspot;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Whether HubSpot signed a request. The bytes of the body count, not what they are parsed to, and every comparison takes
 * the same time whatever differs.
 *
 * <p>Source: HubSpot developer documentation, "Validating requests".
 */
public final class Signature {
    /** How far HubSpot's clock and ours may be apart, either way. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Pattern MILLISECONDS = Pattern.compile("\\d{1,18}");
    private static final Pattern DECODED =
            Pattern.compile("%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> CHARACTERS = Map.ofEntries(
            Map.entry("3A", ":"),
            Map.entry("2F", "/"),
            Map.entry("3F", "?"),
            Map.entry("40", "@"),
            Map.entry("21", "!"),
            Map.entry("24", "$"),
            Map.entry("27", "'"),
            Map.entry("28", "("),
            Map.entry("29", ")"),
            Map.entry("2A", "*"),
            Map.entry("2C", ","),
            Map.entry("3B", ";"));

    private final String clientSecret;

    /** Checks what is signed with the app's {@code clientSecret}. */
    public Signature(String clientSecret) {
        this.clientSecret = clientSecret;
    }

    /**
     * Whether {@code signature} is version 3 for this request: base64 of HMAC-SHA256 over method, address, body and
     * timestamp.
     *
     * @param uri the address as HubSpot calls it, with query, as received
     * @param timestamp milliseconds since 1970, from the header; refused outside {@link #WINDOW} of {@code now}
     */
    public boolean isVersion3(
            @Nullable String signature,
            String method,
            String uri,
            byte[] body,
            @Nullable String timestamp,
            Instant now) {
        if (signature == null || timestamp == null || !isRecent(timestamp, now)) {
            return false;
        }
        byte[] wanted = hmac(utf8(method + decoded(uri)), body, utf8(timestamp));
        return MessageDigest.isEqual(utf8(Base64.getEncoder().encodeToString(wanted)), utf8(signature));
    }

    /**
     * Whether {@code signature} is version 2 for this request: hexadecimal SHA-256 over secret, method, address and body.
     * It carries no time, so a request that was signed once can be repeated by whoever saw it.
     */
    public boolean isVersion2(@Nullable String signature, String method, String uri, byte[] body) {
        if (signature == null) {
            return false;
        }
        MessageDigest digest = sha256();
        digest.update(utf8(clientSecret + method + uri));
        digest.update(body);
        return MessageDigest.isEqual(utf8(HexFormat.of().formatHex(digest.digest())), utf8(signature));
    }

    /** {@code uri} with the twelve escapes decoded that HubSpot decodes before it signs, and no others. */
    static String decoded(String uri) {
        return DECODED.matcher(uri)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(java.util.Objects.requireNonNull(
                        CHARACTERS.get(match.group(1).toUpperCase(java.util.Locale.ROOT)))));
    }

    private static boolean isRecent(String timestamp, Instant now) {
        if (!MILLISECONDS.matcher(timestamp).matches()) {
            return false;
        }
        long apart = Math.abs(now.toEpochMilli() - Long.parseLong(timestamp));
        return apart <= WINDOW.toMillis();
    }

    private byte[] hmac(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(utf8(clientSecret), "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
