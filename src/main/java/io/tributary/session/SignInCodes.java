package io.tributary.session;

import io.tributary.tenant.Keys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Codes of links by which a person signs in without typing a key: each works once, for ten minutes. */
public final class SignInCodes {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int AT_MOST = 1000;

    private final Supplier<String> newCode;
    private final Clock clock;
    private final Map<String, Code> codes = new ConcurrentHashMap<>();

    private record Code(Holder holder, Instant until) {}

    /** Whose key a code stands for. */
    public record Holder(String tenant, UUID keyId) {}

    public SignInCodes(Supplier<String> newCode, Clock clock) {
        this.newCode = newCode;
        this.clock = clock;
    }

    /** A new code that stands for that key. */
    public String issue(Holder holder) {
        codes.values().removeIf(code -> code.until().isBefore(clock.instant()));
        if (codes.size() >= AT_MOST) {
            codes.clear();
        }
        String code = newCode.get();
        codes.put(fingerprint(code), new Code(holder, clock.instant().plus(LIFE)));
        return code;
    }

    /** Whose code it is, without using it up. */
    public Optional<Holder> look(String code) {
        return Optional.ofNullable(codes.get(fingerprint(code))).flatMap(this::valid);
    }

    /** Whose code it was; it does not work again. */
    public Optional<Holder> redeem(String code) {
        return Optional.ofNullable(codes.remove(fingerprint(code))).flatMap(this::valid);
    }

    private Optional<Holder> valid(Code code) {
        return clock.instant().isAfter(code.until()) ? Optional.empty() : Optional.of(code.holder());
    }

    private static String fingerprint(String code) {
        return HexFormat.of().formatHex(Keys.hash(code));
    }
}
