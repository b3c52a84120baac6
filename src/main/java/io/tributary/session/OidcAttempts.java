package io.tributary.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sign-ins on their way through another provider: each comes back once, within ten minutes. */
public final class OidcAttempts {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int AT_MOST = 10_000;

    private final Supplier<String> random;
    private final Clock clock;
    private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();

    /**
     * One of them.
     *
     * @param state what the provider hands back
     * @param nonce what its token must hold
     * @param verifier what proves that the code is asked for by whoever began
     * @param binding what the browser keeps meanwhile
     */
    record Attempt(String state, String nonce, String verifier, String binding, Instant until) {}

    /** Takes its secrets from {@code random}: 256 random bits each. */
    public OidcAttempts(Supplier<String> random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    Attempt begin() {
        attempts.values().removeIf(attempt -> attempt.until().isBefore(clock.instant()));
        if (attempts.size() >= AT_MOST) {
            attempts.clear();
        }
        Attempt attempt = new Attempt(
                random.get(),
                random.get(),
                random.get(),
                random.get(),
                clock.instant().plus(LIFE));
        attempts.put(attempt.state(), attempt);
        return attempt;
    }

    Optional<Attempt> end(@Nullable String state) {
        return Optional.ofNullable(state)
                .map(attempts::remove)
                .filter(attempt -> attempt.until().isAfter(clock.instant()));
    }
}
